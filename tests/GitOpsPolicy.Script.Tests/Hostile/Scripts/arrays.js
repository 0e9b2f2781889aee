// Arrays that grow, are long, or are within themselves. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# join of a sparse giant
Array(1e9).join("abc");
//= budget

//# join of an array-like giant
Array.prototype.join.call({ length: 2 ** 31 }, "x");
//= budget

//# join with a long separator
new Array(100000).join("x".repeat(10000));
//= budget

//# an array within itself as text
const a = []; a.push(a); String(a);
//= deep

//# an array within itself joined
const a = [1]; a[1] = a; a.join("-");
//= deep

//# fromCharCode of many
const a = Array(100000).fill(97); for (;;) String.fromCharCode(...a);
//= budget

//# spread of long text
const s = "x".repeat(1000000); for (;;) [...s];
//= budget

//# Array of a billion
Array(1e9);
//= budget

//# Array.from a length
Array.from({ length: 1e9 });
//= budget

//# Array.from an endless iterator
Array.from({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) });
//= budget

//# spread of an endless iterator
[...{ [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }];
//= budget

//# length set to the limit
const a = []; a.length = 2 ** 32 - 1; a.forEach(() => 0);
//= budget

//# a far index
const a = []; a[2 ** 31 - 3] = 1;
//= budget

//# fill of a giant array-like
Array.prototype.fill.call({ length: 2 ** 31 }, 0);
//= budget

//# indexOf in a giant array-like
Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);
//= budget

//# lastIndexOf in a giant array-like
Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);
//= budget

//# reverse of a giant array-like
Array.prototype.reverse.call({ length: 2 ** 53 - 1 });
//= budget

//# sort of a giant array-like
Array.prototype.sort.call({ length: 2 ** 53 - 1 });
//= budget

//# toSorted of a giant array-like
Array.prototype.toSorted.call({ length: 2 ** 31 });
//= budget

//# splice in a giant array-like
Array.prototype.splice.call({ length: 2 ** 53 - 1 }, 0, 1);
//= budget

//# copyWithin in a giant array-like
Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 0, 5);
//= budget

//# concat that doubles
let a = [1]; for (;;) a = a.concat(a);
//= budget

//# spread that doubles
let a = [1]; for (;;) a = [...a, ...a];
//= budget

//# push of a spread of itself
const a = [1]; for (;;) a.push(...a);
//= budget

//# unshift for ever
const a = Array(10000).fill(0); for (;;) a.unshift(1);
//= budget

//# shift and push for ever
const a = Array(100000).fill(0); for (;;) a.push(a.shift());
//= budget

//# splice in the middle for ever
const a = Array(100000).fill(0); for (;;) a.splice(1, 1, 2);
//= budget

//# flat of a cycle
const a = []; a.push(a); a.flat(Infinity);
//= deep

//# flat of a graph
let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; a.flat(Infinity);
//= budget

//# flat of depth
let a = []; for (let i = 0; i < 10000; i++) a = [a]; a.flat(Infinity);
//= deep

//# flatMap that grows
let a = [1]; for (;;) a = a.flatMap(x => [x, x, x, x]);
//= budget

//# an array that grows while it is walked
const a = [1]; for (const x of a) a.push(x);
//= budget

//# sort with a comparator that sorts
const a = Array.from({ length: 100 }, (_, i) => i % 7); const c = () => { a.toSorted(c); return 0; }; a.toSorted(c);
//= deep

//# sort with a comparator that never ends
[2, 1].sort(() => { for (;;); });
//= budget

//# sort by long texts
const t = "a".repeat(100000); const a = Array.from({ length: 200 }, (_, i) => t + i); for (;;) a.toSorted();
//= budget

//# Object.entries of an array of holes
const a = []; a.length = 1000000; for (;;) Object.entries(a);
//= budget

//# a chain of prototypes for isPrototypeOf
let o = {}; for (let i = 0; i < 10000; i++) o = Object.create(o); for (;;) o.isPrototypeOf({}), Array.prototype.isPrototypeOf(o);
//= budget

//# a property deleted and added for ever
const o = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["k" + i, i])); for (;;) { delete o.k0; o.k0 = 1; }
//= budget

//# symbols for ever
const a = []; for (;;) a.push(Symbol("s"));
//= budget

//# push for ever
const a = []; for (;;) a.push(1);
//= budget

//# a length near the limit, then walked
const a = []; a[4294967290] = 1; a.length = 4294967295; for (const x of a);
//= budget

//# a length beyond what fits
const a = []; a.length = 2 ** 31;
//= budget

//# a giant filled
new Array(2 ** 30).fill(0);
//= budget

//# arrays in arrays for ever
let a = []; for (;;) a = [a];
//= budget

//# arrays in arrays as text
let a = []; for (let i = 0; i < 20000; i++) a = [a]; "" + a;
//= deep

//# toSorted of little, for ever
for (;;) [3, 2, 1].toSorted();
//= budget

//# splice that inserts itself
const a = [1, 2]; for (;;) a.splice(1, 0, ...a);
//= budget

//# toSpliced that inserts itself
let a = [1, 2]; for (;;) a = a.toSpliced(1, 0, ...a);
//= budget

//# with, again and again
let a = Array(50000).fill(0); for (;;) a = a.with(1, 2);
//= budget

//# toReversed, again and again
let a = Array(50000).fill(0); for (;;) a = a.toReversed();
//= budget

//# slice, again and again, kept
const kept = [], a = Array(50000).fill(0); for (;;) kept.push(a.slice());
//= budget

//# copyWithin of much, for ever
const a = Array(100000).fill(0); for (;;) a.copyWithin(1, 0);
//= budget

//# reverse of much, for ever
const a = Array(100000).fill(0); for (;;) a.reverse();
//= budget

//# fill of much, for ever
const a = Array(100000).fill(0); for (;;) a.fill(1);
//= budget

//# includes in much, for ever
const a = Array(100000).fill(0); for (;;) a.includes(1);
//= budget

//# keys of a giant spread
[...Array(1e9).keys()];
//= budget

//# entries of much, kept
const a = Array(100000).fill(0); for (;;) [...a.entries()];
//= budget

//# Array.of many
const a = Array(100000).fill(0); for (;;) Array.of(...a);
//= budget

//# concat of many
const a = Array(1000).fill([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]); for (;;) [].concat(...a);
//= budget

//# flat of what is shared
const a = Array(1000).fill(Array(1000).fill(Array(1000).fill(0))); a.flat(2);
//= budget

//# flatMap of what is shared
const a = Array(1000).fill(0); a.flatMap(() => a.flatMap(() => a));
//= budget

//# join of what is shared
const row = Array(1000).fill("0123456789"); Array(1000).fill(row).join();
//= budget

//# sort of an array of equals, for ever
const a = Array(20000).fill(0); for (;;) a.sort();
//= budget

//# sort that makes text of objects
const a = Array.from({ length: 1000 }, (_, i) => ({ toString: () => "x".repeat(1000) + i })); for (;;) a.toSorted();
//= budget

//# sort that grows the array
const a = [3, 2, 1]; for (;;) a.sort(() => (a.push(1), 0));
//= budget

//# reduce that joins
const a = Array(100000).fill("0123456789"); a.reduce((s, x) => s + x, "");
//= budget

//# an array that grows while reduce walks it
const a = [1]; for (;;) a.reduce((s, x) => { a.push(x); return s; }, 0);
//= budget

//# destructuring of a giant
const [...r] = Array(1e9);
//= budget

//# an array-like whose length grows
let n = 1; const l = { get length() { return n *= 2; } }; for (;;) Array.from(l);
//= budget

//# map over a giant of holes
const a = []; a.length = 2 ** 25; for (;;) a.map(x => x);
//= budget

//# indexOf of NaN among holes
const a = []; a.length = 1000000; for (;;) a.indexOf(NaN);
//= budget

//# for in over a long array
const a = Array(50000).fill(0); for (;;) for (const k in a);
//= budget
