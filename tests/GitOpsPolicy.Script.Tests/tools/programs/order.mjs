// Which part of an expression is evaluated when. Every part says its name.
import { primitive, small } from "./values.mjs";

class Marks {
  #count = 0;
  constructor(c) { this.c = c; }
  mark(value) { return `t(${++this.#count}, ${value})`; }
}

function part(c, m, depth) {
  if (depth <= 0 || c.once(4)) return m.mark(primitive(c));
  const e = () => part(c, m, depth - 1);
  return c.one(
    () => `(${e()} ${c.pick(["+", "-", "*", "<", "==", "&&", "||", ","])} ${e()})`,
    () => `(${e()} ?? ${e()})`,
    () => `(${e()} ? ${e()} : ${e()})`,
    () => `[${e()}, ...${m.mark("[1, 2]")}, ${e()}]`,
    () => `({ [${m.mark("'k'")}]: ${e()}, get g() { return 1; }, ...${m.mark("{ k: 2, z: 3 }")}, [${m.mark("'z'")}]: ${e()} })`,
    () => `${m.mark("box")}[${m.mark("'f'")}](${e()}, ${e()})`,
    () => `${m.mark("box")}.f(...${m.mark("[3]")}, ${e()})`,
    () => `(${m.mark("box")}[${m.mark("'x'")}] ${c.pick(["=", "+=", "-=", "??=", "&&=", "||="])} ${e()})`,
    () => `(${m.mark("box")}[${m.mark("{ toString() { return t('key', 'x'); } }")}] = ${e()})`,
    () => `(${m.mark("box")}[${m.mark("'x'")}]${c.pick(["++", "--"])})`,
    () => `${m.mark(c.pick(["null", "undefined", "box", "{}"]))}?.[${m.mark("'f'")}]?.(${e()})`,
    () => `\`\${${e()}}|\${${e()}}\``,
    () => `${m.mark("tag")}\`a\${${e()}}b\${${e()}}\``,
    () => `new (${m.mark("Made")})(${e()}, ${e()})`,
    () => `(([a = ${e()}, b = ${e()}] = ${m.mark("[undefined]")}, { x: y = ${e()} } = ${m.mark("{}")}) => [a, b, y])(${c.once(2) ? m.mark("[1]") : ""})`,
    () => `([box[${m.mark("'p'")}] = ${e()}, ...box[${m.mark("'q'")}]] = ${m.mark("[undefined, 5, 6]")})`,
    () => `({ [${m.mark("'x'")}]: box[${m.mark("'r'")}] = ${e()}, ...box.rest } = ${m.mark("{ y: 1, z: 2 }")})`,
    () => `class { static [${m.mark("'a'")}] = ${m.mark("1")}; [${m.mark("'b'")}] = ${m.mark("2")}; static { t('block', this.a); } }.a`,
    () => `delete ${m.mark("box")}[${m.mark("'x'")}]`,
    () => `(${m.mark("'x'")} in ${m.mark("box")})`,
    () => `(${m.mark("box")} instanceof ${m.mark("Made")})`,
    () => `(x ${c.pick(["=", "+=", "*=", "??="])} ${e()})`,
    () => `(x + (x = ${small(c)}) + x)`,
    () => `${m.mark("box")}.missing(${e()})`,
    () => `${m.mark(c.pick(["null", "undefined"]))}[${e()}]`);
}

export function order(c) {
  const m = new Marks(c);
  return `let x = 1;
const box = { x: 1, f(...args) { return args.length; } };
const tag = (strings, ...values) => [...strings.raw, ...values].length;
class Made { constructor(...args) { t('new', args.length); } }
${c.some(2, 4, () => `p(() => ${part(c, m, 3)});`).join("\n")}
p(() => [x, box.x, box.p, box.q, box.r, box.rest]);`;
}
