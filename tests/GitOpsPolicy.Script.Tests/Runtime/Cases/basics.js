// The language itself; built-ins have files of their own.

//# literals
print(1); print(-0); print(1.5); print(0x1f); print(1_000); print("a\n"); print('\u{1F600}'); print(true); print(null); print(undefined);
print([1, , 3]); print({ a: 1, b: { c: [] } }); print(1e21); print(1e-7); print(123456789012345680000); print(0.000001); print(5e-324); print(1.7976931348623157e308);
//= 1
//= -0
//= 1.5
//= 31
//= 1000
//= 'a\u000a'
//= '\ud83d\ude00'
//= true
//= null
//= undefined
//= [1, hole, 3]
//= {a: 1, b: {c: []}}
//= 1e+21
//= 1e-7
//= 123456789012345680000
//= 0.000001
//= 5e-324
//= 1.7976931348623157e+308

//# logic
print(0 || "a"); print(1 && "b"); print(null ?? "c"); print(0 ?? "d"); print(!0); print(!!"x"); print("" || null || 0); print(1 && 0 && 2);
let a = null; a ??= 5; print(a); a ||= 6; print(a); a &&= 7; print(a); let z = 0; z ||= 9; print(z);
//= 'a'
//= 'b'
//= 'c'
//= 0
//= true
//= true
//= 0
//= 0
//= 5
//= 5
//= 7
//= 9

//# typeof and void
print(typeof 1); print(typeof "a"); print(typeof true); print(typeof undefined); print(typeof null); print(typeof {}); print(typeof []); print(typeof (() => 1)); print(void 0);
//= 'number'
//= 'string'
//= 'boolean'
//= 'undefined'
//= 'object'
//= 'object'
//= 'object'
//= 'function'
//= undefined

//# functions and closures
function add(a, b = 2, ...rest) { let n = a + b; for (const r of rest) n += r; return n; }
print(add(1)); print(add(1, 1)); print(add(1, 1, 1, 1)); print(add.length); print(add.name);
const fs = []; for (let i = 0; i < 3; i++) fs[i] = () => i; print([fs[0](), fs[1](), fs[2]()]);
const counter = () => { let n = 0; return { up: () => ++n, get n() { return n; } }; };
const c = counter(); c.up(); c.up(); print(c.n); print(counter().n);
print((function fact(n) { return n < 2 ? 1 : n * fact(n - 1); })(10));
print(hoisted()); function hoisted() { return "hoisted"; }
const { name } = () => 1; print(name); const named = () => 1; print(named.name); print((() => 1).name);
print(((a, b) => {}).length); print(((a, b = 1, c) => {}).length);
//= 3
//= 2
//= 4
//= 1
//= 'add'
//= [0, 1, 2]
//= 2
//= 0
//= 3628800
//= 'hoisted'
//= ''
//= 'named'
//= ''
//= 2
//= 1

//# spread
const a = [1, 2]; print([...a, 3, ...a]); print([..."ab"]); const f = (...xs) => xs; print(f(...a, 9, ...[])); print({ ...{ a: 1, b: 2 }, b: 3, ...null, ...undefined });
print({ ..."hi" }); print({ ...[7, 8] });
//= [1, 2, 3, 1, 2]
//= ['a', 'b']
//= [1, 2, 9]
//= {a: 1, b: 3}
//= {0: 'h', 1: 'i'}
//= {0: 7, 1: 8}

//# loops
let s = ""; for (let i = 0, j = 10; i < j; i += 3, j--) s += i + ":" + j + " "; print(s);
let n = 0; while (true) { if (++n > 5) break; if (n % 2) continue; print(n); } do { n--; } while (n > 3); print(n);
outer: for (const a of [1, 2, 3]) { for (const b of [1, 2, 3]) { if (b === 2) continue outer; if (a === 3) break outer; print([a, b]); } }
block: { print("in"); if (n) break block; print("never"); }
for (const k in { b: 1, a: 2, 1: 3, 0: 4 }) print(k); for (const i in ["x", "y"]) print(i); for (const i in "ab") print(i); for (const k in null) print(k);
const proto = { inherited: 1 }; const child = { __proto__: proto, own: 2 }; for (const k in child) print(k);
for (const [i, { v }] of [[0, { v: 1 }], [1, { v: 2 }]]) print([i, v]); let t; for (t of [1, 2]); print(t); const ob = {}; for (ob.k of [5, 6]); print(ob);
for (;;) { break; } const fns = []; for (const x of [1, 2]) fns[x] = () => x; print(fns[1]() + fns[2]()); 
const h = []; for (let i = 0; i < 3; h[i] = () => i, i++); print([h[0](), h[1](), h[2]()]);
//= '0:10 3:9 6:8 '
//= 2
//= 4
//= 3
//= [1, 1]
//= [2, 1]
//= 'in'
//= '0'
//= '1'
//= 'b'
//= 'a'
//= '0'
//= '1'
//= '0'
//= '1'
//= 'own'
//= 'inherited'
//= [0, 1]
//= [1, 2]
//= 2
//= {k: 6}
//= 3
//= [1, 2, 3]

//# object literals
const k = "dyn", a = 1; const o = { a, [k + 1]: 2, "quoted key": 3, 5: "five", get g() { return this.a + 1; }, set g(v) { this.a = v; }, m() { return "m"; }, [`c${a}`]() { return "c"; } };
print(o); print(o.g); o.g = 10; print(o.a); print(o.c1()); print(o.c1.name); print(o.m.name); print({ a: 1, a: 2 }); print({ __proto__: { q: 1 } }.q); print({ ["__proto__"]: 1 });
const f = { x: () => 1, ["y"]: () => 2, z: function () { } }; print([f.x.name, f.y.name, f.z.name]); print({ 2: 0, b: 0, 1: 0, a: 0 });
//= {5: 'five', a: 1, dyn1: 2, quoted key: 3, g: 2, m: function m, c1: function c1}
//= 2
//= 10
//= 'c'
//= 'c1'
//= 'm'
//= {a: 2}
//= 1
//= {__proto__: 1}
//= ['x', 'y', 'z']
//= {1: 0, 2: 0, b: 0, a: 0}

//# labelled blocks inside loops
const log = []; for (const x of [1, 2, 3]) { b: { if (x === 2) break b; log[log.length] = x; } log[log.length] = "after" + x; } print(log); a: b: { break a; } c: { d: { break c; } print("never"); } print("end");
for (let i = 0; i < 2; i++) { s: switch (i) { case 0: { break s; } default: print("one"); } print("round " + i); } x: if (log) { break x; } y: { try { break y; } finally { print("f"); } } z: for (;;) { w: { break z; } }
function f() { l: { l2: { return "r"; } } } print(f()); let n = 0; o: do { i: { if (n++ < 2) continue o; break i; } print("n" + n); } while (n < 4);
//= [1, 'after1', 'after2', 3, 'after3']
//= 'end'
//= 'round 0'
//= 'one'
//= 'round 1'
//= 'f'
//= 'r'
//= 'n3'
//= 'n4'
