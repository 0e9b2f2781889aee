// Objects of many properties, long chains of prototypes. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# Object.fromEntries of an endless iterator
Object.fromEntries({ [Symbol.iterator]: () => ({ i: 0, next() { return { done: false, value: ["k" + this.i++, 1] }; } }) });
//= budget

//# Object.assign that grows
const o = {}; for (let i = 0; ; i++) Object.assign(o, { ["k" + i]: i });
//= budget

//# Object.keys of long text
const s = "x".repeat(1000000); for (;;) Object.keys(s);
//= budget

//# Object.getOwnPropertyNames of long text
Object.getOwnPropertyNames("x".repeat(10000000));
//= budget

//# a chain of prototypes
let o = {}; for (let i = 0; i < 10000; i++) o = Object.create(o); for (;;) o.missing;
//= budget

//# a proto chain made of itself
const o = {}; Object.setPrototypeOf(o, Object.create(o));
//= throws TypeError

//# objects with ever more keys
const o = {}; for (let i = 0; ; i++) o["k" + i] = i;
//= budget

//# prototypes of prototypes for ever
let p = null; for (;;) p = Object.create(p);
//= budget

//# a property looked for through ten thousand prototypes
let p = {}; for (let i = 0; i < 10000; i++) p = Object.create(p); for (;;) p.nope;
//= budget

//# spread of much
const big = {}; for (let i = 0; i < 5000; i++) big["k" + i] = 1; for (;;) ({ ...big });
//= budget

//# rest of much
const big = {}; for (let i = 0; i < 5000; i++) big["k" + i] = 1; for (;;) { const { k0, ...rest } = big; }
//= budget

//# entries of much, again and again
const big = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["k" + i, i])); for (;;) Object.entries(big);
//= budget

//# fromEntries of entries, doubled
let o = { a: 1 }; for (;;) o = Object.fromEntries(Object.entries(o).flatMap(([k, v]) => [[k + "0", v], [k + "1", v]]));
//= budget

//# assign of much, again and again
const big = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["k" + i, i])); for (;;) Object.assign({}, big);
//= budget

//# descriptors of much
const big = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["k" + i, i])); for (;;) Object.getOwnPropertyDescriptors(big);
//= budget

//# freeze of much, again and again
for (;;) Object.freeze(Object.fromEntries(Array.from({ length: 500 }, (_, i) => ["k" + i, i])));
//= budget

//# isFrozen of much
const big = Object.preventExtensions(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["k" + i, i]))); for (;;) Object.isFrozen(big), Object.isSealed(big);
//= budget

//# defineProperties of much
const d = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => ["k" + i, { value: i }])); for (;;) Object.defineProperties({}, d);
//= budget

//# setPrototypeOf through ten thousand
let p = {}; for (let i = 0; i < 10000; i++) p = Object.create(p); for (;;) Object.setPrototypeOf({}, p);
//= budget

//# instanceof through ten thousand
let p = {}; for (let i = 0; i < 10000; i++) p = Object.create(p); class A { } for (;;) p instanceof A;
//= budget

//# for in through ten thousand prototypes
let p = {}; for (let i = 0; i < 5000; i++) p = Object.create(p, { ["k" + i]: { value: i, enumerable: true } }); for (;;) for (const k in p);
//= budget

//# numbers as keys, scattered
const o = {}; for (let i = 0; ; i++) o[i * 7919] = i;
//= budget

//# keys in falling order
const o = {}; for (let i = 1e6; ; i--) { o[i] = i; if (i % 1000 === 0) Object.keys(o); }
//= budget

//# computed keys in ever new literals
for (let i = 0; ; i++) ({ ["k" + i]: i, ["j" + i]: i });
//= budget

//# a giant literal of spreads
const b = { a: 1, b: 2, c: 3 }; for (;;) ({ ...b, ...b, ...b, ...b, ...b, ...b, ...b, ...b });
//= budget

//# hasOwn for ever
const o = { a: 1 }; for (;;) Object.hasOwn(o, "a") && Object.is(o, o) && "a" in o;
//= budget
