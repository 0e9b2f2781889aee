// ECMAScript 2023, 14.7 Iteration statements.

//# statements/for-in/order-and-mutation
let o = { b: 1, a: 2, 1: 3, 0: 4 }; let k = []; for (let p in o) k.push(p); print(k); k = []; let q = { x: 1, y: 2, z: 3 };
for (let p in q) { k.push(p); delete q.y; q.n = 1; } print(k); k = []; for (let i in "ab") k.push(i); print(k); for (let z in null) print(false);
for (let z in undefined) print(false); for (let z in 5) print(false); let proto = { inh: 1, sh: 2 };
let c = Object.create(proto, { sh: { value: 1, enumerable: false } }); k = []; for (let p in c) k.push(p); print(k);
for (let [f] in { xy: 1 }) print(f); let fs = []; for (let p in { a: 1, b: 2 }) fs.push(() => p); print(fs[0]()); k = [];
for (let p in [5, , 7]) k.push(p); print(k);
//= ['0', '1', 'b', 'a']
//= ['x', 'z']
//= ['0', '1']
//= ['inh']
//= 'x'
//= 'a'
//= ['0', '2']

//# statements/for-of/bindings
let fs = []; for (let x of [1, 2]) fs.push(() => x); print(fs[0]() + fs[1]()); for (const [a, b = 5] of [[1]]) print(a + b);
for (const { length } of ["abc"]) print(length); let o = {}; for (o.p of [7]); print(o.p); for ([o.q] of [[8]]); print(o.q);
let arr = [1, 2, 3], n = 0; for (let e of arr) { if (n++ === 0) arr.push(4); } print(n); for (let of of [1]) print(of);
for (let c2 of new Map([[1, 2]])) print(c2.length); for (let x of []) x = 1;
//= 3
//= 6
//= 3
//= 7
//= 8
//= 4
//= 1
//= 2

//# statements/for-of/close
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {}
let ret = 0;
let it = { [Symbol.iterator]() { return { next() { return { value: 1, done: false }; }, return() { ret++; return {}; } }; } };
for (let x of it) break; print(ret); outer: for (;;) { for (let y of it) break outer; } print(ret); (function () { for (let z of it) return; })();
print(ret); fails(() => { for (let q of it) throw new E(); }); print(ret); l: for (let i = 0; i < 1;
i++) { for (let w of it) continue l; } print(ret);
let bad = { [Symbol.iterator]() { return { next() { return { done: false }; }, return() { return 5; } }; } };
fails(() => { for (let v of bad) break; }); fails(() => { for (let v of bad) throw new E(); }); function* g() { try { yield 1;
yield 2; } finally { ret = "f"; } } for (let gg of g()) break; print(ret); fails(() => { for (let u of 5); }); fails(() => { for (let u of {}); });
let rn = { [Symbol.iterator]() { return { next() { return { done: false }; }, return: null }; } }; for (let k of rn) break;
let rnc = { [Symbol.iterator]() { return { next() { return { done: false }; }, return: 5 }; } }; fails(() => { for (let k of rnc) break; });
//= 1
//= 2
//= 3
//= Error
//= 4
//= 5
//= TypeError
//= Error
//= 'f'
//= TypeError
//= TypeError
//= TypeError

//# statements/while-do
let i = 0; while (true) { if (++i > 3) break; continue; } print(i); do { i--; } while (i > 0) print(i); do ; while (false); let s = "";
for (let a in { x: 1 }) for (let b of [1, 2]) s += a + b; print(s);
//= 4
//= 0
//= 'x1x2'
