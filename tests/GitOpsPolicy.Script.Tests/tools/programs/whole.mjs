// Whole programs: functions, classes, generators, loops and data that meet by chance.
import { anything, array, number, primitive, small, text } from "./values.mjs";

class Names {
  #count = 0;
  constructor() { this.all = [{}]; }
  fresh(kind) { const name = "fcgvk"["fcgvk".indexOf(kind)] + this.#count++; this.all.at(-1)[name] = kind; return name; }
  within(work) { this.all.push({}); const made = work(); this.all.pop(); return made; }
  of(...kinds) { return this.all.flatMap(scope => Object.keys(scope).filter(n => kinds.includes(scope[n]))); }
}

function expression(c, at, depth) {
  const e = () => expression(c, at, depth - 1), apart = { ...at, loops: [], inFunction: true, inGenerator: false }, inner = () => expression(c, apart, depth - 1);
  const variables = at.names.of("v", "k"), functions = at.names.of("f"), classNames = at.names.of("c"), gens = at.names.of("g");
  const simple = [() => primitive(c), () => small(c), () => text(c)];
  if (variables.length > 0) simple.push(...Array(5).fill(() => c.pick(variables)));
  if (depth <= 0) return c.one(...simple);
  const ways = [
    ...simple, e, () => `(${e()} ${c.pick(["+", "+", "-", "*", "/", "%", "==", "===", "<", ">", "&&", "||", "&", "|", ">>>", ","])} ${e()})`, () => `(${e()} ?? ${e()})`, () => `(${e()} ? ${e()} : ${e()})`, () => `[${c.some(0, 4, () => c.one(e, e, e, () => `...list(${e()})`)).join(", ")}]`, () => `{ ${c.some(0, 3, () => c.one(() => `${c.pick("abc")}: ${e()}`, () => `[${e()}]: ${e()}`, () => `...${e()}`, () => `get ${c.pick("abc")}() { if (!go()) return 1; ${body(c, apart, 0)} }`, () => `${c.pick("abc")}(x = ${inner()}) { return x; }`)).join(", ")} }`.replace(/^/, "(").replace(/$/, ")"), () => `\`\${${e()}}:\${${e()}}\``, () => `typeof (${e()})`, () => `!(${e()})`, () => `-(${e()})`, () => `(${e()})?.[${e()}]`, () => `(${e()}).${c.pick(["a", "b", "length", "name"])}`, () => `list(${e()}).${c.pick(["map", "filter", "some", "findLast", "flatMap"])}((x, i) => ${at.names.within(inner)})`, () => `list(${e()}).${c.pick(["join('-')", "reverse()", "slice(1)", "at(-1)", "concat(1)", "toSorted()", "keys().next()", "indexOf(1)", "flat()"])}`, () => `String(${e()}).${c.pick(["length", "slice(1, 3)", "split('')", "toUpperCase()", "replace(/[a-z0-9]/g, x => x + x)", "padStart(4, '.')", "charCodeAt(0)"])}`, () => `Object.${c.pick(["keys", "entries", "values"])}(${e()})`, () => `JSON.stringify(${e()})`, () => `[...new Set(list(${e()}))]`, () => `(({ a, ...r }, [x, y = ${inner()}] = []) => [a, r, x, y])(${e()}, list(${e()}))`, () => `((...r) => r.length)(...list(${e()}))`, () => `(() => { ${at.names.within(() => body(c, apart, depth - 1))} })()`, () => anything(c).replace(/^\{[^]*\}$/, "($&)"), () => array(c), () => `t(${c.below(100)}, ${e()})`, () => `Math.${c.pick(["floor", "max", "min", "round", "abs"])}(${e()})`, () => number(c)];
  const letNames = at.names.of("v");
  if (letNames.length > 0) ways.push(() => `(${c.pick(letNames)} ${c.pick(["=", "+=", "-=", "??=", "||=", "&&="])} ${e()})`, () => `${c.pick(letNames)}${c.pick(["++", "--"])}`, () => `([${c.pick(letNames)}, ${c.pick(letNames)} = ${e()}] = list(${e()}))`);
  if (functions.length > 0) ways.push(...Array(4).fill(() => `${c.pick(functions)}(${c.some(0, 3, e).join(", ")})`), () => `${c.pick(functions)}.call({ a: ${e()} }, ${e()})`, () => `list(${e()}).map(${c.pick(functions)})`);
  if (classNames.length > 0) ways.push(...Array(3).fill(() => `new ${c.pick(classNames)}(${e()}).${c.pick(["a", "b", "m()", "m(1)", "c"])}`), () => `${c.pick(classNames)}.s`, () => `(${e()} instanceof ${c.pick(classNames)})`);
  if (gens.length > 0) ways.push(() => `[...${c.pick(gens)}(${e()})]`, () => `${c.pick(gens)}(${e()}).next().value`, () => `(([x, y]) => [x, y])(${c.pick(gens)}(${e()}))`);
  return c.one(...ways);
}

function body(c, at, depth) {
  return at.names.within(() => `${c.some(1, depth > 0 ? 3 : 1, () => statement(c, at, depth)).join(" ")} return ${expression(c, at, depth)};`);
}

function statement(c, at, depth) {
  const e = () => expression(c, at, c.between(1, 3)), inner = (change = {}) => at.names.within(() => `{ ${c.some(1, 3, () => statement(c, { ...at, ...change }, depth - 1)).join(" ")} }`);
  const lets = at.names.of("v");
  const ways = [
    () => `print(${e()});`, () => `print(${e()});`, () => { const value = e(); return `let ${at.names.fresh("v")} = ${value};`; }, () => { const value = e(); return `const ${at.names.fresh("k")} = ${value};`; }, () => { const value = e(); return `let [${at.names.fresh("v")}, ${at.names.fresh("v")} = ${small(c)}] = list(${value});`; }, () => { const value = e(); return `const { a: ${at.names.fresh("k")}, b: ${at.names.fresh("k")} = ${small(c)}, ...${at.names.fresh("k")} } = Object(${value} ?? {});`.replace(/Object\(([^]*)\);$/, "[$1][0];"); }];
  if (lets.length > 0) ways.push(() => `${c.pick(lets)} = ${e()};`, () => `${c.pick(lets)} ${c.pick(["+=", "-=", "*="])} ${e()};`);
  if (at.loops.length > 0) ways.push(() => `if (${e()}) ${c.pick(["break", "continue"])} ${c.pick(["", c.pick(at.loops)])};`);
  if (at.inFunction) ways.push(() => `if (${e()}) return ${e()};`);
  if (at.inGenerator) ways.push(() => `yield ${e()};`, () => `print(yield ${e()});`, () => { const value = e(); return `const ${at.names.fresh("k")} = yield ${value};`; }, () => `yield* list(${e()});`);
  if (c.once(3)) ways.push(() => `if (${e()}) throw ${e()};`);
  if (depth > 0) {
    const n = at.count.n++;
    const looping = { loops: [...at.loops, `L${n}`] };
    ways.push(
      () => `if (${e()}) ${inner()} else ${inner()}`, () => `L${n}: for (let i${n} = 0; i${n} < 3 && go(); i${n}++) ${inner(looping)}`, () => `L${n}: for (const x${n} of list(${e()})) { if (!go()) break; ${inner(looping)} }`, () => `L${n}: for (const x${n} in ${e().replace(/^\{/, "({").replace(/^\(\{([^]*)\}$/, "({$1})")}) { if (!go()) break; ${inner(looping)} }`, () => `try ${inner()} catch (e) { print(['caught', e]); ${c.once(2) ? inner() : ""} }`, () => `try ${inner()} catch { ${inner()} } finally ${inner()}`, () => `switch (${e()}) { case ${e()}: ${inner()} case ${e()}: ${inner()} break; default: ${inner()} }`, () => `{ ${inner()} }`,
      () => { const f = at.names.fresh("f"); return `function ${f}(x = ${small(c)}, ...r) { if (!go()) return x; ${body(c, { ...at, inFunction: true, inGenerator: false, loops: [] }, depth - 1)} }`; },
      () => { const f = at.names.fresh("f"), made = at.names.within(() => expression(c, { ...at, inGenerator: false }, 2)); return `const ${f} = (x, y = x) => go() && ${made};`; },
      () => { const g = at.names.fresh("g"); return `function* ${g}(x) { if (!go()) return; ${body(c, { ...at, inFunction: true, inGenerator: true, loops: [] }, depth - 1)} }`; },
      () => { const k = at.names.of("c"), name = at.names.fresh("c"), inside = { ...at, inFunction: true, inGenerator: false, loops: [] }; const parent = k.length > 0 && c.once(2) ? c.pick(k) : null; return `class ${name}${parent ? ` extends ${parent}` : ""} { static s = ${expression(c, { ...inside, inFunction: false }, 1)}; ${c.pick(["a", "b", "#h"])} = go() && ${expression(c, { ...inside, inFunction: false }, 2)}; constructor(x) { ${parent ? "super(x);" : ""} this.c = x; if (!go()) return; } get b() { if (!go()) return 1; ${body(c, inside, 0)} } m(x) { if (!go()) return 0; ${parent ? "print(super.m === undefined);" : ""} ${body(c, inside, 0)} } }`; });
  }
  return c.one(...ways);
}

export function whole(c) {
  const at = { names: new Names(), loops: [], inFunction: true, inGenerator: false, count: { n: 0 } };
  return `const list = x => (Array.isArray(x) ? x.slice(0, 6) : x === undefined || x === null ? [] : typeof x === 'string' ? [...x.slice(0, 4)] : [x]);
p(() => {
${c.some(5, 12, () => statement(c, at, 2)).join("\n")}
});`;
}
