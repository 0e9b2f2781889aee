// Writes mutants.jsonl: small programs with one to three tokens removed, doubled, swapped or replaced, and whether node accepts each.
// Usage: node --experimental-vm-modules generate-syntax-mutants.mjs > ../Syntax/Cases/mutants.jsonl
import { SourceTextModule } from "node:vm";

const seeds = (String.raw`
const { a, b: [c = 1, ...d], ...e } = f, g = (h, { i } = {}) => ({ h, i, ...e });
for (const [k, v] of Object.entries(a)) { if (k in b) continue; else break; }
outer: for (let i = 0; i < 10; i++) { for (const x of y) { if (x) continue outer; } }
export default { name: "x", check(change, { params, report }) { report.deny(` + "`${change} is ${x?.y ?? 1}`" + String.raw`, z); } };
class A extends B { #p = 1; static s = 2; constructor(...q) { super(...q); } get x() { return this.#p; } set x(v) { this.#p = v; } static { this.t = 1; } *gen() { yield* a; } }
function* gen(a, b = 2, ...c) { const d = yield a; yield; return [...c, d]; }
const f = function named(a) { return named(a - 1) / 2 / b; }, r = /a[/]b/g.test(c), s = a ? b : c ? d : e;
try { throw new TypeError("x"); } catch ({ message: m }) { a = m; } finally { b++; }
switch (a) { case 1: case "b": { c(); break; } default: d = e; }
let x = a ?? b, y = a && b || c, z = (a ?? b) || c, w = (-(a ** b)) ** c; x ||= 1; y ??= 2; z **= 3;
({ a, b: c.d, ...e.f } = g); [a, , b.c = 1, ...d] = e; [{ a = 1 }] = b; ({ a: [b] = c } = d);
import def, { q as r1, s as t1 } from "./m.js"; import * as ns from "./n.js"; export { def as u1, r1 }; export * from "./o.js";
do a(); while (b) if (c) d; else e; while (f) { g?.h?.[i]?.(j); } var1: { break var1; }
const o = { get a() { return 1 }, set a(v) { }, "b": 2, [c]: 3, 4: d, *e() { yield 1 }, f, get: 1, set: 2, async: 3, __proto__: null };
const t = a` + "`b${c}d${e}f`" + String.raw`, u = typeof void !+-~a, n = new a.b(c)(d), m = new x, p = delete a.b, q = 0x1F + 1_000 + .5e-3;
export const h = async1 => { return }, i = (a, b) => { "use strict"; return a }; export function j() { } export class K { }
a
++b
if (a) { let b = 1; { const b = 2; } function c() { return b } } else if (d) { } for (;;) { break }
for (let i in a) for (const j of b) for (c.d of e) for ([f] in g) ; label: for (; ;) { continue label }
const fn = ({ a = 1, b: { c } }, [d, ...e], ...rest) => a + c + d, arrow = a => b => (c, d) => { };
`).trim().split("\n");

let state = 20240101;
const random = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 4294967296 * n); };
const tokenize = (text) => text.match(/\s+|[A-Za-z_$#][\w$]*|\d[\w.]*|"[^"]*"|\?\?=|\?\?|\?\.|\.\.\.|=>|===|!==|\*\*=|\*\*|[-+*\/%&|^<>=!]=|\+\+|--|&&|\|\||[^]/g);
const vocabulary = tokenize(seeds.join(" ")).filter((token) => token.trim())
  .concat("await", "yield", "let", "static", "of", "enum", "super", "this", "null", "import", "export", "new", "\n", "/", "`", "${", "?.", "#x", "eval", "arguments", "with", "void", "@", "\\", "'", "0", "08", "1n");
const mutate = (tokens) => {
  const at = random(tokens.length);
  switch (random(4)) {
    case 0: tokens.splice(at, 1); break;
    case 1: tokens.splice(at, 0, tokens[at]); break;
    case 2: tokens.splice(at, 1, vocabulary[random(vocabulary.length)]); break;
    default: tokens.splice(at, 0, " " + vocabulary[random(vocabulary.length)] + " "); break;
  }
};
const accepts = (source) => { try { new SourceTextModule(source); return true; } catch { return false; } };
const seen = new Set();
const add = (source) => {
  if (seen.has(source)) return;
  seen.add(source);
  console.log(JSON.stringify([accepts(source) ? 1 : 0, source]));
};
seeds.forEach(add);
for (let i = 0; i < 6000; i++) {
  const tokens = tokenize(seeds[random(seeds.length)]);
  for (let n = 1 + random(2); n > 0; n--) mutate(tokens);
  add(tokens.join(""));
}
