// Scripts that try to take more than their budget. Each is the body of a function; `//=` says how it has to end:
// fuel, memory, deep (the budgets), throws NAME (the language's own error), or load (it does not load).

//# repeat of a huge count
"a".repeat(2 ** 30);
//= memory|fuel
//# repeat of repeat
let s = "abcdefgh"; while (true) s = s.repeat(8);
//= memory|fuel
//# doubling by concatenation
let s = "x"; while (true) s += s;
//= memory|fuel
//# doubling by template
let s = "x"; while (true) s = `${s}${s}`;
//= memory|fuel
//# doubling by concat
let s = "x"; while (true) s = s.concat(s, s);
//= memory|fuel
//# padEnd to the limit
"".padEnd(2 ** 30, "ab");
//= memory|fuel
//# padStart to the limit
"a".padStart(2 ** 31 - 2);
//= memory|fuel
//# padding with a long filler, many times
const f = "y".repeat(100000); for (;;) "".padEnd(1000000, f);
//= memory|fuel
//# join of a sparse giant
Array(1e9).join("abc");
//= memory|fuel
//# join of an array-like giant
Array.prototype.join.call({ length: 2 ** 31 }, "x");
//= memory|fuel
//# join with a long separator
new Array(100000).join("x".repeat(10000));
//= memory|fuel
//# join of arrays within arrays
let a = ["x"]; for (let i = 0; i < 60; i++) a = [a, a]; a.join();
//= memory|fuel
//# an array within itself as text
const a = []; a.push(a); String(a);
//= deep
//# an array within itself joined
const a = [1]; a[1] = a; a.join("-");
//= deep
//# replaceAll that grows
let s = "aaaaaaaaaaaaaaaa"; for (;;) s = s.replaceAll("a", "aaaaaaaaaaaaaaaa");
//= memory|fuel
//# replace with everything before and after
const s = "x".repeat(20000); s.replace(/x/g, "$`$'");
//= memory|fuel
//# replace with many references
const s = "ab".repeat(10000); s.replace(/(a)(b)/g, "$1$2$&".repeat(3000));
//= memory|fuel
//# replace by a function that returns much
const big = "z".repeat(100000); "a".repeat(10000).replace(/a/g, () => big);
//= memory|fuel
//# split into everything, again and again
const s = "x".repeat(100000); for (;;) s.split("");
//= memory|fuel
//# split by an empty pattern
const s = "x".repeat(1000000); for (;;) s.split(/(?:)/);
//= memory|fuel
//# encodeURIComponent that triples
let s = "\u00e9".repeat(1000); for (;;) s = encodeURIComponent(s);
//= memory|fuel
//# indexOf made slow
const hay = "a".repeat(2000000), needle = "a".repeat(1000000) + "b"; for (;;) hay.indexOf(needle);
//= memory|fuel
//# lastIndexOf made slow
const hay = "a".repeat(2000000), needle = "b" + "a".repeat(1000000); for (;;) hay.lastIndexOf(needle);
//= memory|fuel
//# includes in a long text, for ever
const hay = "ab".repeat(1000000); for (;;) hay.includes("ac");
//= memory|fuel
//# startsWith of long texts
const a = "a".repeat(1000000); for (;;) a.startsWith(a);
//= memory|fuel
//# comparing long texts
const a = "a".repeat(1000000), b = "a".repeat(999999) + "b"; for (;;) a < b;
//= memory|fuel
//# equality of long texts
const a = "a".repeat(1000000), b = ("a".repeat(999999) + "a"); let n = 0; for (;;) if (a === b) n++;
//= memory|fuel
//# upper case of long text
const s = "\u00df".repeat(1000000); for (;;) s.toUpperCase();
//= memory|fuel
//# trim of white space
const s = " ".repeat(1000000) + "x" + " ".repeat(1000000); for (;;) s.trim();
//= memory|fuel
//# localeCompare of long text
const s = "a".repeat(1000000); for (;;) s.localeCompare(s);
//= memory|fuel
//# normalize of long text
const s = "a".repeat(1000000); for (;;) s.normalize("NFD");
//= memory|fuel
//# fromCharCode of many
const a = Array(100000).fill(97); for (;;) String.fromCharCode(...a);
//= memory|fuel
//# String.raw of a giant
String.raw({ raw: { length: 2 ** 31 } });
//= memory|fuel
//# spread of long text
const s = "x".repeat(1000000); for (;;) [...s];
//= memory|fuel
//# Array of a billion
Array(1e9);
//= memory|fuel
//# Array.from a length
Array.from({ length: 1e9 });
//= memory|fuel
//# Array.from an endless iterator
Array.from({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) });
//= memory|fuel
//# spread of an endless iterator
[...{ [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }];
//= memory|fuel
//# new Map of an endless iterator
new Map({ [Symbol.iterator]: () => ({ i: 0, next() { return { done: false, value: [this.i++, 1] }; } }) });
//= memory|fuel
//# new Set of an endless iterator
new Set({ [Symbol.iterator]: () => ({ i: 0, next() { return { done: false, value: this.i++ }; } }) });
//= memory|fuel
//# Object.fromEntries of an endless iterator
Object.fromEntries({ [Symbol.iterator]: () => ({ i: 0, next() { return { done: false, value: ["k" + this.i++, 1] }; } }) });
//= memory|fuel
//# length set to the limit
const a = []; a.length = 2 ** 32 - 1; a.forEach(() => 0);
//= memory|fuel
//# a far index
const a = []; a[2 ** 31 - 3] = 1;
//= memory|fuel
//# fill of a giant array-like
Array.prototype.fill.call({ length: 2 ** 31 }, 0);
//= memory|fuel
//# indexOf in a giant array-like
Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);
//= memory|fuel
//# lastIndexOf in a giant array-like
Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);
//= memory|fuel
//# reverse of a giant array-like
Array.prototype.reverse.call({ length: 2 ** 53 - 1 });
//= memory|fuel
//# sort of a giant array-like
Array.prototype.sort.call({ length: 2 ** 53 - 1 });
//= memory|fuel
//# toSorted of a giant array-like
Array.prototype.toSorted.call({ length: 2 ** 31 });
//= memory|fuel
//# splice in a giant array-like
Array.prototype.splice.call({ length: 2 ** 53 - 1 }, 0, 1);
//= memory|fuel
//# copyWithin in a giant array-like
Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 0, 5);
//= memory|fuel
//# concat that doubles
let a = [1]; for (;;) a = a.concat(a);
//= memory|fuel
//# spread that doubles
let a = [1]; for (;;) a = [...a, ...a];
//= memory|fuel
//# push of a spread of itself
const a = [1]; for (;;) a.push(...a);
//= memory|fuel
//# unshift for ever
const a = Array(10000).fill(0); for (;;) a.unshift(1);
//= memory|fuel
//# shift and push for ever
const a = Array(100000).fill(0); for (;;) a.push(a.shift());
//= memory|fuel
//# splice in the middle for ever
const a = Array(100000).fill(0); for (;;) a.splice(1, 1, 2);
//= memory|fuel
//# flat of a cycle
const a = []; a.push(a); a.flat(Infinity);
//= deep
//# flat of a graph
let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; a.flat(Infinity);
//= memory|fuel
//# flat of depth
let a = []; for (let i = 0; i < 10000; i++) a = [a]; a.flat(Infinity);
//= deep
//# flatMap that grows
let a = [1]; for (;;) a = a.flatMap(x => [x, x, x, x]);
//= memory|fuel
//# an array that grows while it is walked
const a = [1]; for (const x of a) a.push(x);
//= memory|fuel
//# a set that grows while it is walked
const s = new Set([0]); for (const x of s) s.add(x + 1);
//= memory|fuel
//# a map that changes while forEach walks it
const m = new Map([[0, 0]]); m.forEach((v, k) => { m.delete(k); m.set(k + 1, 0); });
//= memory|fuel
//# sort with a comparator that sorts
const a = Array.from({ length: 100 }, (_, i) => i % 7); const c = () => { a.toSorted(c); return 0; }; a.toSorted(c);
//= deep
//# sort with a comparator that never ends
[2, 1].sort(() => { for (;;); });
//= memory|fuel
//# sort by long texts
const t = "a".repeat(100000); const a = Array.from({ length: 200 }, (_, i) => t + i); for (;;) a.toSorted();
//= memory|fuel
//# JSON.stringify of a graph of 2^60 ways
let o = {}; for (let i = 0; i < 60; i++) o = { a: o, b: o }; JSON.stringify(o);
//= memory|fuel
//# JSON.stringify of an array graph
let o = []; for (let i = 0; i < 60; i++) o = [o, o, o]; JSON.stringify(o);
//= memory|fuel
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
//= deep|throws TypeError
//# JSON.stringify of a giant array
const a = []; a.length = 1000000; JSON.stringify(a, null, "          ");
//= memory|fuel
//# JSON.parse of depth
JSON.parse("[".repeat(100000));
//= deep
//# JSON.parse of objects in depth
JSON.parse("{\"a\":".repeat(100000));
//= deep
//# JSON.parse of much
const s = "[" + "0,".repeat(500000) + "0]"; for (;;) JSON.parse(s);
//= memory|fuel
//# JSON.parse with a reviver that grows
JSON.parse("[1,2]", function (k, v) { if (Array.isArray(this)) this.push([1]); return { a: { b: 1 } }; });
//= none|memory|fuel|deep
//# JSON.parse of a long number
const s = "1".repeat(1000000); for (;;) JSON.parse(s);
//= memory|fuel
//# toString that calls itself
const o = { toString() { return `${o}`; } }; `${o}`;
//= deep
//# valueOf that calls itself
const o = { valueOf() { return +o; } }; +o;
//= deep
//# toPrimitive that calls itself
const o = { [Symbol.toPrimitive]: () => o + 1 }; o + 1;
//= deep
//# a getter that calls itself
const o = { get x() { return o.x; } }; o.x;
//= deep
//# a setter that calls itself
const o = { set x(v) { o.x = v; } }; o.x = 1;
//= deep
//# an iterator within an iterator
const i = { [Symbol.iterator]: () => { [...i]; return [][Symbol.iterator](); } }; [...i];
//= deep
//# hasInstance that calls itself
const o = { [Symbol.hasInstance]: v => v instanceof o }; 1 instanceof o;
//= deep
//# call of call of call
let f = () => 1; for (let i = 0; i < 5000; i++) f = f.bind(null, 1); f();
//= deep|memory|fuel
//# bind with ever more arguments
let f = (...a) => a.length; for (let i = 0; i < 60; i++) f = f.bind(null, ...Array(1000).fill(0)); for (;;) f();
//= memory|fuel
//# apply with a giant list
Math.max.apply(null, { length: 2 ** 31 });
//= memory|fuel
//# Math.max of a long spread
const a = Array(100000).fill(1); for (;;) Math.max(...a);
//= memory|fuel
//# Object.assign that grows
const o = {}; for (let i = 0; ; i++) Object.assign(o, { ["k" + i]: i });
//= memory|fuel
//# Object.keys of long text
const s = "x".repeat(1000000); for (;;) Object.keys(s);
//= memory|fuel
//# Object.entries of an array of holes
const a = []; a.length = 1000000; for (;;) Object.entries(a);
//= memory|fuel
//# Object.getOwnPropertyNames of long text
Object.getOwnPropertyNames("x".repeat(10000000));
//= memory|fuel
//# a chain of prototypes
let o = {}; for (let i = 0; i < 10000; i++) o = Object.create(o); for (;;) o.missing;
//= memory|fuel
//# a chain of prototypes for isPrototypeOf
let o = {}; for (let i = 0; i < 10000; i++) o = Object.create(o); for (;;) o.isPrototypeOf({}), Array.prototype.isPrototypeOf(o);
//= memory|fuel
//# a property deleted and added for ever
const o = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ["k" + i, i])); for (;;) { delete o.k0; o.k0 = 1; }
//= memory|fuel
//# toFixed for ever
for (;;) (1e20 / 3).toFixed(100);
//= memory|fuel
//# toString in radix 2 for ever
for (;;) (1.7976931348623157e308).toString(2);
//= memory|fuel
//# toPrecision of the least number for ever
for (;;) (5e-324).toPrecision(100);
//= memory|fuel
//# parseInt of long text
const s = "1".repeat(1000000); for (;;) parseInt(s);
//= memory|fuel
//# parseFloat of long text
const s = "1." + "1".repeat(1000000); for (;;) parseFloat(s);
//= memory|fuel
//# Number of long text
const s = "1".repeat(1000000); for (;;) Number(s);
//= memory|fuel
//# Number of white space
const s = " ".repeat(1000000); for (;;) +s;
//= memory|fuel
//# a regular expression that backtracks elsewhere
/^(a+)+$/.test("a".repeat(100000) + "!"); for (;;);
//= memory|fuel
//# nested stars on long text
const s = "a".repeat(100000) + "b"; for (;;) /(a*)*c/.test(s);
//= memory|fuel
//# many alternatives on long text
const s = "a".repeat(20000); for (;;) /(a|a|a|a|a|a|a|a)*b/.test(s);
//= memory|fuel
//# polynomial pattern on long text
const s = "x".repeat(100000); for (;;) /.*.*.*=.*/.test(s);
//= memory|fuel
//# lookaheads on long text
const s = "a".repeat(100000); for (;;) /(?=(a+)b)(?!a+c)x/.test(s);
//= memory|fuel
//# lookbehind on long text
const s = "a".repeat(100000); for (;;) /(?<=(?:a|aa)+)b/.test(s);
//= memory|fuel
//# match of everything
const s = "a".repeat(1000000); for (;;) s.match(/a/g);
//= memory|fuel
//# matchAll of everything
const s = "a".repeat(1000000); for (;;) [...s.matchAll(/(a)(b)?/g)];
//= memory|fuel
//# patterns made for ever
for (let i = 0; ; i++) new RegExp("(a{1,50}){1,50}" + i);
//= memory|fuel
//# a long pattern made for ever
const p = "(?:ab|cd)".repeat(500); for (;;) new RegExp(p, "i");
//= memory|fuel
//# a pattern too large
new RegExp("(a{1000}){1000}");
//= throws SyntaxError
//# a literal pattern too large
/((a{1000}){1000}){1000}/;
//= load
//# a pattern nested too deep
new RegExp("(".repeat(100000) + ")".repeat(100000));
//= throws SyntaxError|memory|fuel
//# a character class of many ranges
const p = "[" + Array.from({ length: 20000 }, (_, i) => String.fromCharCode(0x4e00 + i * 2 % 20000)).join("") + "]"; for (;;) new RegExp(p, "iu");
//= memory|fuel
//# backreferences
/(a+)\1+b/.test("a");
//= load
//# exec with an empty match for ever
const r = /(?:)/g; while (r.exec("a".repeat(10))) r.lastIndex = 0;
//= memory|fuel
//# replace callback that replaces
const f = s => s.replace(/a/, f); f("aa");
//= deep|none
//# a class that constructs itself
class A { constructor() { new A(); } } new A();
//= deep
//# a constructor of an array of itself
class B extends Array { constructor(n) { super(n); } } new B(1e9);
//= memory|fuel
//# errors for ever
for (;;) try { null.x; } catch (e) { }
//= memory|fuel
//# errors with causes for ever
let e; for (;;) e = new Error("x".repeat(1000), { cause: e });
//= memory|fuel
//# a thrown giant
throw new Error("x".repeat(1000000));
//= throws Error|memory|fuel
//# a thrown object that cannot be read
throw { get message() { throw 1; }, get name() { for (;;); } };
//= throws
//# a proto chain made of itself
const o = {}; Object.setPrototypeOf(o, Object.create(o));
//= throws TypeError
//# symbols for ever
const a = []; for (;;) a.push(Symbol("s"));
//= memory|fuel
//# map keys of long text
const s = "k".repeat(100000); const m = new Map(); for (let i = 0; ; i++) m.set(s + i, i);
//= memory|fuel
//# numbers with one hash
const m = new Set(); for (let i = 0; ; i++) m.add(i * 4294967297);
//= memory|fuel
