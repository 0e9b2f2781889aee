// The language together with its built-ins.

//# arithmetic
print(1 + 2); print("a" + 1); print(1 + "a"); print(null + 1); print(undefined + 1); print(true + 1); print([] + {}); print([1,2] + "");
print(7 % 3); print(-7 % 3); print(5.5 % 2); print(2 ** 10); print((-2) ** 3); print(1 / 0); print(-1 / 0); print(0 / 0); print("6" * "7"); print("x" * 1);
print(1 << 31); print(1 << 32); print(-1 >>> 0); print(-1 >> 1); print(5 & 3); print(5 | 3); print(5 ^ 3); print(~5); print(4294967296 | 0); print(1e20 | 0);
print(+"  12  "); print(+""); print(+"0x10"); print(+"1e3"); print(-"3"); print(+[]); print(+[5]); print(+{}); print(2 ** -1); print(NaN ** 0); print(1 ** Infinity);
//= 3
//= 'a1'
//= '1a'
//= 1
//= NaN
//= 2
//= '[object Object]'
//= '1,2'
//= 1
//= -1
//= 1.5
//= 1024
//= -8
//= Infinity
//= -Infinity
//= NaN
//= 42
//= NaN
//= -2147483648
//= 1
//= 4294967295
//= -1
//= 1
//= 7
//= 6
//= -6
//= 0
//= 1661992960
//= 12
//= 0
//= 16
//= 1000
//= -3
//= 0
//= 5
//= NaN
//= 0.5
//= 1
//= NaN

//# comparisons
print(1 < 2); print("a" < "b"); print("10" < "9"); print("10" < 9); print(NaN < 1); print(NaN >= 1); print(null >= 0); print(undefined == null); print(null == 0);
print("1" == 1); print(true == 1); print("" == 0); print([] == ""); print([1] == 1); print(NaN == NaN); print(NaN === NaN); print(0 === -0); print({} === {}); print("a" === "a");
print(null == false); print("true" == true); print([] == []);
//= true
//= true
//= true
//= false
//= false
//= false
//= true
//= true
//= false
//= true
//= true
//= true
//= true
//= true
//= false
//= false
//= true
//= false
//= true
//= false
//= false
//= false

//# this
const o = { x: 1, f() { return this.x; }, g: function () { return this.x; }, h() { return (() => this.x)(); } };
print(o.f()); print(o.g()); print(o.h()); print(o["f"]()); print((o.f)()); print(o?.f()); print((o?.f)());
const f = o.f; try { f(); } catch (e) { print(e); }
//= 1
//= 1
//= 1
//= 1
//= 1
//= 1
//= 1
//= TypeError

//# destructuring
const [a, , b = 5, ...rest] = [1, 2, undefined, 4, 5]; print([a, b, rest]);
const { x, y: { z = 3, ...others }, ...more } = { x: 1, y: { q: 1, r: 2 }, s: 1, t: 2 }; print([x, z, others, more]);
let p, q; [p, q] = [1, 2]; [p, q] = [q, p]; print([p, q]); ({ p, q = 9 } = { p: 3 }); print([p, q]);
const o = {}; [o.a, o["b"]] = [1, 2]; print(o); const k = "kk"; const { [k]: v } = { kk: 4 }; print(v);
const fn = ({ a, b: [c, d] = [7, 8] } = {}, [e] = [1]) => [a, c, d, e]; print(fn()); print(fn({ a: 1, b: [2, 3] }, [4]));
const [u, w] = "héy"; print([u, w]); try { const { n } = null; } catch (e) { print(e); } try { const [n] = {}; } catch (e) { print(e); }
//= [1, 5, [4, 5]]
//= [1, 3, {q: 1, r: 2}, {s: 1, t: 2}]
//= [2, 1]
//= [3, 9]
//= {a: 1, b: 2}
//= 4
//= [undefined, 7, 8, 1]
//= [1, 2, 3, 4]
//= ['h', '\u00e9']
//= TypeError
//= TypeError

//# template literals
const n = 5, s = "x"; print(`a${n}b${s}c`); print(`${[1, 2]}`); print(`${{}}`); print(`line
two\t\u0041`); print(`${null} ${undefined} ${true}`); print(`nested ${`in ${n}`}`);
const tag = (t, ...v) => [t, t.raw, v]; print(tag`a${1}\n${2}c`);
const same = () => (x => x)`q`; print(same() === same()); const id = t => t; print(id`a` === id`a`);
//= 'a5bxc'
//= '1,2'
//= '[object Object]'
//= 'line\u000atwo\u0009A'
//= 'null undefined true'
//= 'nested in 5'
//= [['a', '\u000a', 'c'], ['a', '\u005cn', 'c'], [1, 2]]
//= true
//= false

//# optional chaining
const o = { a: { b: 1, f() { return this.b; } }, n: null }; print(o?.a?.b); print(o.n?.x.y.z); print(o.m?.()); print(o.a?.f()); print(o.n?.[1 / 0]); print(o?.["a"]?.["b"]);
let called = 0; o.n?.[called++]; print(called); print(delete o?.a?.b); print(o); print(delete o.n?.x); print(o.q?.r === undefined);
try { o.x.y; } catch (e) { print(e); } try { (o.n?.x).y; } catch (e) { print(e); } try { o.a.g(); } catch (e) { print(e); }
//= 1
//= undefined
//= undefined
//= 1
//= undefined
//= 1
//= 0
//= true
//= {a: {f: function f}, n: null}
//= true
//= true
//= TypeError
//= TypeError
//= TypeError

//# if and switch
for (const v of [1, 2, 3, 4, "1"]) { switch (v) { case 1: print("one"); case 2: print("two"); break; default: print("other"); case 4: print("four"); } }
switch (3) { case 1: print(1); } switch (5) { default: print("d"); break; case 5: { let q = 1; print(q); } }
switch (1) { case 0: let t = 1; break; case 1: try { t; } catch (e) { print(e); } }
//= 'one'
//= 'two'
//= 'two'
//= 'other'
//= 'four'
//= 'four'
//= 'other'
//= 'four'
//= 1
//= ReferenceError

//# try and throw
function f(k) { try { if (k === 1) throw 1; if (k === 2) return "r"; return "n"; } catch (e) { return "c" + e; } finally { if (k === 3) return "f"; print("fin" + k); } }
print(f(0)); print(f(1)); print(f(2)); print(f(3));
try { throw { a: 1 }; } catch ({ a }) { print(a); } try { throw 1; } catch { print("none"); }
try { try { throw 1; } finally { print("f1"); } } catch (e) { print(e); }
for (const x of [1, 2]) { try { continue; } finally { print("f" + x); } }
l: try { break l; } finally { print("left"); }
const g = () => { for (;;) { try { return 1; } finally { break; } } return 2; }; print(g());
function deep() { let log = ""; try { try { throw 1; } catch (e) { log += "a"; throw 2; } finally { log += "b"; } } catch (e) { log += e; } return log; } print(deep());
null.x;
//= 'fin0'
//= 'n'
//= 'fin1'
//= 'c1'
//= 'fin2'
//= 'r'
//= 'f'
//= 1
//= 'none'
//= 'f1'
//= 1
//= 'f1'
//= 'f2'
//= 'left'
//= 2
//= 'ab2'
//= throws TypeError

//# temporal dead zone
try { x; } catch (e) { print(e); } let x = 1; { try { y; } catch (e) { print(e); } const y = 2; } try { (() => z)(); } catch (e) { print(e); } let z = 3; print((() => z)());
try { const f = (a = b, b) => a; f(undefined, 1); } catch (e) { print(e); } print(((a, b = a) => b)(4)); try { w = 1; } catch (e) { print(e); } let w; print(w);
try { typeof tdz; } catch (e) { print(e); } let tdz; try { fn(); } catch (e) { print(e); } function fn() { return late; } const late = 1; print(fn());
//= ReferenceError
//= ReferenceError
//= ReferenceError
//= 3
//= ReferenceError
//= 4
//= ReferenceError
//= undefined
//= ReferenceError
//= ReferenceError
//= 1

//# property assignment
const o = {}; o.a = 1; o["b"] = 2; o[3] = 3; o.a += 5; o.b++; --o[3]; print(o); print(o.a++ + ++o.a); delete o.a; print(o); print("a" in o); print("b" in o); print(o.nope);
const arr = []; arr[2] = 1; print(arr); print(arr.length); arr.length = 1; print(arr); arr.x = 5; print(arr.x); print(0 in arr); arr["0"] = 7; print(arr); print(arr["length"]); delete arr[0]; print(arr);
try { "abc".x = 1; } catch (e) { print(e); } try { undefined.x = 1; } catch (e) { print(e); } try { arr.length = -1; } catch (e) { print(e); } try { "abc".length = 1; } catch (e) { print(e); }
const ro = { get x() { return 1; } }; try { ro.x = 2; } catch (e) { print(e); } print("abc"[1]); print("abc"[5]); print("abc".length); print("a" in { a: undefined });
//= {3: 2, a: 6, b: 3}
//= 14
//= {3: 2, b: 3}
//= false
//= true
//= undefined
//= [hole, hole, 1]
//= 3
//= [hole]
//= 5
//= false
//= [7]
//= 1
//= [hole]
//= TypeError
//= TypeError
//= RangeError
//= TypeError
//= TypeError
//= 'b'
//= undefined
//= 3
//= true

//# evaluation order
const log = []; const l = x => { log[log.length] = x; return x; }; l(1) + l(2) * l(3); const o = {}; o[l("k")] = l("v"); const f = (...a) => a; f(l("a"), l("b")); ({ [l("c")]: l("d") }); print(log);
let i = 1; i = i++ + i++; print(i); let x = 1; x += (x = 5, 10); print(x); const arr = [0, 0]; let j = 0; arr[j] = j++ + 10; print(arr); let q = 5; q = q-- - --q; print(q); print((1, 2, 3));
const obj = { valueOf() { log[log.length] = "valueOf"; return 3; }, toString() { return "str"; } }; print(obj + 1); print(`${obj}`); print(obj > 2); print(obj == 3); print([obj] + ""); print(+obj);
//= [1, 2, 3, 'k', 'v', 'a', 'b', 'c', 'd']
//= 3
//= 11
//= [10, 0]
//= 2
//= 3
//= 4
//= 'str'
//= true
//= true
//= 'str'
//= 3

//# instanceof and new
function P(x) { this.x = x; } P.prototype.get = function () { return this.x; }; const p = new P(4); print(p); print(p.get()); print(p instanceof P); print({} instanceof P); print(p.constructor === P);
function Q() { return { other: 1 }; } print(new Q()); function R() { return 5; } print(new R() instanceof R); try { new (() => 1)(); } catch (e) { print(e); } try { new p(); } catch (e) { print(e); }
try { 1 in 2; } catch (e) { print(e); } try { 1 instanceof 2; } catch (e) { print(e); } function T() { print(new.target === T); } new T(); try { T(); } catch (e) { print(e); } print(new P instanceof P);
//= {x: 4}
//= 4
//= true
//= false
//= true
//= {other: 1}
//= true
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= true
//= false
//= true

//# generic iteration
const it = { from: 1, to: 3, [Symbol.iterator]() { let n = this.from, to = this.to; return { next: () => n <= to ? { value: n++, done: false } : { value: undefined, done: true }, return() { print("closed"); return {}; } }; } };
print([...it]); for (const x of it) { if (x === 2) break; } const [a] = it; print(a); try { for (const x of it) throw "t"; } catch (e) { print(e); } const [p, q, r, s] = it; print([p, q, r, s]);
try { [...5]; } catch (e) { print(e); } try { [...{}]; } catch (e) { print(e); } try { for (const x of null); } catch (e) { print(e); } print(Math.max(...it));
//= [1, 2, 3]
//= 'closed'
//= 'closed'
//= 1
//= 'closed'
//= 't'
//= [1, 2, 3, undefined]
//= TypeError
//= TypeError
//= TypeError
//= 3

//# calls that fail
const o = { n: null }; try { o.f(); } catch (e) { print(e); } try { o.n(); } catch (e) { print(e); } try { undefined(); } catch (e) { print(e); } try { o.n.f(); } catch (e) { print(e); } try { (void 0)(); } catch (e) { print(e); }
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# string conversion
print("" + [1, [2, 3]]); print("" + null); print("" + [null, undefined, 1]); print(String(Symbol.iterator)); try { "" + Symbol.iterator; } catch (e) { print(e); } print("" + (() => 1 + 1)); print([1] + [2]);
print({ toString: () => "ts" } + ""); print({ valueOf: () => 7 } + ""); print({ [Symbol.toPrimitive]: h => h } + ""); print(`${{ [Symbol.toPrimitive]: h => h }}`); print(+{ [Symbol.toPrimitive]: h => h.length }); try { ({ toString: () => ({}), valueOf: () => ({}) }) + ""; } catch (e) { print(e); }
//= '1,2,3'
//= 'null'
//= ',,1'
//= 'Symbol(Symbol.iterator)'
//= TypeError
//= '() => 1 + 1'
//= '12'
//= 'ts'
//= '7'
//= 'default'
//= 'string'
//= 6
//= TypeError
