// Maps and sets that grow, or change while they are walked. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# new Map of an endless iterator
new Map({ [Symbol.iterator]: () => ({ i: 0, next() { return { done: false, value: [this.i++, 1] }; } }) });
//= budget

//# new Set of an endless iterator
new Set({ [Symbol.iterator]: () => ({ i: 0, next() { return { done: false, value: this.i++ }; } }) });
//= budget

//# a set that grows while it is walked
const s = new Set([0]); for (const x of s) s.add(x + 1);
//= budget

//# a map that changes while forEach walks it
const m = new Map([[0, 0]]); m.forEach((v, k) => { m.delete(k); m.set(k + 1, 0); });
//= budget

//# map keys of long text
const s = "k".repeat(100000); const m = new Map(); for (let i = 0; ; i++) m.set(s + i, i);
//= budget

//# numbers with one hash
const m = new Set(); for (let i = 0; ; i++) m.add(i * 4294967297);
//= budget

//# maps with ever more keys
const m = new Map(); for (let i = 0; ; i++) m.set(i, i);
//= budget

//# a map that forEach lets grow
new Map([[1, 2]]).forEach(function f(v, k, m) { m.set(m.size + 1, 1); });
//= budget

//# maps of maps
let m = new Map(); for (;;) m = new Map([[m, m]]);
//= budget

//# a map copied again and again
const m = new Map(Array.from({ length: 5000 }, (_, i) => [i, i])); for (;;) new Map(m);
//= budget

//# a set copied again and again
const s = new Set(Array.from({ length: 5000 }, (_, i) => i)); for (;;) new Set(s);
//= budget

//# a set spread again and again
const s = new Set(Array.from({ length: 5000 }, (_, i) => i)); for (;;) [...s, ...s];
//= budget

//# a map cleared while it is walked
const m = new Map([[1, 1]]); for (const [k] of m) { m.clear(); m.set(k + 1, 1); }
//= budget

//# a map emptied and walked, for ever
const m = new Map(); for (let i = 0; i < 20000; i++) m.set(i, i); for (let i = 0; i < 20000; i++) m.delete(i); for (;;) for (const x of m);
//= budget

//# keys of objects, kept
const m = new Map(); for (;;) m.set({}, {});
//= budget

//# symbols as keys
const o = {}; for (;;) o[Symbol()] = 1;
//= budget

//# text keys that share a prefix
const s = new Set(), t = "x".repeat(10000); for (let i = 0; ; i++) s.add(t + i);
//= budget

//# entries of a map within itself
const m = new Map(); for (let i = 0; ; i++) m.set(i, [...m.entries()]);
//= budget
