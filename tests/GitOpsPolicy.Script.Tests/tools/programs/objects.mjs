// Properties: order, attributes, accessors, inheritance, freezing, symbols as keys, copying.
import { anything, key, keyText, plain, primitive, small, text } from "./values.mjs";

const attributes = c => {
  const parts = [c.pick(["value: 1", "value: undefined", "get() { return t('get', 5); }", "set(v) { t('set', v); }", "get: undefined", ""]), c.pick(["", "writable: true", "writable: false"]), c.pick(["", "enumerable: true"]), c.pick(["", "configurable: true"])];
  return `{ ${parts.filter(x => x).join(", ")} }`;
};

const member = c => c.one(
  () => `${key(c)}`.replace(/^(-1|01|\d+)$/, k => JSON.stringify(k)) + `: ${primitive(c)}`,
  () => `get ${key(c).replace(/^-1|01$/, "z")}() { return t('get', ${primitive(c)}); }`,
  () => `set ${key(c).replace(/^-1|01$/, "z")}(v) { t('set', v); }`,
  () => `[${keyText(c)}]: ${primitive(c)}`,
  () => `[t('key', ${c.pick(["'a'", "1", "S", "null", "-0", "1e21", "0.1"])})]: ${primitive(c)}`,
  () => `...${c.pick(["{ a: 1, get z() { return t('spread', 2); } }", "[1, , 3]", "'ab'", "null", "5", "{ [S]: 's', b: 4 }"])}`,
  () => `${c.pick(["m", "a", "'b c'", "7"])}() { return ${c.pick(["this.a", "1", "super.toString === Object.prototype.toString"])}; }`,
  () => "__proto__: { inherited: 1, get a() { return t('proto get', 1); } }");

function literal(c) {
  const parts = c.some(0, 5, () => member(c));
  const protos = parts.filter(p => p.startsWith("__proto__"));
  return `{ ${parts.filter(p => !p.startsWith("__proto__")).concat(protos.slice(0, 1)).join(", ")} }`;
}

const look = c => c.one(
  () => "Object.keys(o)", () => "Object.entries(o)", () => "Object.values(o)", () => "Object.getOwnPropertyNames(o)", () => "Object.getOwnPropertySymbols(o)",
  () => "Object.getOwnPropertyDescriptors(o)", () => `Object.getOwnPropertyDescriptor(o, ${keyText(c)})`, () => "{ const r = []; for (const k in o) r.push(k); return r; }", () => "({ ...o })", () => "JSON.stringify(o)",
  () => `o[${keyText(c)}]`, () => `o?.[${keyText(c)}]?.length`, () => `${keyText(c)} in o`, () => `Object.hasOwn(o, ${keyText(c)})`, () => `o.hasOwnProperty(${keyText(c)})`, () => `o.propertyIsEnumerable(${keyText(c)})`,
  () => "[Object.isFrozen(o), Object.isSealed(o), Object.isExtensible(o)]", () => "Object.getPrototypeOf(o) === Object.prototype", () => `{ const { ${c.pick(["a", "b", "z"])}, ...r } = o; return r; }`, () => "o.a + o.b", () => "String(o)", () => "Object.prototype.toString.call(o)", () => "o[S]", () => "o.m?.()", () => "Object.fromEntries(Object.entries(o))");

const change = c => c.one(
  () => `(o[${keyText(c)}] = ${primitive(c)})`, () => `delete o[${keyText(c)}]`, () => `Object.defineProperty(o, ${keyText(c)}, ${attributes(c)}) === o`, () => `Object.defineProperties(o, { ${key(c).replace(/^-1|01$/, "z")}: ${attributes(c)}, w: ${attributes(c)} }) === o`,
  () => "Object.freeze(o) === o", () => "typeof o === 'function' || Object.seal(o) === o", () => "Object.preventExtensions(o) === o", () => `Object.assign(o, ${plain(c)}, ${c.pick(["{ get a() { return t('assigned', 3); } }", "null", "'xy'", "[9]"])}) === o`,
  () => `Object.setPrototypeOf(o, ${c.pick(["null", "{ p: 1, set a(v) { t('proto set', v); } }", "o", "Object.create(o)", "[]", "1"])}) === o`, () => "(o[S] = 'sym')", () => `(o.a ${c.pick(["+=", "??=", "||=", "&&=", "**="])} ${primitive(c)})`, () => "o.a++", () => `(o.length = ${small(c)})`, () => "(o = Object.create(o, { own: { value: 1, enumerable: true } })) && 0");

export function objects(c) {
  const base = c.one(() => literal(c), () => literal(c), () => literal(c), () => "function f(a, b) { }", () => "class { static a = 1; static get b() { return t('b', 2); } }", () => "Object.create({ a: 'pa', get b() { return t('pb', this === o); }, set b(v) { t('set pb', v); } })", () => "Object.freeze({ a: 1, n: { x: 1 } })", () => "new Map()", () => "/a/g");
  return `const S = Symbol('S');
let o;
p(() => (o = ${base}) && 0);
if (o) {
${c.some(4, 9, () => { const made = c.once(2) ? look(c) : change(c); return made.startsWith("{ ") ? `p(() => ${made});` : `p(() => ${made});`; }).join("\n")}
p(() => Object.entries(Object.getOwnPropertyDescriptors(o)).map(([k, d]) => [k, 'value' in d ? typeof d.value : [typeof d.get, typeof d.set], d.writable, d.enumerable, d.configurable]));
}`;
}

/** Optional chains: what a short circuit skips, and what stays of `this`. */
export function chains(c) {
  const link = () => c.pick([".a", ".b", ".f()", "?.a", "?.b", "?.f()", "?.[t('k', 'a')]", "[t('k', 'b')]", "?.(t('arg', 1))", ".f?.(t('arg', 2))", ".none?.()", "?.none", ".a.b", "?.f().a", "?.length"]);
  const start = () => c.pick(["o", "o", "n", "u", "f", "o.a", "t('start', o)", "t('start', null)", "(o?.a)", "(n?.a)", "(0)", "''", "[o]"]);
  const one = () => {
    const made = start() + c.some(1, 4, link).join("");
    return c.one(() => made, () => made, () => `delete ${made.endsWith(")") ? made + ".x" : made}`, () => `typeof ${made}`, () => `(${made}) ?? t('else', 0)`, () => `[...(${made} ?? [7])]`, () => `(${made})?.b.a`, () => `${made} === undefined`, () => `\`\${${made}}\``, () => `(${made} || {}).a`, () => `{ const { x = t('dx', 1) } = ${made} ?? {}; return x; }`);
  };
  return `const o = { a: { b: { a: 1, f() { return this; } }, f() { return this.b; } }, b: null, f(x) { print(['f', x, this === o]); return this && this.a; }, get g() { return t('g', undefined); } };
const n = null, u = undefined, f = x => (print(['call', x]), ${c.pick(["o", "null", "undefined", "f"])});
${c.some(4, 8, () => `p(() => ${one()});`).join("\n")}`;
}

/** Symbols as keys and as hooks. */
export function symbols(c) {
  const one = () => c.one(
    () => `p(() => ({ get [Symbol.toStringTag]() { return t('tag', ${primitive(c)}); } }).toString());`, () => `p(() => ${primitive(c)} instanceof { [Symbol.hasInstance]: v => t('has', v) });`, () => `p(() => [1, 2] instanceof ${c.pick(["Array", "Object", "Error", "{}", "(() => 1)", "class { static [Symbol.hasInstance](v) { return v.length; } }", "(class { }).bind?.()", "function f() { }"])});`,
    () => `p(() => Symbol(${primitive(c)}).description);`, () => `p(() => Symbol('a')${c.pick([".toString()", ".description", " + ''", " == Symbol('a')", " === S", "?.length"])});`, () => `p(() => S ${c.pick(["==", "===", "+", "<", "&&", "??"])} ${c.pick(["S", "1", "'x'", "{ valueOf: () => S }"])});`,
    () => "p(() => `${S}`);", () => "p(() => [S].join());", () => "p(() => ({ [S]: 1, a: 2 }));", () => "p(() => Object.keys({ [S]: 1 }).length + Object.getOwnPropertySymbols({ [S]: 1 }).length);", () => "p(() => JSON.stringify({ [S]: 1, a: S, b: [S] }));", () => "p(() => typeof S + typeof Symbol.iterator);", () => "p(() => new Symbol());", () => "p(() => String(S));", () => "p(() => +S);", () => "p(() => !S);", () => "p(() => ({ ...{ [S]: 1 } })[S]);", () => "p(() => Object.assign({}, { [S]: 2 })[S]);", () => "p(() => ({ [S]: 3 }).propertyIsEnumerable(S));",
    () => `p(() => Array.from({ [Symbol.iterator]: ${c.pick(["undefined", "null", "1", "() => [][Symbol.iterator]()", "function* () { yield 1; }"])}, length: 2, 0: 'x' }));`, () => `p(() => [...{ [Symbol.iterator]: ${c.pick(["undefined", "1", "() => 1", "() => ({})", "function* () { yield 1; }"])} }]);`, () => `p(() => ({ [Symbol.toPrimitive]: ${c.pick(["undefined", "null", "1", "() => ({})", "h => h", "() => S"])} }) ${c.pick(["+ ''", "* 2", "== 1", "< 5"])});`, () => `p(() => { const m = new Map([[S, 1], [Symbol('S'), 2]]); return [m.size, m.get(S)]; });`, () => "p(() => { const o = { [S]() { return 1; }, get [Symbol('g')]() { return 1; } }; return [o[S].name, Object.getOwnPropertySymbols(o)]; });", () => `p(() => Object.prototype.toString.call(${anything(c)}));`, () => `p(() => Object.defineProperty({}, S, { value: 1 })[S] + ${small(c)});`, () => `p(() => { class A { static [S] = 1; #x = 2; [S]() { return this.#x; } } return [A[S], new A()[S]()]; });`, () => `p(() => [S, ${text(c)}].includes(S));`);
  return `const S = Symbol('S');\n${c.some(5, 9, one).join("\n")}`;
}
