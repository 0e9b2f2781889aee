// Strings, regular expressions, numbers as text, templates.
import { number, primitive, small, text } from "./values.mjs";

const texts = ["''", "'abc'", "'aXbXc'", "'aaa'", "'  pad\\t'", "'\\ud83d\\ude00!'", "'\\ud83d'", "'a,b,,c'", "'$1$&'", "'Hello World'", "'1.25.3'", "'key=value; other=x'", "'line1\\nline2\\r\\nline3'", "'\\u00df\\u0130i'", "'abcabc'", "'2024-01-31'", "'registry.example.com:5000/a/b@sha256:00'", "'\\u0000x'", "'xyz'.repeat(3)", "'\\ufeff \\u00a0x\\u2028'"];
const string = c => c.pick(texts);
const index = c => c.pick(["0", "1", "2", "-1", "-2", "5", "100", "NaN", "undefined", "1.7", "'1'", "-Infinity", "Infinity", "null", ""]);
const expressions = ["/a/", "/a/g", "/(a)(b)?/", "/(a)(b)?/g", "/[abc]+/g", "/b*/g", "/(?:)/g", "/^./gm", "/.$/gm", "/(?<x>\\w)(?<y>\\w)?/", "/(?<x>\\w)(?<y>\\w)?/g", "/X/i", "/\\s+/g", "/\\d+/g", "/(\\d+)\\.(\\d+)/", "/[^a-c]/g", "/a|b|/g", "/(?=b)/g", "/(?<=a)./g", "/(?<!a)b/g", "/(?!a)./", "/./gu", "/./gs", "/\\u{1f600}/u", "/a{2}/g", "/a{1,2}?/g", "/(a+)+$/", "/(?:(a)|(b)|(c))*/", "/(z)?(a)/g", "/\\bw/i", "/[\\d-x]/g", "/a/y", "/b/y", "/a/gy", "/(?<d>\\d{4})-(?<m>\\d\\d)/", "/[\\ud83d\\ude00]/gu", "/\\p{L}+/gu", "/[^]/g", "/(?:a(?=(b))|c)*/", "/((a)|b)+/", "/\\w(?=(\\w))/gd", "/(?<![a-z])[a-z]/g", "/=(.*?)(?:;|$)/g", "/\\n|\\r\\n?/g", "/$/gm", "/^/g", "/[\\]\\\\]/", "/\\//g", "/(?:x*y*)*z/", "/(a?)*b/", "/(a*)*/", "/(?:a*?)*?b/", "/\\x61\\u0062/", "/[a-]/g", "/\\cJ/g", "/(?<$a>.)/"];
const pattern = c => c.pick(expressions);
const replacement = c => c.pick(["''", "'$&'", "'[$1|$2]'", "'$$'", "'$`'", "\"$'\"", "'$<x>'", "'$<nope>'", "'$0$3$10$01'", "(...a) => a.length", "(m, ...a) => t('m', m) + a.length", "(...a) => typeof a.at(-1)", "() => '$&'", "() => undefined", "'-'", "null", "m => ({ toString: () => m + m })"]);

const shown = e => `(r => (r && r.groups ? [r, r.groups, r.index] : r && r.index !== undefined ? [r, r.index, r.input.length] : r))(${e})`;

function method(c, s) {
  const i = index(c), j = index(c);
  return c.one(
    () => `${s}.${c.pick(["slice", "substring", "substr"])}(${i || "undefined"}, ${j || "undefined"})`, () => `${s}.${c.pick(["at", "charAt", "charCodeAt", "codePointAt"])}(${i})`, () => `${s}.${c.pick(["indexOf", "lastIndexOf", "includes", "startsWith", "endsWith"])}(${c.pick([string(c), "'a'", "''", primitive(c)])}, ${j || "undefined"})`,
    () => `${s}.split(${c.pick([string(c), "','", "''", "undefined", pattern(c), pattern(c)])}, ${c.pick(["undefined", "2", "0", "-1", "4294967297"])})`, () => `${s}.${c.pick(["trim", "trimStart", "trimEnd", "toUpperCase", "toLowerCase", "toString", "valueOf"])}()`, () => `${s}.${c.pick(["padStart", "padEnd"])}(${c.pick(["0", "7", "10", "12", "-1", "NaN"])}, ${c.pick(["undefined", "'ab'", "''", "null", "1"])})`, () => `${s}.repeat(${c.pick(["0", "1", "2", "3", "-1", "NaN", "'2'", "1.9", "Infinity"])})`, () => `${s}.concat(${primitive(c)}, ${primitive(c)})`,
    () => `${s}.${c.pick(["replace", "replaceAll"])}(${c.pick([pattern(c), pattern(c), string(c), "'a'", "''"])}, ${replacement(c)})`, () => shown(`${s}.match(${c.pick([pattern(c), pattern(c), "'a'", "undefined", "'('"])})`), () => `[...${s}.matchAll(${pattern(c)})].map(m => [m, m.index, m.groups])`, () => `${s}.search(${pattern(c)})`, () => `[...${s}]`, () => `${s}[${i || 0}]`, () => `${s}.length`, () => `${s} ${c.pick(["<", ">", "<=", "==="])} ${string(c)}`, () => `Array.from(${s}, x => x.length)`, () => `${c.pick(["encodeURIComponent", "encodeURI", "decodeURIComponent", "decodeURI"])}(${c.pick([s, s, "'%41%zz'", "'%F0%9F%98%80'", "'%C3%A9;/'", "'%ED%A0%80'", "'a b&c/d?e=f#g'"])})`, () => `JSON.stringify(${s})`, () => `String.raw\`${c.pick(["a\\n${1}", "\\u{zz}", "${'x'}\\", "`".slice(1)])}\``.replace("\\`", "\\\\`"), () => `String.fromCharCode(${number(c)}, ${c.pick(["97", "0xd83d, 0xde00", "65.9", "-1"])})`, () => `String.fromCodePoint(${c.pick(["0x1f600", "97, 98", "-1", "1.5", "0x110000", "'65'"])})`, () => `Object.keys(${s})`, () => `${s}.localeCompare('abc')`.replace(/^.*$/, m => (/^'[ -~]*'/.test(s) && !s.includes("\\") ? m : `${s}.length`)));
}

export const strings = c => c.some(6, 12, () => `p(() => ${method(c, string(c))});`).join("\n");

/** Regular expressions with state: exec, test, lastIndex, flags. */
export function patterns(c) {
  return `const r = ${pattern(c)};
${c.some(4, 9, () => `p(() => ${c.one(
    () => shown(`r.exec(${string(c)})`), () => `[r.test(${string(c)}), r.lastIndex]`, () => `(r.lastIndex = ${index(c) || 0}, r.lastIndex)`, () => "[r.source, r.flags, String(r)]", () => "[r.global, r.sticky, r.ignoreCase, r.multiline, r.unicode, r.dotAll, r.hasIndices]", () => shown(`${string(c)}.match(r)`), () => `[${string(c)}.replace(r, ${replacement(c)}), r.lastIndex]`, () => `${string(c)}.split(r)`, () => `[${string(c)}.search(r), r.lastIndex]`, () => `new RegExp(r, ${c.pick(["'g'", "'gi'", "''", "'gg'", "undefined", "'q'"])}).flags`, () => `new RegExp(${c.pick(["'a/b'", "''", "'('", "'[z-a]'", "'\\\\d+'", "'\\n'", "'x{2,1}'", "undefined", "'(?<a>x)(?<a>y)'"])}).source`, () => `{ const out = []; const s = ${string(c)}; let m; while ((m = ${pattern(c).replace(/\/([a-z]*)$/, (_, f) => "/" + (f.includes("g") ? f : f + "g"))}.exec(s)) && go()) { out.push([m[0], m.index]); break; } return out; }`, () => `{ const g = new RegExp(r.source, r.flags.includes('g') ? r.flags : r.flags + 'g'); const out = []; let m; const s = ${string(c)}; while (go() && (m = g.exec(s))) { out.push([...m, m.index, g.lastIndex]); if (m[0] === '') g.lastIndex++; } return out; }`, () => `(m => m && m.indices)(new RegExp(r.source, 'd').exec(${string(c)}))`)});`).join("\n")}`;
}

/** Numbers made text and back. */
export function numbers(c) {
  const n = () => c.one(() => number(c), () => `${c.below(1e9)} / ${1 + c.below(1e5)}`, () => `${c.below(1e9)}e${c.between(-30, 30)}`, () => `-${c.below(1000)}.${c.below(1000)}`, () => `((${number(c)}) ${c.pick(["+", "-", "*", "/", "%"])} (${number(c)}))`);
  return c.some(8, 14, () => `p(() => ${c.one(
    () => `String(${n()})`, () => `(${n()}).toFixed(${c.pick(["0", "1", "2", "5", "20", "100", "101", "-1", "undefined", "'3'"])})`, () => `(${n()}).toPrecision(${c.pick(["1", "2", "5", "17", "21", "100", "0", "undefined"])})`, () => `(${n()}).toExponential(${c.pick(["0", "1", "5", "20", "undefined", "101"])})`, () => `(${c.pick([small(c), "255", "-255", "0.5", "1e21", "0.1", "-7.25", "1 / 3", "2 ** 40 + 0.125", "NaN"])}).toString(${c.pick(["2", "3", "8", "10", "16", "36", "1", "37", "undefined"])})`, () => `Number(${text(c)})`, () => `parseInt(${c.pick([text(c), "'12px'", "'0x1fz'", "'  -42abc'", "'1e3'", "'zz'", "''", "1e21", "0.0000005", "null"])}, ${c.pick(["undefined", "10", "16", "2", "36", "0", "1", "37", "'8'"])})`, () => `parseFloat(${c.pick([text(c), "'3.14abc'", "'.5.5'", "'-.5e-3x'", "'1e'", "'Infinityx'", "'-0'", "'1e1000'", "'0x10'"])})`, () => `Math.${c.pick(["round", "floor", "ceil", "trunc", "sign", "abs", "sqrt", "fround", "clz32", "log2", "log10"])}(${n()})`, () => `Math.${c.pick(["max", "min", "imul"])}(${n()}, ${n()})`, () => `Number.${c.pick(["isInteger", "isSafeInteger", "isFinite", "isNaN"])}(${c.pick([n(), text(c)])})`, () => `[${n()}, ${n()}].map(x => x | 0)`, () => `(${n()}) ${c.pick(["&", "|", "^", "<<", ">>", ">>>"])} ${small(c)}`, () => `\`\${${n()}}\``, () => `(x => x === Number(String(x)))(${n()})`, () => `Object.is(${n()}, ${n()})`, () => `JSON.stringify([${n()}, ${n()}])`)});`).join("\n");
}

/** Tagged templates: raw text, one strings object per place, escapes that are no escapes. */
export function templates(c) {
  const piece = () => c.pick(["a", "\\n", "\\u0041", "\\x41", "$ ", "{", "}", "\\\\", "\\`", "\n", "\\$ ", "\\u{1F600}", "'\"", "\\0"]);
  const broken = () => c.pick(["\\u", "\\xg", "\\u{110000}", "\\1", ...Array(4).fill("ok")]);
  const filled = depth => `\`${c.some(0, 4, () => c.one(piece, piece, () => `\${${depth > 0 && c.once(3) ? filled(depth - 1) : primitive(c)}}`, () => `\${t('v', ${primitive(c)})}`)).join("")}\``;
  const tagged = () => { const f = filled(1); return c.once(3) ? f.slice(0, -1) + broken() + "`" : f; };
  return `const tag = (s, ...v) => [[...s], s.raw, v, Object.isFrozen(s), Object.isFrozen(s.raw)];
const seen = []; const same = s => (seen.push(s), seen.indexOf(s) === seen.length - 1);
const o = { tag(s) { return this === o && s.length; }, get deep() { return t('deep', tag); } };
${c.some(4, 8, () => `p(() => ${c.one(() => filled(2), () => `tag${tagged()}`, () => `o.tag${tagged()}`, () => `o.deep${tagged()}`, () => `String.raw${tagged()}`, () => `{ const r = []; for (let i = 0; i < 3; i++) r.push(same\`x\${i}\`); return r; }`, () => "[same`a`, same`a`]", () => `(x => y => [x.raw.length, y[0]])${tagged()}${filled(0)}`, () => `new (class { constructor(s) { this.s = s && s.length; } })${filled(0)}`.replace(/(`[^]*)$/, "(1)"), () => `typeof tag${filled(0)}`, () => `${filled(1)}.length`, () => `String.raw({ raw: ${c.pick(["['a', 'b', 'c']", "'xyz'", "{ length: 2, 0: 1, 1: 2 }", "[]", "null", "undefined"])} }, ${primitive(c)}, 2)`, () => `null${filled(0)}`)});`).join("\n")}`;
}
