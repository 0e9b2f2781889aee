// ECMAScript 2023, 13.15 Assignment operators.

//# expressions/assignment/destructuring
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {}
let a, b, c, r, o = {}; [a, , b = 5, ...r] = [1, 2, undefined, 4, 5];
print(a + b); print(r); ({ a, b: o.x, c = 7, ...r } = { a: 9, b: 8, d: 1 }); print(o.x); print(c); print(JSON.stringify(r)); [o.y, o["z"]] = "ab";
print(o.y + o.z); fails(() => { [a] = null; }); fails(() => { ({ a } = undefined); });
fails(() => { ({} = null); }); ({} = 5); [] = ""; [a, b] = [b, a]; print((([x, y] = [1, 2]) => x)()); let src = [1];
print(([a] = src) === src); [[a], { b: [c] }] = [[1], { b: [2] }]; print(c); ({ length: a } = "xyz"); print(a); [(a), (o.q)] = [3, 4];
print(o.q); ({ "k": a, 1: b, [`c${1}`]: c } = { k: 1, 1: 2, c1: 3 }); print(c);
//= 6
//= [4, 5]
//= 8
//= 7
//= '{"d":1}'
//= 'ab'
//= TypeError
//= TypeError
//= TypeError
//= 1
//= true
//= 2
//= 3
//= 4
//= 3

//# expressions/assignment/dstr-iterator-close
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {}
let ret = 0, nexts = 0;
function iter(doneAfter) { nexts = 0; ret = 0; return { [Symbol.iterator]() { return { next() { nexts++;
return { done: nexts > doneAfter, value: nexts }; }, return() { ret++; return {}; } }; } }; } let a, b; [a] = iter(5); print(ret); [a, b] = iter(1);
print(ret); [...a] = iter(2); print(ret); fails(() => { [(() => { throw new E(); })().x] = iter(5); }); print(ret);
fails(() => { [a = (() => { throw new E(); })()] = { [Symbol.iterator]() { return { next() { return { done: false, value: undefined }; }, return() { ret += 10;
throw new TypeError(); } }; } }; }); print(ret);
fails(() => { [a] = { [Symbol.iterator]() { return { next() { return { done: false }; }, return() { return 1; } }; } }; }); [] = iter(3); print(ret);
print(nexts); fails(() => { [a] = { [Symbol.iterator]() { return { next() { throw new E(); }, return() { ret = 99; return {}; } }; } }; });
print(ret === 99); fails(() => { [a] = { [Symbol.iterator]() { return { next() { return 1; } }; } }; });
fails(() => { [a] = { [Symbol.iterator]() { return 1; } }; });
//= 1
//= 0
//= 0
//= Error
//= 1
//= Error
//= 11
//= TypeError
//= 1
//= 0
//= Error
//= false
//= TypeError
//= TypeError

//# expressions/assignment/dstr-order
let log = []; function o(n) { return { set p(v) { log.push("set " + n + v); } }; } let src = { get a() { log.push("get a");
return 1; }, get b() { log.push("get b");
return undefined; } }; ({ [(log.push("key a"), "a")]: (log.push("target a"), o("a")).p, [(log.push("key b"), "b")]: (log.push("target b"), o("b")).p = (log.push("default b"), 2) } = src);
print(log);
//= ['key a', 'target a', 'get a', 'set a1', 'key b', 'target b', 'get b', 'default b', 'set b2']

//# expressions/assignment/fn-names
let a, b, c, d; a = function () {}; b = () => 1; c = class {}; (d) = function () {}; print(a.name); print(b.name); print(c.name); print(d.name);
let o = {}; o.p = function () {}; print(o.p.name); let { x = () => 1, y: [z = class {}] = [] } = {}; print(x.name); print(z.name);
class S { static name = "own"; } print(S.name); let n = class { static name() {} }; print(typeof n.name); let k = (0, function () {}); print(k.name);
let gg = function* () {}; print(gg.name); export_default: { } ({ q: () => 1 }).q; print(({ q: () => 1 }).q.name);
//= 'a'
//= 'b'
//= 'c'
//= ''
//= ''
//= 'x'
//= 'z'
//= 'own'
//= 'function'
//= ''
//= 'gg'
//= 'q'

//# expressions/assignment/order
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {}
let log = [];
let o = { get x() { log.push("o"); return {}; } }; o.x[(log.push("k"), "k")] = (log.push("v"), 1); print(log);
let key = { toString() { log.push("ts"); return "p"; } }; log = []; let t = {}; t[key] = (log.push("v"), 1); print(t.p);
fails(() => { null[key] = 1; }); fails(() => { undefined[(() => { throw new E(); })()] = 1; }); fails(() => { "abc".length = 1; });
fails(() => { (5).x = 1; }); fails(() => { true.x = 1; }); let s = "a"; fails(() => { s[0] = "b"; });
//= ['o', 'k', 'v']
//= 1
//= TypeError
//= Error
//= TypeError
//= TypeError
//= TypeError
//= TypeError
