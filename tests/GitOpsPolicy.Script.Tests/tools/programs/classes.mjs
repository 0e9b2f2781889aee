// Classes: fields and their order, private members, accessors, statics, inheritance, `super`, `new.target`.
import { primitive, small } from "./values.mjs";

const names = ["a", "b", "c", "m", "n"];

function element(c, derived, at) {
  const name = () => c.one(() => c.pick(names), () => c.pick(names), () => `'${c.pick(names)}'`, () => `[t('key', '${c.pick(names)}')]`, () => (at.parent === "Array" ? "d" : String(c.below(3))));
  const hidden = () => (at.hidden.length > 0 ? c.pick(at.hidden) : null);
  const expression = () => c.one(() => primitive(c), () => "this.a", () => `t('init', ${small(c)})`, () => (derived ? `super.${c.pick(names)}` : "this.constructor.name"), () => "() => this.b", () => { const h = hidden(); return h ? `(#${h} in this) && typeof this.#${h}` : "new.target"; }, () => `this.${c.pick(names)}?.()`);
  const body = () => c.one(() => `return ${expression()};`, () => `print('${c.pick(names)}'); return ${expression()};`, () => { const h = hidden(); return h ? `return this.#${h};` : "return 1;"; }, () => (derived ? `return super.${c.pick(names)}${c.pick(["", "?.()", "()"])};` : "return this;"), () => `this.${c.pick(names)} = ${small(c)}; return ${expression()};`);
  const place = c.once(3) ? "static " : "";
  return c.one(
    () => `${place}${name()} = ${expression()};`,
    () => `${place}${name()};`,
    () => `${place}${name()}() { ${body()} }`,
    () => `${place}get ${name()}() { ${body()} }`,
    () => `${place}set ${name()}(v) { t('set', v); }`,
    () => `${place}*${name()}() { yield ${expression()}; ${c.once(2) ? "yield* [1, 2];" : ""} }`,
    () => `static { print(['static', typeof this, ${c.pick(["this.name", "this.a", "Object.keys(this)"])}]); }`,
    () => { const h = hidden(); return h ? `${c.pick(names)}(o = this) { return o.#${h}; }` : "n() { return 1; }"; },
    () => { const h = hidden(); return h ? `static ${c.pick(names)}(o) { return #${h} in o; }` : "static n() { return 2; }"; });
}

const hiddenMember = (c, h) => c.one(() => `#${h} = ${primitive(c)};`, () => `#${h} = t('#${h}', this.a);`, () => `#${h}() { return this?.b; }`, () => `get #${h}() { return t('get #${h}', 1); }`, () => `get #${h}() { return 1; } set #${h}(v) { t('set #${h}', v); }`, () => `static #${h} = 5;`, () => `#${h};`, () => `static #${h}() { return 6; }`);

function classText(c, name, parent) {
  const hidden = c.some(0, 2, i => "xy"[i]);
  const at = { hidden, parent };
  const build = c.once(2) ? "" : `constructor(${c.pick(["", "...r", "a = t('da', 1)"])}) { ${parent ? c.pick(["super(1, 2);", "super();", "print('before'); super(...[1, 2]);", "try { this.a; } catch (e) { print(e); } super();", "const s = () => super(); s();", "", "return { other: 1 };", "super(); try { super(); } catch (e) { print(e); }"]) : ""} ${c.pick(["", "this.a = 1;", "print(new.target.name);", "print(Object.keys(this));", "return;", "return 1;", "return { replaced: true };", "this.b = () => super.m;"])} }`;
  return `class ${name}${parent ? ` extends ${parent}` : ""} {
  ${[...hidden.map(h => hiddenMember(c, h)), build, ...c.some(2, 5, () => element(c, parent && parent !== "null", at))].filter(x => x).join("\n  ")}
}`;
}

export function classes(c) {
  const parent = c.pick([null, null, null, "Array", "Error", "Map", "null", "function", "mixed"]);
  const parentText = { function: "function B(...r) { if (!new.target) throw 'no new'; this.fromB = r.length; } B.prototype.m = function () { return ['B.m', this.a]; }; B.s = 1;", mixed: "const B = (base => class extends base { a() { return 'mixed'; } })(class { m() { return 'deep'; } get b() { return t('deep b', this.c); } });" }[parent] ?? (parent === null ? classText(c, "B", null) : "");
  const base = parent === null || parentText !== "" ? "B" : parent;
  const calls = c.some(4, 8, () => c.one(
    () => `o = new C(${c.pick(["", "1", "3, 4"])})`, () => `o.${c.pick(names)}`, () => `o.${c.pick(names)}()`, () => `[...o.${c.pick(names)}()]`, () => `C.${c.pick(names)}`, () => `C.${c.pick(names)}(o)`, () => `C.${c.pick(names)}({})`, () => `(o.${c.pick(names)} = ${small(c)})`, () => "Object.keys(o)", () => "Object.getOwnPropertyNames(C.prototype)", () => "Object.getOwnPropertyNames(C)", () => `[o instanceof C, ${base !== "null" && base !== "B" ? `o instanceof ${base}` : 0}]`, () => "C()", () => "[C.name, C.length, typeof C]", () => `(0, o.${c.pick(names)})()`, () => "Object.getPrototypeOf(C) === Object.getPrototypeOf(() => 1)", () => "o.constructor.name", () => "JSON.stringify(o)", () => `o.${c.pick(names)}.call({ a: 'other' })`, () => "C.prototype.constructor === C", () => "new (class extends C { })(1).a", () => `new (class D extends C { m() { return [super.m?.(), 'D']; } ${c.pick(["a = 7;", "get a() { return 8; }", "static a = super.a;", "b = super.a;"])} })().m()`, () => "Object.entries(Object.getOwnPropertyDescriptors(C.prototype)).map(([k, d]) => [k, d.enumerable, d.writable])"));
  return `let o = {}, C;
p(() => { ${parentText}
  C = ${classText(c, c.pick(["A", "A", ""]), base === "B" || parent ? (c.once(4) && parent === null ? null : base) : base)}; return typeof C; });
if (C) {
${calls.map(x => `p(() => ${x});`).join("\n")}
}`;
}
