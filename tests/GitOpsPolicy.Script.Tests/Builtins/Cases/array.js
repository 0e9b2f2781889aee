// Array and Array.prototype.

//# Array
print(Array(3)); print(new Array(1, 2)); print(Array("3")); print(Array.length); print(Array.name); print(new Array(0).length);
print([].constructor === Array); print(Array.prototype.constructor === Array); print(Object.getPrototypeOf([]) === Array.prototype);
for (const bad of [-1, 1.5, 2 ** 32]) try { Array(bad); } catch (e) { print(e); }
//= [hole, hole, hole]
//= [1, 2]
//= ['3']
//= 1
//= 'Array'
//= 0
//= true
//= true
//= true
//= RangeError
//= RangeError
//= RangeError

//# Array.isArray
print(Array.isArray([])); print(Array.isArray({ length: 0 })); print(Array.isArray("a")); print(Array.isArray()); print(Array.isArray(null));
//= true
//= false
//= false
//= false
//= false

//# Array.of
print(Array.of(7)); print(Array.of()); print(Array.of(1, undefined, "x"));
//= [7]
//= []
//= [1, undefined, 'x']

//# Array.from
print(Array.from("abc")); print(Array.from({ length: 3 })); print(Array.from({ length: 2, 0: "a", 1: "b" })); print(Array.from([1, , 3]));
print(Array.from(new Set([1, 2, 1]))); print(Array.from(new Map([["a", 1]]))); print(Array.from([1, 2, 3], (x, i) => x * i)); print(Array.from("\u{1F600}a").length);
print(Array.from([1, 2], function (x) { return this.k + x; }, { k: 10 })); print(Array.from(5)); print(Array.from({ length: -3 })); print(Array.from({ length: "2" }, (_, i) => i));
print(Array.from([[1, 2]].values())); print(Array.from({ [Symbol.iterator]: () => [9, 8][Symbol.iterator]() }));
try { Array.from(null); } catch (e) { print(e); }
try { Array.from([], 3); } catch (e) { print(e); }
//= ['a', 'b', 'c']
//= [undefined, undefined, undefined]
//= ['a', 'b']
//= [1, undefined, 3]
//= [1, 2]
//= [['a', 1]]
//= [0, 2, 6]
//= 2
//= [11, 12]
//= []
//= []
//= [0, 1]
//= [[1, 2]]
//= [9, 8]
//= TypeError
//= TypeError

//# Array.prototype.at
print([1, 2, 3].at(0)); print([1, 2, 3].at(-1)); print([1, 2, 3].at(3)); print([1, 2, 3].at(-4)); print([1, 2, 3].at("1")); print([1, 2, 3].at(NaN)); print([1, 2, 3].at(1.9)); print([].at(0)); print([1].at(Infinity));
//= 1
//= 3
//= undefined
//= undefined
//= 2
//= 1
//= 2
//= undefined
//= undefined

//# Array.prototype.concat
print([1].concat(2, [3, [4]], [])); print([1, , 3].concat([, 5])); print([].concat("ab", null)); print(Array.prototype.concat.call([1], { length: 1, 0: "x" }).length);
//= [1, 2, 3, [4]]
//= [1, hole, 3, hole, 5]
//= ['ab', null]
//= 2

//# Array.prototype.copyWithin
print([1, 2, 3, 4, 5].copyWithin(0, 3)); print([1, 2, 3, 4, 5].copyWithin(1, 0, 3)); print([1, 2, 3, 4, 5].copyWithin(-2, -3, -1)); print([1, , 3].copyWithin(0, 1)); print([1, 2, 3].copyWithin(0, 5));
//= [4, 5, 3, 4, 5]
//= [1, 1, 2, 3, 5]
//= [1, 2, 3, 3, 4]
//= [hole, 3, 3]
//= [1, 2, 3]

//# Array.prototype.entries, keys, values
print([...["a", "b"].entries()]); print([..."ab".split("").keys()]); print([...[1, , 2].values()]); print([...[, 1].keys()]); print([].entries().next());
const it = [1, 2].values(); print(it.next()); print([...it]); print(it.next()); print(it[Symbol.iterator]() === it); print(Object.prototype.toString.call(it));
const grow = [1]; const seen = []; for (const x of grow) { seen.push(x); if (grow.length < 3) grow.push(x + 1); } print(seen);
print(Array.prototype[Symbol.iterator] === Array.prototype.values);
//= [[0, 'a'], [1, 'b']]
//= [0, 1]
//= [1, undefined, 2]
//= [0, 1]
//= {value: undefined, done: true}
//= {value: 1, done: false}
//= [2]
//= {value: undefined, done: true}
//= true
//= '[object Array Iterator]'
//= [1, 2, 3]
//= true

//# Array.prototype.every, some
print([1, 2].every(x => x > 0)); print([1, -2].every(x => x > 0)); print([].every(x => false)); print([].some(x => true)); print([, ].every(x => false)); print([0, 1].some(x => x)); print([, 1].some((x, i) => i === 0));
try { [].every(); } catch (e) { print(e); }
try { [1].some(null); } catch (e) { print(e); }
//= true
//= false
//= true
//= false
//= true
//= true
//= false
//= TypeError
//= TypeError

//# Array.prototype.fill
print([1, 2, 3].fill(0)); print([1, 2, 3].fill(9, 1)); print([1, 2, 3].fill(9, -2, -1)); print(Array(3).fill("x")); print([1, 2].fill(5, 3)); print([].fill(1));
//= [0, 0, 0]
//= [1, 9, 9]
//= [1, 9, 3]
//= ['x', 'x', 'x']
//= [1, 2]
//= []

//# Array.prototype.filter
print([1, 2, 3, 4].filter(x => x % 2)); print([1, , 3].filter(() => true)); print([3, 4].filter(function (x) { return x > this.n; }, { n: 3 })); print(["a", "b"].filter((x, i, all) => all.indexOf(x) === i));
//= [1, 3]
//= [1, 3]
//= [4]
//= ['a', 'b']

//# Array.prototype.find, findIndex, findLast, findLastIndex
print([1, 2, 3].find(x => x > 1)); print([1, 2, 3].findIndex(x => x > 1)); print([1, 2, 3].findLast(x => x < 3)); print([1, 2, 3].findLastIndex(x => x < 3)); print([1].find(x => false)); print([1].findIndex(x => false));
print([, 1].find(x => x === undefined)); print([, 1].findIndex(x => x === undefined)); print([1, , ].findLastIndex(x => x === undefined)); print([].findLast(x => true)); print([].findLastIndex(x => true));
//= 2
//= 1
//= 2
//= 1
//= undefined
//= -1
//= undefined
//= 0
//= 1
//= undefined
//= -1

//# Array.prototype.flat, flatMap
print([1, [2, [3, [4]]]].flat()); print([1, [2, [3, [4]]]].flat(Infinity)); print([1, [2]].flat(0)); print([1, , [2, , 3]].flat()); print([[1], [2]].flat("1")); print([[[]]].flat(-1));
print([1, 2].flatMap(x => [x, x * 2])); print([1, 2].flatMap(x => [[x]])); print(["a b", "c"].flatMap(s => s.split(" "))); print([1, , 2].flatMap(x => x));
//= [1, 2, [3, [4]]]
//= [1, 2, 3, 4]
//= [1, [2]]
//= [1, 2, 3]
//= [1, 2]
//= [[[]]]
//= [1, 2, 2, 4]
//= [[1], [2]]
//= ['a', 'b', 'c']
//= [1, 2]

//# Array.prototype.forEach
[5, , 7].forEach((x, i, all) => print([x, i, all.length])); print([].forEach(() => 0));
const live = [1, 2, 3]; const met = []; live.forEach((x, i) => { met.push(x); if (i === 0) { live.push(4); live[1] = "b"; delete live[2]; } }); print(met);
//= [5, 0, 3]
//= [7, 2, 3]
//= undefined
//= [1, 'b']

//# Array.prototype.includes, indexOf, lastIndexOf
print([1, NaN].includes(NaN)); print([1, NaN].indexOf(NaN)); print([, 1].includes(undefined)); print([, 1].indexOf(undefined)); print([0].includes(-0)); print([1, 2, 1].indexOf(1, 1)); print([1, 2, 1].indexOf(1, -1)); print([1, 2, 1].indexOf(3));
print([1, 2, 1].lastIndexOf(1)); print([1, 2, 1].lastIndexOf(1, 1)); print([1, 2, 1].lastIndexOf(1, -2)); print([1, 2, 1].lastIndexOf(1, -4)); print([1].lastIndexOf(1, undefined)); print([].lastIndexOf(1)); print([1, 2].includes(1, 1)); print(["1"].includes(1));
//= true
//= -1
//= true
//= -1
//= true
//= 2
//= 2
//= -1
//= 2
//= 0
//= 0
//= -1
//= 0
//= -1
//= false
//= false

//# Array.prototype.join
print([1, 2, 3].join()); print([1, null, undefined, "x"].join("-")); print([].join()); print([[1, 2], [3]].join(";")); print([1, , 2].join()); print([{ toString: () => "o" }, true].join("")); print([1].join("-")); print([1, 2].join(undefined)); print([1, 2].join(null)); print(Array(3).join("ab"));
print(Array.prototype.join.call({ length: 2, 0: "a", 1: "b" }, "+")); print(Array.prototype.join.call("abc", "."));
//= '1,2,3'
//= '1---x'
//= ''
//= '1,2;3'
//= '1,,2'
//= 'otrue'
//= '1'
//= '1,2'
//= '1null2'
//= 'abab'
//= 'a+b'
//= 'a.b.c'

//# Array.prototype.map
print([1, 2].map(x => x * 2)); print([1, , 3].map(x => x)); print([1, 2].map(String)); print(["1", "2", "3"].map(parseInt)); print([].map(x => x)); print([, ,].map(x => 1)); print([1, 2].map((x, i, all) => all.length + i)); print(Array.prototype.map.call("ab", c => c + c));
//= [2, 4]
//= [1, hole, 3]
//= ['1', '2']
//= [1, NaN, NaN]
//= []
//= [hole, hole]
//= [2, 3]
//= ['aa', 'bb']

//# Array.prototype.pop, push, shift, unshift
const a = [1, 2]; print(a.push(3, 4)); print(a); print(a.pop()); print(a); print(a.shift()); print(a); print(a.unshift(8, 9)); print(a); print([].pop()); print([].shift()); print([].unshift()); print([].push());
const h = [, 1]; print(h.shift()); print(h); const o = { length: 1, 0: "z" }; print(Array.prototype.push.call(o, "y")); print(o); print(Array.prototype.shift.call(o)); print(o); print(Array.prototype.pop.call(o)); print(o);
const frozen = Object.freeze([1]); for (const f of [x => x.push(1), x => x.pop(), x => x.shift(), x => x.unshift(0), x => { x[0] = 2; }, x => { x.length = 0; }]) try { f(frozen); print("no error"); } catch (e) { print(e); }
print(frozen);
//= 4
//= [1, 2, 3, 4]
//= 4
//= [1, 2, 3]
//= 1
//= [2, 3]
//= 4
//= [8, 9, 2, 3]
//= undefined
//= undefined
//= 0
//= 0
//= undefined
//= [1]
//= 2
//= {0: 'z', 1: 'y', length: 2}
//= 'z'
//= {0: 'y', length: 1}
//= 'y'
//= {length: 0}
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= [1]

//# Array.prototype.reduce, reduceRight
print([1, 2, 3].reduce((a, b) => a + b)); print([1, 2, 3].reduce((a, b) => a + b, "")); print([1, 2, 3].reduceRight((a, b) => a + "-" + b)); print([].reduce((a, b) => a, 7)); print([5].reduce(() => 0)); print([, 1, , 2].reduce((a, b) => a + b)); print([1, 2].reduce((a, b, i) => a + i, 0)); print([[1], [2]].reduceRight((a, b) => a.concat(b)));
try { [].reduce((a, b) => a); } catch (e) { print(e); }
try { [, ].reduceRight((a, b) => a); } catch (e) { print(e); }
//= 6
//= '123'
//= '3-2-1'
//= 7
//= 5
//= 3
//= 1
//= [2, 1]
//= TypeError
//= TypeError

//# Array.prototype.reverse, toReversed
print([1, 2, 3].reverse()); print([1, 2, , 4].reverse()); print([].reverse()); const r = [1, 2]; print(r.reverse() === r); print([1, , 3].toReversed()); print([1, 2, 3].toReversed());
//= [3, 2, 1]
//= [4, hole, 2, 1]
//= []
//= true
//= [3, undefined, 1]
//= [3, 2, 1]

//# Array.prototype.slice
print([1, 2, 3].slice()); print([1, 2, 3].slice(1)); print([1, 2, 3].slice(-2, -1)); print([1, , 3].slice(0, 2)); print([1, 2].slice(5)); print([1, 2, 3].slice(2, 1)); print(Array.prototype.slice.call("abc", 1)); print([1, 2, 3].slice(undefined, undefined)); print([1, 2, 3].slice(null, "2"));
//= [1, 2, 3]
//= [2, 3]
//= [2]
//= [1, hole]
//= []
//= []
//= ['b', 'c']
//= [1, 2, 3]
//= [1, 2]

//# Array.prototype.sort, toSorted
print([3, 1, 2].sort()); print([10, 9, 1].sort()); print([10, 9, 1].sort((a, b) => a - b)); print(["b", undefined, "a", , "c"].sort()); print([3, undefined, 1].sort((a, b) => b - a)); print([true, "x", null, 2].sort()); print(["B", "a", "C"].sort()); print(["\u00e9", "z", "\ud83d\ude00", "\uff5e"].sort().map(c => c.codePointAt(0)));
const people = [["a", 2], ["b", 1], ["c", 2], ["d", 1]]; print(people.toSorted((x, y) => x[1] - y[1])); print(people); print([2, , 1].toSorted()); print([5, 1].toSorted(undefined)); print([3, 2, 1].sort(() => 0)); print([1, 2, 3].sort(() => -1)); print([2, 1].sort(() => NaN)); print([1, 2].sort((a, b) => "5"));
try { [1].sort(3); } catch (e) { print(e); }
try { [1].toSorted(null); } catch (e) { print(e); }
try { [2, 1].sort(() => { throw new RangeError("stop"); }); } catch (e) { print(e); }
//= [1, 2, 3]
//= [1, 10, 9]
//= [1, 9, 10]
//= ['a', 'b', 'c', undefined, hole]
//= [3, 1, undefined]
//= [2, null, true, 'x']
//= ['B', 'C', 'a']
//= [122, 233, 128512, 65374]
//= [['b', 1], ['d', 1], ['a', 2], ['c', 2]]
//= [['a', 2], ['b', 1], ['c', 2], ['d', 1]]
//= [1, 2, undefined]
//= [1, 5]
//= [3, 2, 1]
//= [3, 2, 1]
//= [2, 1]
//= [1, 2]
//= TypeError
//= TypeError
//= RangeError

//# Array.prototype.splice, toSpliced
const s = [1, 2, 3, 4]; print(s.splice(1, 2, "a", "b", "c")); print(s); print(s.splice(-1)); print(s); print(s.splice()); print(s.splice(0, 0, 0)); print(s); print(s.splice(1, -5)); print(s.splice(100, 1, "end")); print(s); print([1, , 3].splice(0, 2)); print([1, 2, 3].splice(undefined)); print([1, 2, 3, 4].splice(0, 3).length);
print([1, 2, 3].toSpliced(1, 1)); print([1, 2, 3].toSpliced(1, 0, "x", "y")); print([1, 2, 3].toSpliced()); print([1, 2, 3].toSpliced(1)); print([1, , 3].toSpliced(0, 0)); print([1, 2, 3].toSpliced(-1, 1, 9));
//= [2, 3]
//= [1, 'a', 'b', 'c', 4]
//= [4]
//= [1, 'a', 'b', 'c']
//= []
//= []
//= [0, 1, 'a', 'b', 'c']
//= []
//= []
//= [0, 1, 'a', 'b', 'c', 'end']
//= [1, hole]
//= [1, 2, 3]
//= 3
//= [1, 3]
//= [1, 'x', 'y', 2, 3]
//= [1, 2, 3]
//= [1]
//= [1, undefined, 3]
//= [1, 2, 9]

//# Array.prototype.toString
print([1, [2, 3]].toString()); print(String([1, null, [undefined]])); print([] + []); print(Array.prototype.toString.call({ join: () => "j" })); print(Array.prototype.toString.call({})); print([1, 2].toLocaleString());
//= '1,2,3'
//= '1,,'
//= ''
//= 'j'
//= '[object Object]'
//= '1,2'

//# Array.prototype.with
print([1, 2, 3].with(1, 9)); print([1, 2, 3].with(-1, 9)); print([1, , 3].with(0, 5));
for (const at of [3, -4]) try { [1, 2, 3].with(at, 0); } catch (e) { print(e); }
//= [1, 9, 3]
//= [1, 2, 9]
//= [5, undefined, 3]
//= RangeError
//= RangeError

//# arrays and their length
const q = [1, 2, 3]; q.length = 1; print(q); q.length = 3; print(q); q[5] = 6; print(q); print(q.length); delete q[0]; print(q); print(0 in q); print(Object.keys(q)); print("length" in q); print([1, 2, 3].hasOwnProperty(1)); print([1].hasOwnProperty("length"));
try { q.length = -1; } catch (e) { print(e); }
//= [1]
//= [1, hole, hole]
//= [1, hole, hole, hole, hole, 6]
//= 6
//= [hole, hole, hole, hole, hole, 6]
//= false
//= ['5']
//= true
//= true
//= true
//= RangeError

//# methods on null and undefined
for (const name of ["at", "concat", "every", "fill", "filter", "flat", "includes", "join", "map", "slice", "sort", "values"]) try { Array.prototype[name].call(null, () => 0); print(name); } catch (e) { print(e); }
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# callbacks that change the array
const c1 = [1, 2, 3, 4]; print(c1.map((x, i) => { if (i === 0) c1.length = 2; return x; })); const c2 = [1, 2, 3]; print(c2.filter(x => { c2.push(x); return true; })); print(c2.length);
const c3 = [3, 2, 1]; print(c3.sort((a, b) => { c3.length = 0; return a - b; })); const c4 = [1, 2, 3]; print(c4.reduce((a, x) => { c4.pop(); return a + x; }));
const c5 = [1, 2, 3]; print(c5.indexOf(3, { valueOf() { c5.length = 1; return 0; } })); const c6 = [1, 2, 3]; print(c6.splice({ valueOf() { c6.length = 1; return 0; } }, 2)); print(c6);
//= [1, 2, hole, hole]
//= [1, 2, 3]
//= 6
//= [1, 2, 3]
//= 3
//= -1
//= [1, hole]
//= [hole]

//# holes show what is inherited by index
class Inherits extends Array { 0() { return "m"; } get 1() { return "g" + this.length; } }
const a = new Inherits(3); a[2] = "own";
print([typeof a[0], a[1], a[2], a[3]]); print([1 in a, Object.hasOwn(a, 1)]); print([a.indexOf("g3"), a.includes("g3"), a.at(1)]);
print([...a].map(x => typeof x)); print(a.findLast(x => x === "g3")); print(a.reduce(n => n + 1, 0)); print(a.join("|").slice(-6)); print(Array.from(a).length);
//= ['function', 'g3', 'own', undefined]
//= [true, false]
//= [1, true, 'g3']
//= ['function', 'string', 'string']
//= 'g3'
//= 3
//= 'g3|own'
//= 3

//# a sealed array keeps its elements and takes no others
const s = Object.seal([1, 2]);
print([Object.isSealed(s), Object.isFrozen(s)]); s[0] = 9; print(s);
for (const change of [x => x.push(3), x => x.pop(), x => { delete x[0]; }, x => { x.length = 0; }, x => { x[5] = 1; }]) try { change(s); print("changed"); } catch (e) { print(e); }
print(s);
//= [true, false]
//= [9, 2]
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= [9, 2]
