// JSON that is deep, shared or long. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# JSON.stringify of a graph of 2^60 ways
let o = {}; for (let i = 0; i < 60; i++) o = { a: o, b: o }; JSON.stringify(o);
//= budget

//# JSON.stringify of an array graph
let o = []; for (let i = 0; i < 60; i++) o = [o, o, o]; JSON.stringify(o);
//= budget

//# JSON.stringify of depth
let o = {}; for (let i = 0; i < 10000; i++) o = { o }; JSON.stringify(o);
//= deep

//# JSON.stringify of a cycle
const o = {}; o.o = o; JSON.stringify(o);
//= throws TypeError

//# JSON.stringify with toJSON that nests
const t = { toJSON() { return { t }; } }; JSON.stringify(t);
//= deep

//# JSON.stringify with a replacer that nests
JSON.stringify({}, () => ({ a: 1 }));
//= deep

//# JSON.stringify with a getter that nests
const o = { get o() { return Object.create(o, { x: { get: () => o, enumerable: true } }); } }; JSON.stringify(o);
//= throws TypeError

//# JSON.stringify of a giant array
const a = []; a.length = 1000000; JSON.stringify(a, null, "          ");
//= budget

//# JSON.parse of depth
JSON.parse("[".repeat(100000));
//= deep

//# JSON.parse of objects in depth
JSON.parse("{\"a\":".repeat(100000));
//= deep

//# JSON.parse of much
const s = "[" + "0,".repeat(500000) + "0]"; for (;;) JSON.parse(s);
//= budget

//# JSON.parse of a long number
const s = "1".repeat(1000000); for (;;) JSON.parse(s);
//= budget

//# JSON.stringify of arrays in depth
let a = []; for (let i = 0; i < 20000; i++) a = [a]; JSON.stringify(a);
//= deep

//# JSON.parse of JSON.stringify, doubled
let o = { a: 1 }; for (;;) o = JSON.parse(JSON.stringify({ l: o, r: o }));
//= budget

//# JSON.stringify of text that needs escapes
let s = "\"\\\u0001"; for (;;) s = JSON.stringify(s);
//= budget

//# JSON.stringify with a long indent
let o = {}; for (let i = 0; i < 150; i++) o = { o }; for (;;) JSON.stringify(o, null, 10);
//= budget

//# JSON.stringify of many keys
const big = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["k" + i, i])); for (;;) JSON.stringify(big);
//= budget

//# JSON.stringify with a list of many keys
const keys = Array.from({ length: 5000 }, (_, i) => "k" + i); for (;;) JSON.stringify([{}, {}, {}], keys);
//= budget

//# JSON.stringify with a replacer that makes new objects
JSON.stringify({ a: 1 }, (k, v) => ({ ["k" + k]: v, j: {} }));
//= deep

//# JSON.stringify of what shares much text
const t = "x".repeat(100000); JSON.stringify(Array(10000).fill(t));
//= budget

//# JSON.stringify of sparse giants
JSON.stringify(Array(1e8));
//= budget

//# JSON.parse with a reviver that calls it
const f = () => JSON.parse("[1]", f); f();
//= deep

//# JSON.parse of many keys
const s = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["k" + i, i]))); for (;;) JSON.parse(s);
//= budget

//# JSON.parse of one key many times
const s = "{" + "\"a\":1,".repeat(100000) + "\"a\":1}"; for (;;) JSON.parse(s);
//= budget

//# JSON.parse of long text with escapes
const s = "\"" + "\\u0041".repeat(100000) + "\""; for (;;) JSON.parse(s);
//= budget

//# JSON.parse of white space
const s = " ".repeat(1000000) + "1"; for (;;) JSON.parse(s);
//= budget

//# toJSON that calls stringify
const f = () => JSON.stringify({ toJSON: f }); f();
//= deep

//# a getter that grows what stringify walks
const o = { a: [], get b() { o.a.push({ x: 1 }); return 1; } }; for (;;) JSON.stringify(o);
//= budget
