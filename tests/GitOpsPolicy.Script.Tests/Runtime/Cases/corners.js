// Corners of the language that are easy to get wrong.

//# closures over loop variables
const a = []; for (let i = 0; i < 3; i++) { a.push(() => i++); } print(a.map(f => f())); print(a.map(f => f())); const b = []; for (let i = 0, inc = () => i++; i < 3; inc()) { b.push(i); if (b.length > 4) break; i++; } print(b);
const c = []; for (let i = 0; i < 3; c.push(() => i), i++); print(c.map(f => f())); const d = []; for (const x of [1, 2]) { let y = x * 2; d.push(() => [x, y++]); } print(d[0]()); print(d[0]()); print(d[1]());
const w = []; let k = 0; while (k < 2) { const j = k++; w.push(() => j); } print(w.map(f => f())); const e = []; for (const p in { a: 1, b: 2 }) e.push(() => p); print(e.map(f => f())); let f2; { let inner = 1; f2 = () => inner++; } f2(); print(f2());
function outer() { let n = 0; { let n = 10; { let n = 20; n++; } n++; } return () => ++n; } print(outer()()); for (let i = 0; i < 2; i++) { const i = "shadow"; print(i); } const g = []; for (let [x, y] = [0, 1]; x < 3; [x, y] = [y, x + y]) g.push(() => x); print(g.map(f => f()));
//= [0, 1, 2]
//= [1, 2, 3]
//= [0, 1, 2]
//= [1, 2, 3]
//= [1, 2]
//= [1, 3]
//= [2, 4]
//= [0, 1]
//= ['a', 'b']
//= 2
//= 1
//= 'shadow'
//= 'shadow'
//= [0, 1, 1, 2]

//# default parameters and scope
const x = "outer"; function f(a = x, b = () => a) { const x = "inner"; return [a, b(), x]; } print(f()); print(f(1)); function g(a, b = a + 1, c = a + b) { return [a, b, c]; } print(g(1)); print(g(1, undefined, 5)); print(g(1, null));
function h({ a = 1, b: { c = 2 } = {} } = {}, ...[d = 3, e = 4]) { return [a, c, d, e]; } print(h()); print(h({ a: 9, b: { c: 8 } }, 7)); let calls = 0; function k(v = calls++) { return v; } k(); k(); k(5); print(calls);
print(((...args) => args.length)(...[1, 2], 3, ...[])); print(((a, b) => [a, b])(1)); print(((a) => a)(1, 2, 3)); function rec(n, acc = []) { return n ? rec(n - 1, [...acc, n]) : acc; } print(rec(4));
//= ['outer', 'outer', 'inner']
//= [1, 1, 'inner']
//= [1, 2, 3]
//= [1, 2, 5]
//= [1, null, 1]
//= [1, 2, 3, 4]
//= [9, 8, 7, 4]
//= 2
//= 3
//= [1, undefined]
//= 1
//= [4, 3, 2, 1]

//# property order and enumeration
const o = { b: 1, 2: 1, a: 1, 1: 1, [Symbol.iterator]: 1, "-1": 1, "01": 1, "4294967294": 1, 1.5: 1 }; print(Object.keys(o)); o.z = 1; o[0] = 1; delete o.b; o.b = 2; print(Object.keys(o)); print(JSON.stringify(o)); const cnt = []; for (const k in o) { cnt.push(k); delete o.z; o.late = 1; } print(cnt);
const p = Object.create({ inherited: 1, shadow: 2 }, { hidden: { value: 1, enumerable: false }, shadow: { value: 3, enumerable: false } }); p.own = 1; const seen = []; for (const k in p) seen.push(k); print(seen); print(Object.entries("ab")); print(Object.getOwnPropertyNames([1, 2]));
//= ['1', '2', '4294967294', 'b', 'a', '-1', '01', '1.5']
//= ['0', '1', '2', '4294967294', 'a', '-1', '01', '1.5', 'z', 'b']
//= '{"0":1,"1":1,"2":1,"4294967294":1,"a":1,"-1":1,"01":1,"1.5":1,"z":1,"b":2}'
//= ['0', '1', '2', '4294967294', 'a', '-1', '01', '1.5', 'b']
//= ['own', 'inherited']
//= [['0', 'a'], ['1', 'b']]
//= ['0', '1', 'length']

//# getters, setters and inheritance
const base = { get v() { return this._v ?? "unset"; }, set v(x) { this._v = x; }, ro: 1 }; const d = Object.create(base); d.v = 5; print(Object.keys(d)); print(d.v); print(base.v); const fr = Object.freeze({ a: 1, n: { m: 1 } }); try { fr.a = 2; } catch (e) { print(e); } fr.n.m = 2; print(fr.n.m); try { fr.b = 1; } catch (e) { print(e); } try { delete fr.a; } catch (e) { print(e); }
const sealed = Object.seal({ a: 1 }); sealed.a = 2; print(sealed); try { sealed.b = 1; } catch (e) { print(e); } try { delete sealed.a; } catch (e) { print(e); } const ne = Object.preventExtensions({ a: 1 }); try { ne.b = 1; } catch (e) { print(e); } delete ne.a; print(ne); const heir = Object.create(Object.freeze({ q: 1 })); try { heir.q = 2; } catch (e) { print(e); }
const acc = { get only() { return 1; } }; try { acc.only = 2; } catch (e) { print(e); } Object.defineProperty(acc, "x", { get() { return "gx"; }, enumerable: false, configurable: true }); print(acc.x); print(Object.keys(acc)); print({ get a() { return 1; }, a: 2 }); print({ a: 1, get a() { return 2; } }.a);
//= ['_v']
//= 5
//= 'unset'
//= TypeError
//= 2
//= TypeError
//= TypeError
//= {a: 2}
//= TypeError
//= TypeError
//= TypeError
//= {}
//= TypeError
//= TypeError
//= 'gx'
//= ['only']
//= {a: 2}
//= 2

//# assignment targets
let a, b, c; [a, b = a, [c] = [b]] = [1]; print([a, b, c]); ({ a, ...b } = { a: 1, x: 2, y: 3 }); print(b); [a, b] = [b, a]; print(b); const o = { arr: [] }; [o.x, o["y"], ...o.arr] = [1, 2, 3, 4]; print(o); ({ p: o.q, r: [o.s = 5] } = { p: 1, r: [] }); print(o); const res = ([a, b] = [7, 8, 9]); print(res);
for ([a, o.last] of [[1, 2], [3, 4]]) print(a + o.last); for ({ a, b = "d" } of [{ a: 1 }]) print([a, b]); let i = 0; const arr = [0, 0, 0]; arr[i++] = i++; print(arr); print(i); arr[i] = i = 0; print(arr); [arr[0], arr[1]] = [arr[1], arr[0]]; print(arr); let s = "abc"; [a, ...b] = s; print(b);
const log = []; const src = { get x() { log.push("get x"); return undefined; } }; const t = { set y(v) { log.push("set y " + v); } }; const ko = () => (log.push("key"), "y"); ({ x: t[ko()] = (log.push("default"), 5) } = src); print(log);
//= [1, 1, 1]
//= {x: 2, y: 3}
//= 1
//= {arr: [3, 4], x: 1, y: 2}
//= {arr: [3, 4], x: 1, y: 2, q: 1, s: 5}
//= [7, 8, 9]
//= 3
//= 7
//= [1, 'd']
//= [1, 0, 0]
//= 2
//= [1, 0, 0]
//= [0, 1, 0]
//= ['b', 'c']
//= ['key', 'get x', 'default', 'set y 5']

//# numbers as text
for (const n of [0.1 + 0.2, 1e21, 1e-7, 123e-20, 1.0, 100, 1e20, 123456789.123, 0.00001, -1e-10, 2 ** 53, 2 ** 64, 1 / 3, 5e-324, 1.7976931348623157e308, 4.35, 1e300, 12345678901234567890, 0.1 * 3, 1e5, 1.5e-9]) print(String(n)); print(`${-0}`); print([-0] + ""); print((25).toString(36)); print((255).toString(16)); print((0.5).toString(2)); print(Number("  0x1F ")); print(Number("1_000")); print(Number("")); print(Number("1e1000")); print(Number(".5")); print(Number("5.")); print(Number("+-5")); print(Number(null)); print(Number([7])); print(Number("Infinity")); print(Number("infinity")); print(parseFloat("3.14abc")); print(0.1 * 3 === 0.3); print(9007199254740993); print(-7 % 7); print(5 % -3); print(-0 + 0); print(2 ** 31 | 0); print(1e10 >>> 0); print(-5 >> 1); print(-5 >>> 28); print(1 << 33); print(0xffffffff & -1); print(~~3.7); print(~~-3.7); print(NaN | 0);
//= '0.30000000000000004'
//= '1e+21'
//= '1e-7'
//= '1.23e-18'
//= '1'
//= '100'
//= '100000000000000000000'
//= '123456789.123'
//= '0.00001'
//= '-1e-10'
//= '9007199254740992'
//= '18446744073709552000'
//= '0.3333333333333333'
//= '5e-324'
//= '1.7976931348623157e+308'
//= '4.35'
//= '1e+300'
//= '12345678901234567000'
//= '0.30000000000000004'
//= '100000'
//= '1.5e-9'
//= '0'
//= '0'
//= 'p'
//= 'ff'
//= '0.1'
//= 31
//= NaN
//= 0
//= Infinity
//= 0.5
//= 5
//= NaN
//= 0
//= 7
//= Infinity
//= NaN
//= 3.14
//= false
//= 9007199254740992
//= -0
//= 2
//= 0
//= -2147483648
//= 1410065408
//= -3
//= 15
//= 2
//= -1
//= 3
//= -3
//= 0

//# equality and comparison corners
print(null == undefined); print(null == 0); print("" == 0); print("0" == false); print([] == false); print([0] == false); print({} == "[object Object]"); print("b" > "a"); print("B" > "a"); print("10" < "2"); print("10" < 2); print(undefined < 1); print(null < 1); print([2] > 1); print("a" < 1); print(Symbol.iterator == Symbol.iterator); print(NaN != NaN); print(Object.is(-0, 0)); print([1, 2] == "1,2"); print(true > false); print("abc" < "abcd"); print("Z" < "a"); print("é" > "z"); print("\u{1F600}" < "\uFFFF");
//= true
//= false
//= true
//= true
//= true
//= true
//= true
//= true
//= false
//= true
//= false
//= false
//= true
//= true
//= false
//= true
//= true
//= false
//= true
//= true
//= true
//= true
//= true
//= true

//# short circuits and results
const x = () => "called"; print(0 && x()); print(1 || x()); print("v" ?? x()); let n = 0; const inc = () => ++n; false && inc(); true || inc(); null ?? inc(); print(n); print((0, n, "c")); print([1, 2, 3][1, 2]); print(!function () { }); print(typeof typeof 1); print(void "x"); print(- -1); print(+-+1); print(1 - -1); print("3" * "4"); print("3" + 4 - 2); print([] + []); print({} + []); print(true + true); print("b" + "a" + +"a" + "a"); const o = { a: null }; print(o.a?.b.c.d ?? "none"); print(o?.a?.[0]?.x()); print((o.z ??= { y: 1 }).y); print(o.z.y ||= 9); print(o.w?.y === undefined);
//= 0
//= 1
//= 'v'
//= 1
//= 'c'
//= 3
//= false
//= 'string'
//= undefined
//= 1
//= -1
//= 2
//= 12
//= 32
//= ''
//= '[object Object]'
//= 2
//= 'baNaNa'
//= 'none'
//= undefined
//= 1
//= 1
//= true

//# exceptions carry on
const log = []; function t(f) { try { log.push(f()); } catch (e) { log.push(e instanceof Error ? e.name : e); } } t(() => { throw 1; }); t(() => { throw null; }); t(() => { throw { toString: () => "o" }; } ); t(() => undefinedFn?.x); t(() => [].reduce((a, b) => a)); t(() => "x".repeat(-1)); t(() => new Array(-1)); t(() => (1).toFixed(101)); t(() => JSON.parse("{")); t(() => null.x); t(() => ({}).x.y); t(() => (void 0)()); t(() => { const c = 1; return c; }); t(() => Symbol() + ""); t(() => decodeURIComponent("%")); t(() => "a".localeCompare); t(() => { try { throw 1; } finally { throw 2; } }); t(() => { try { return 1; } finally { return 2; } }); t(() => { l: try { return 1; } finally { break l; } return 3; }); print(log.length); print(log.map(x => typeof x)); print(log[18]);
const undefinedFn = undefined; const e = new Error("msg", { cause: 5 }); print(e.message); print(e.cause); print(String(new TypeError("t"))); print(Object.prototype.toString.call(e)); print(e instanceof Object); print(new Error().message); class My extends TypeError { get name() { return "My"; } } try { throw new My("m"); } catch (x) { print(`${x}`); print(x instanceof TypeError); }
//= 19
//= ['number', 'object', 'object', 'string', 'string', 'string', 'string', 'string', 'string', 'string', 'string', 'string', 'number', 'string', 'string', 'function', 'number', 'number', 'number']
//= 3
//= 'msg'
//= 5
//= 'TypeError: t'
//= '[object Error]'
//= true
//= ''
//= 'My: m'
//= true

//# functions as values
function f() { return typeof f; } print(f()); const g = function g2() { return typeof g2; }; print(g()); print(g.name); print((function () { return this; })()); print((() => typeof this)()); const b = function (a, c) { return [this.v, a, c]; }.bind({ v: 1 }, 2); print(b(3)); print(b.name); print(b.length); print(f.call.length); print((function () { return [].slice.call("abc", 1); })()); print(((a, b) => a + b).apply(null, [1, 2])); print(Math.max.apply(null, [1, 5, 2])); print([1, 2, 3].map(parseInt)); print(["1", "2"].map(Number)); const o = { f() { return typeof super.toString; } }; print(o.f()); print((function () { "own"; return 1; }).toString()); print((x => x * 2).toString()); print(({ m(a) { return a; } }).m.toString()); print(f.hasOwnProperty("prototype")); print(o.f.hasOwnProperty("prototype")); print((() => 1).hasOwnProperty("prototype"));
//= 'function'
//= 'function'
//= 'g2'
//= undefined
//= 'undefined'
//= [1, 2, 3]
//= 'bound '
//= 1
//= 1
//= ['b', 'c']
//= 3
//= 5
//= [1, NaN, NaN]
//= [1, 2]
//= 'function'
//= 'function () { "own"; return 1; }'
//= 'x => x * 2'
//= 'm(a) { return a; }'
//= true
//= false
//= false

//# template corners
const r = String.raw`a\n${1}\u0041`; print(r); print(`a${`b${`c`}`}`); print(`\`\${}`); print(`line1
line2`); const tag = (s, ...v) => s.raw.join("|") + v.join(","); print(tag`x${1}y${2}z`); print(tag``); print(`${[1, [2, 3]]}${null}${undefined}${{ toString: () => "T" }}`); print(`${Symbol.iterator.toString()}`); try { `${Symbol.iterator}`; } catch (e) { print(e); }
//= 'a\u005cn1\u005cu0041'
//= 'abc'
//= '`${}'
//= 'line1\u000aline2'
//= 'x|y|z1,2'
//= ''
//= '1,2,3nullundefinedT'
//= 'Symbol(Symbol.iterator)'
//= TypeError

//# switch corners
function s(x) { switch (x) { default: return "d"; case 1: return "1"; case "1": return "s1"; case NaN: return "nan"; case null: return "null"; case undefined: return "u"; } } print([1, "1", NaN, null, undefined, true].map(s)); function ft(x) { let r = ""; switch (x) { case 1: r += 1; case 2: r += 2; default: r += "d"; case 3: r += 3; } return r; } print([1, 2, 3, 4].map(ft)); switch (1) { case 1: let q = 1; { let q = 2; } print(q); } switch (3) { } let m = 0; switch (m++) { case 0: print("zero"); } print(m); const order = []; switch (2) { case (order.push("a"), 1): case (order.push("b"), 2): case (order.push("c"), 3): } print(order); function fnInSwitch(v) { switch (v) { case 0: return inner(); function inner() { return "inner"; } } } print(fnInSwitch(0));
//= ['1', 's1', 'd', 'null', 'u', 'd']
//= ['12d3', '2d3', '3', 'd3']
//= 1
//= 'zero'
//= 1
//= ['a', 'b']
//= 'inner'

//# strings by code unit and code point
const s = "a\u{1F600}b"; print(s.length); print([...s].length); print(s[1]); print(s.charCodeAt(1)); print(s.codePointAt(1)); print(s.split("")); print(Array.from(s)); print("abc".at(-1)); print("abc"[-1]); for (const ch of "\uD83D") print(ch); print("ß".toUpperCase()); print("İ".toLowerCase().length); print("a-b_c".split(/[-_]/)); print("abc".replace("b", "$&$&")); print("aXbX".replaceAll("X", (m, i) => i)); print("x".concat(1, null)); print("abcdef".substring(4, 1)); print("abcdef".substr(-3, 2)); print("abc".localeCompare("abd")); print("  x ".trim() + "|"); print("a\tb".split("\t")); print("abc" in { abc: 1 });
//= 4
//= 3
//= '\ud83d'
//= 55357
//= 128512
//= ['a', '\ud83d', '\ude00', 'b']
//= ['a', '\ud83d\ude00', 'b']
//= 'c'
//= undefined
//= '\ud83d'
//= 'SS'
//= 2
//= ['a', 'b', 'c']
//= 'abbc'
//= 'a1b3'
//= 'x1null'
//= 'bcd'
//= 'de'
//= -1
//= 'x|'
//= ['a', 'b']
//= true

//# there is one NaN, whatever made it
const made = [NaN, -NaN, 0 / 0, -(0 / 0), Infinity - Infinity, Number("x"), Math.sqrt(-1), Math.abs(NaN), Math.max(-NaN, 1)];
print(made.every(n => made.every(m => Object.is(n, m)))); print(new Set(made).size); print(made.every(n => made.includes(n)));
print(made.map(n => made.indexOf(n))); const kept = Object.freeze({ n: NaN }); print(Object.is(kept.n, -kept.n));
//= true
//= 1
//= true
//= [-1, -1, -1, -1, -1, -1, -1, -1, -1]
//= true
