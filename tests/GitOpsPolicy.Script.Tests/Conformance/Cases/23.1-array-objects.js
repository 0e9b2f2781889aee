// ECMAScript 2023, 23.1 Array objects.

//# Array/constructor
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(Array(3).length); print(new Array("3")[0]);
print(0 in Array(1)); fails(() => Array(-1)); fails(() => Array(1.5)); fails(() => new Array(2 ** 32)); print(Array(1, 2)); print(Array.length);
print(Array.prototype.length); class A extends Array {} print(new A(3).length); print(new A(3) instanceof A); print(A.from([1]) instanceof A);
print(A.of(1) instanceof A);
//= 3
//= '3'
//= false
//= RangeError
//= RangeError
//= RangeError
//= [1, 2]
//= 1
//= 0
//= 3
//= true
//= true
//= true

//# Array/from
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(Array.from("aé𝒳")); print(Array.from({ length: 2, 0: 1 }));
print(Array.from([1, 2], (x, i) => x * 10 + i)); let t; Array.from([1], function () { t = this; }, 5); print(t); fails(() => Array.from(null));
fails(() => Array.from([], null)); fails(() => Array.from([], {}));
class C { constructor(...a) { this.args = a; } } let c = Array.from.call(C, [1, 2]); print(c instanceof C); print(c.length); print(c[1]);
print(c.args.length); c = Array.from.call(C, { length: 3 }); print(c.args[0]); print(Array.from(new Set([1, 2])));
print(Array.from.call(Object, [1]).length === 1 ? [1] : []); print(Array.from.call({}, [1]).length);
//= ['a', '\u00e9', '\ud835\udcb3']
//= [1, undefined]
//= [10, 21]
//= 5
//= TypeError
//= TypeError
//= TypeError
//= true
//= 2
//= 2
//= 0
//= 3
//= [1, 2]
//= [1]
//= 1

//# Array/from-closes
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let closed = 0;
let it = { [Symbol.iterator]() { return { next() { return { value: 1, done: false }; }, return() { closed++; return {}; } }; } };
class E extends Error {} fails(() => Array.from(it, () => { throw new E(); })); print(closed);
//= Error
//= 1

//# Array/length-define
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let a = [1, 2, 3]; Object.defineProperty(a, "length", { value: 1 });
print(a); Object.defineProperty(a, "length", { writable: false }); fails(() => a.push(1)); fails(() => { a.length = 0; }); fails(() => { a[1] = 1; });
a[0] = 9; print(a[0]); fails(() => Object.defineProperty(a, "length", { enumerable: true }));
fails(() => Object.defineProperty([], "length", { value: -1 })); fails(() => Object.defineProperty([], "length", { get() { } }));
print(Object.getOwnPropertyDescriptor([1], "length"));
//= [1]
//= TypeError
//= TypeError
//= TypeError
//= 9
//= TypeError
//= RangeError
//= TypeError
//= {value: 1, writable: true, enumerable: false, configurable: false}

//# Array/length-semantics
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let a = [1, 2, 3]; a.length = 1; print(a); a[3] = 4; print(a.length);
fails(() => { a.length = -1; }); fails(() => { a.length = 1.5; }); fails(() => { a.length = NaN; }); a.length = "2"; print(a.length);
a.length = { valueOf() { return 1; } }; print(a.length); a["01"] = 1; print(a.length); a["-1"] = 1; print(a.length); a[1.5] = 2; print(a.length);
a["4294967295"] = 1; print(a.length);
//= [1]
//= 4
//= RangeError
//= RangeError
//= RangeError
//= 2
//= 1
//= 1
//= 1
//= 1
//= 1

//# Array/of
print(Array.of(7)); print(Array.of().length); class C { constructor(n) { this.n = n; } } let c = Array.of.call(C, 1, 2); print(c.n); print(c.length);
print(c[0]); print(Array.isArray(Array.of.call(undefined, 1)));
//= [7]
//= 0
//= 2
//= 2
//= 1
//= true

//# Array/prototype/at
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let a = [1, 2, , 4]; print(a.at(-1)); print(a.at(4));
print(a.at("1")); print(a.at(-5)); print(a.at()); print(a.at(null)); fails(() => a.at(Symbol())); print(Array.prototype.at.call("xyz", -1));
//= 4
//= undefined
//= 2
//= undefined
//= 1
//= 1
//= TypeError
//= 'z'

//# Array/prototype/concat
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print([1].concat(2, [3, [4]])[3]); let h = [1, , 3].concat([, 5]);
print(h.length); print(1 in h); print(3 in h); let r = Array.prototype.concat.call("a", 1); print(typeof r[0]); print(r[0] instanceof String);
print([].concat({ length: 1, 0: "x" }).map(x => typeof x)); fails(() => Array.prototype.concat.call(undefined));
//= [4]
//= 5
//= false
//= false
//= 'object'
//= true
//= ['object']
//= TypeError

//# Array/prototype/copyWithin
print([1, 2, 3, 4, 5].copyWithin(0, 3)); print([1, 2, 3, 4, 5].copyWithin(1, 0, 3)); print([1, 2, 3, 4, 5].copyWithin(-2, -3, -1));
let o = { length: 3, 2: 1 }; Array.prototype.copyWithin.call(o, 0, 2); print(o[0]); let h = [1, , 3]; h.copyWithin(0, 1, 2); print(0 in h);
//= [4, 5, 3, 4, 5]
//= [1, 1, 2, 3, 5]
//= [1, 2, 3, 3, 4]
//= 1
//= false

//# Array/prototype/every/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].every(); }); fails(() => { [1].every(null); });
fails(() => { [1].every("abc"); }); fails(() => { [1].every({}); }); fails(() => { [].every(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/every/returns
let r = [1, 2, 3, 4].every(x => x % 2 === 0); print(JSON.stringify(r));
//= 'false'

//# Array/prototype/every/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.every.call(undefined, () => 1); });
fails(() => { Array.prototype.every.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/every/thisArg
let o = {}; let t; [1].every(function () { t = this; }, o); print(t === o); [1].every(function () { t = this; }, 5);
print(t); [1].every(function () { t = this; }); print(t); [1].every(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/every/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.every.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.every.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/every/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].every(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/every/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].every(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].every(() => f))); }
//= 'true'
//= 'true'
//= 'true'
//= 'true'
//= 'true'
//= 'true'
//= 'true'
//= 'false'
//= 'false'
//= 'false'
//= 'false'
//= 'false'
//= 'false'
//= 'false'

//# Array/prototype/fill
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print([1, 2, 3].fill(0, 1, 2)); print([1, 2, 3].fill(0, -1));
let o = { length: 2 }; Array.prototype.fill.call(o, 7); print(o[1]); fails(() => Object.freeze([1]).fill(0)); fails(() => [].fill(1, Symbol()));
//= [1, 0, 3]
//= [1, 2, 0]
//= 7
//= TypeError
//= TypeError

//# Array/prototype/filter/appended-during
let c = 0; let a = [1, 2]; a.filter((v, i) => { c++; a.push(0); return false; }); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/filter/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].filter(); }); fails(() => { [1].filter(null); });
fails(() => { [1].filter("abc"); }); fails(() => { [1].filter({}); }); fails(() => { [].filter(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/filter/deleted-during
let seen = []; let a = [1, 2, 3]; a.filter((v, i) => { delete a[1]; seen.push(v); return false; }); print(seen);
//= [1, 3]

//# Array/prototype/filter/holes
let c = 0; let a = [1, , 3, , ]; a.filter((v) => { c++; return false; }); print(c);
//= 2

//# Array/prototype/filter/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.filter.call(o, (v) => { seen.push(v); return false; }); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/filter/length-coercions
function run(len) { let c = 0; try { Array.prototype.filter.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/filter/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.filter((v, i) => { a.length = 2; seen.push(v); return false; }); print(seen);
//= [1, 2]

//# Array/prototype/filter/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.filter.call(o, (v) => { log.push(v); return false; }); print(log);
//= ['len', 0, 'a', 1, 'b']

//# Array/prototype/filter/returns
let r = [1, 2, 3, 4].filter(x => x % 2 === 0); print(JSON.stringify(r));
//= '[2,4]'

//# Array/prototype/filter/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.filter.call(undefined, () => 1); });
fails(() => { Array.prototype.filter.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/filter/this-string
let seen = []; Array.prototype.filter.call("hi", function (v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return false; });
print(seen);
//= ['h', 0, '[object String]', 'i', 1, '[object String]']

//# Array/prototype/filter/thisArg
let o = {}; let t; [1].filter(function () { t = this; }, o); print(t === o); [1].filter(function () { t = this; }, 5);
print(t); [1].filter(function () { t = this; }); print(t); [1].filter(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/filter/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.filter.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.filter.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/filter/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].filter(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/filter/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].filter(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].filter(() => f))); }
//= '[9]'
//= '[9]'
//= '[9]'
//= '[9]'
//= '[9]'
//= '[9]'
//= '[9]'
//= '[]'
//= '[]'
//= '[]'
//= '[]'
//= '[]'
//= '[]'
//= '[]'

//# Array/prototype/find/appended-during
let c = 0; let a = [1, 2]; a.find((v, i) => { c++; a.push(0); return false; }); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/find/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].find(); }); fails(() => { [1].find(null); });
fails(() => { [1].find("abc"); }); fails(() => { [1].find({}); }); fails(() => { [].find(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/find/deleted-during
let seen = []; let a = [1, 2, 3]; a.find((v, i) => { delete a[1]; seen.push(v); return false; }); print(seen);
//= [1, undefined, 3]

//# Array/prototype/find/holes
let c = 0; let a = [1, , 3, , ]; a.find((v) => { c++; return false; }); print(c);
//= 4

//# Array/prototype/find/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.find.call(o, (v) => { seen.push(v); return false; }); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/find/length-coercions
function run(len) { let c = 0; try { Array.prototype.find.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/find/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.find((v, i) => { a.length = 2; seen.push(v); return false; }); print(seen);
//= [1, 2, undefined, undefined]

//# Array/prototype/find/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.find.call(o, (v) => { log.push(v); return false; }); print(log);
//= ['len', 0, 'a', 1, 'b']

//# Array/prototype/find/returns
let r = [1, 2, 3, 4].find(x => x % 2 === 0); print(JSON.stringify(r));
//= '2'

//# Array/prototype/find/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.find.call(undefined, () => 1); });
fails(() => { Array.prototype.find.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/find/this-string
let seen = []; Array.prototype.find.call("hi", function (v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return false; }); print(seen);
//= ['h', 0, '[object String]', 'i', 1, '[object String]']

//# Array/prototype/find/thisArg
let o = {}; let t; [1].find(function () { t = this; }, o); print(t === o); [1].find(function () { t = this; }, 5);
print(t); [1].find(function () { t = this; }); print(t); [1].find(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/find/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.find.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.find.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/find/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].find(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/find/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].find(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].find(() => f))); }
//= '9'
//= '9'
//= '9'
//= '9'
//= '9'
//= '9'
//= '9'
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined

//# Array/prototype/findIndex/appended-during
let c = 0; let a = [1, 2]; a.findIndex((v, i) => { c++; a.push(0); return false; }); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/findIndex/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].findIndex(); });
fails(() => { [1].findIndex(null); }); fails(() => { [1].findIndex("abc"); }); fails(() => { [1].findIndex({}); }); fails(() => { [].findIndex(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/findIndex/deleted-during
let seen = []; let a = [1, 2, 3]; a.findIndex((v, i) => { delete a[1]; seen.push(v); return false; }); print(seen);
//= [1, undefined, 3]

//# Array/prototype/findIndex/holes
let c = 0; let a = [1, , 3, , ]; a.findIndex((v) => { c++; return false; }); print(c);
//= 4

//# Array/prototype/findIndex/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.findIndex.call(o, (v) => { seen.push(v); return false; }); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/findIndex/length-coercions
function run(len) { let c = 0; try { Array.prototype.findIndex.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/findIndex/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.findIndex((v, i) => { a.length = 2; seen.push(v); return false; }); print(seen);
//= [1, 2, undefined, undefined]

//# Array/prototype/findIndex/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.findIndex.call(o, (v) => { log.push(v); return false; }); print(log);
//= ['len', 0, 'a', 1, 'b']

//# Array/prototype/findIndex/returns
let r = [1, 2, 3, 4].findIndex(x => x % 2 === 0); print(JSON.stringify(r));
//= '1'

//# Array/prototype/findIndex/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.findIndex.call(undefined, () => 1); });
fails(() => { Array.prototype.findIndex.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/findIndex/this-string
let seen = []; Array.prototype.findIndex.call("hi", function (v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return false; });
print(seen);
//= ['h', 0, '[object String]', 'i', 1, '[object String]']

//# Array/prototype/findIndex/thisArg
let o = {}; let t; [1].findIndex(function () { t = this; }, o); print(t === o); [1].findIndex(function () { t = this; }, 5);
print(t); [1].findIndex(function () { t = this; }); print(t); [1].findIndex(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/findIndex/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.findIndex.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.findIndex.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/findIndex/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].findIndex(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/findIndex/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].findIndex(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].findIndex(() => f))); }
//= '0'
//= '0'
//= '0'
//= '0'
//= '0'
//= '0'
//= '0'
//= '-1'
//= '-1'
//= '-1'
//= '-1'
//= '-1'
//= '-1'
//= '-1'

//# Array/prototype/findLast/appended-during
let c = 0; let a = [1, 2]; a.findLast((v, i) => { c++; a.push(0); return false; }); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/findLast/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].findLast(); });
fails(() => { [1].findLast(null); }); fails(() => { [1].findLast("abc"); }); fails(() => { [1].findLast({}); }); fails(() => { [].findLast(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/findLast/deleted-during
let seen = []; let a = [1, 2, 3]; a.findLast((v, i) => { delete a[1]; seen.push(v); return false; }); print(seen);
//= [3, undefined, 1]

//# Array/prototype/findLast/holes
let c = 0; let a = [1, , 3, , ]; a.findLast((v) => { c++; return false; }); print(c);
//= 4

//# Array/prototype/findLast/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.findLast.call(o, (v) => { seen.push(v); return false; }); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/findLast/length-coercions
function run(len) { let c = 0; try { Array.prototype.findLast.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/findLast/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.findLast((v, i) => { a.length = 2; seen.push(v); return false; }); print(seen);
//= [4, undefined, 2, 1]

//# Array/prototype/findLast/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.findLast.call(o, (v) => { log.push(v); return false; }); print(log);
//= ['len', 1, 'b', 0, 'a']

//# Array/prototype/findLast/returns
let r = [1, 2, 3, 4].findLast(x => x % 2 === 0); print(JSON.stringify(r));
//= '4'

//# Array/prototype/findLast/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.findLast.call(undefined, () => 1); });
fails(() => { Array.prototype.findLast.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/findLast/this-string
let seen = []; Array.prototype.findLast.call("hi", function (v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return false; });
print(seen);
//= ['i', 1, '[object String]', 'h', 0, '[object String]']

//# Array/prototype/findLast/thisArg
let o = {}; let t; [1].findLast(function () { t = this; }, o); print(t === o); [1].findLast(function () { t = this; }, 5);
print(t); [1].findLast(function () { t = this; }); print(t); [1].findLast(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/findLast/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.findLast.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.findLast.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/findLast/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].findLast(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/findLast/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].findLast(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].findLast(() => f))); }
//= '9'
//= '9'
//= '9'
//= '9'
//= '9'
//= '9'
//= '9'
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined

//# Array/prototype/findLastIndex/appended-during
let c = 0; let a = [1, 2]; a.findLastIndex((v, i) => { c++; a.push(0); return false; }); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/findLastIndex/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].findLastIndex(); });
fails(() => { [1].findLastIndex(null); }); fails(() => { [1].findLastIndex("abc"); }); fails(() => { [1].findLastIndex({}); });
fails(() => { [].findLastIndex(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/findLastIndex/deleted-during
let seen = []; let a = [1, 2, 3]; a.findLastIndex((v, i) => { delete a[1]; seen.push(v); return false; }); print(seen);
//= [3, undefined, 1]

//# Array/prototype/findLastIndex/holes
let c = 0; let a = [1, , 3, , ]; a.findLastIndex((v) => { c++; return false; }); print(c);
//= 4

//# Array/prototype/findLastIndex/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.findLastIndex.call(o, (v) => { seen.push(v); return false; }); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/findLastIndex/length-coercions
function run(len) { let c = 0; try { Array.prototype.findLastIndex.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/findLastIndex/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.findLastIndex((v, i) => { a.length = 2; seen.push(v); return false; }); print(seen);
//= [4, undefined, 2, 1]

//# Array/prototype/findLastIndex/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.findLastIndex.call(o, (v) => { log.push(v); return false; }); print(log);
//= ['len', 1, 'b', 0, 'a']

//# Array/prototype/findLastIndex/returns
let r = [1, 2, 3, 4].findLastIndex(x => x % 2 === 0); print(JSON.stringify(r));
//= '3'

//# Array/prototype/findLastIndex/this-nullish
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.findLastIndex.call(undefined, () => 1); });
fails(() => { Array.prototype.findLastIndex.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/findLastIndex/this-string
let seen = []; Array.prototype.findLastIndex.call("hi", function (v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return false; });
print(seen);
//= ['i', 1, '[object String]', 'h', 0, '[object String]']

//# Array/prototype/findLastIndex/thisArg
let o = {}; let t; [1].findLastIndex(function () { t = this; }, o); print(t === o); [1].findLastIndex(function () { t = this; }, 5);
print(t); [1].findLastIndex(function () { t = this; }); print(t); [1].findLastIndex(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/findLastIndex/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.findLastIndex.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.findLastIndex.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/findLastIndex/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].findLastIndex(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/findLastIndex/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].findLastIndex(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].findLastIndex(() => f))); }
//= '0'
//= '0'
//= '0'
//= '0'
//= '0'
//= '0'
//= '0'
//= '-1'
//= '-1'
//= '-1'
//= '-1'
//= '-1'
//= '-1'
//= '-1'

//# Array/prototype/flat
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print([1, [2, [3, [4]]]].flat(Infinity));
print([[1, , 2]].flat().length); print([1, [2]].flat(0)[1].length); print([[[1]]].flat("1")[0].length); print([[[1]]].flat(-1)[0].length);
fails(() => [].flat(Symbol())); print([["a"]].flat(undefined)[0]); print(Array.prototype.flat.call({ 0: [1], length: 1 })[0]);
//= [1, 2, 3, 4]
//= 2
//= 1
//= 1
//= 1
//= TypeError
//= 'a'
//= 1

//# Array/prototype/flatMap/appended-during
let c = 0; let a = [1, 2]; a.flatMap((v, i) => { c++; a.push(0); return false; }); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/flatMap/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].flatMap(); }); fails(() => { [1].flatMap(null); });
fails(() => { [1].flatMap("abc"); }); fails(() => { [1].flatMap({}); }); fails(() => { [].flatMap(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/flatMap/deleted-during
let seen = []; let a = [1, 2, 3]; a.flatMap((v, i) => { delete a[1]; seen.push(v); return false; }); print(seen);
//= [1, 3]

//# Array/prototype/flatMap/holes
let c = 0; let a = [1, , 3, , ]; a.flatMap((v) => { c++; return false; }); print(c);
//= 2

//# Array/prototype/flatMap/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.flatMap.call(o, (v) => { seen.push(v); return false; }); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/flatMap/length-coercions
function run(len) { let c = 0; try { Array.prototype.flatMap.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/flatMap/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.flatMap((v, i) => { a.length = 2; seen.push(v); return false; }); print(seen);
//= [1, 2]

//# Array/prototype/flatMap/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.flatMap.call(o, (v) => { log.push(v); return false; }); print(log);
//= ['len', 0, 'a', 1, 'b']

//# Array/prototype/flatMap/returns
let r = [1, 2, 3, 4].flatMap(x => x % 2 === 0); print(JSON.stringify(r));
//= '[false,true,false,true]'

//# Array/prototype/flatMap/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.flatMap.call(undefined, () => 1); });
fails(() => { Array.prototype.flatMap.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/flatMap/this-string
let seen = []; Array.prototype.flatMap.call("hi", function (v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return false; });
print(seen);
//= ['h', 0, '[object String]', 'i', 1, '[object String]']

//# Array/prototype/flatMap/thisArg
let o = {}; let t; [1].flatMap(function () { t = this; }, o); print(t === o); [1].flatMap(function () { t = this; }, 5);
print(t); [1].flatMap(function () { t = this; }); print(t); [1].flatMap(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/flatMap/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.flatMap.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.flatMap.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/flatMap/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].flatMap(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/flatMap/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].flatMap(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].flatMap(() => f))); }
//= '[1]'
//= '["a"]'
//= '[{}]'
//= '[]'
//= '[null]'
//= '[-1]'
//= '[null]'
//= '[0]'
//= '[0]'
//= '[null]'
//= '[""]'
//= '[null]'
//= '[null]'
//= '[false]'

//# Array/prototype/forEach/appended-during
let c = 0; let a = [1, 2]; a.forEach((v, i) => { c++; a.push(0); return false; }); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/forEach/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].forEach(); }); fails(() => { [1].forEach(null); });
fails(() => { [1].forEach("abc"); }); fails(() => { [1].forEach({}); }); fails(() => { [].forEach(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/forEach/deleted-during
let seen = []; let a = [1, 2, 3]; a.forEach((v, i) => { delete a[1]; seen.push(v); return false; }); print(seen);
//= [1, 3]

//# Array/prototype/forEach/holes
let c = 0; let a = [1, , 3, , ]; a.forEach((v) => { c++; return false; }); print(c);
//= 2

//# Array/prototype/forEach/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.forEach.call(o, (v) => { seen.push(v); return false; }); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/forEach/length-coercions
function run(len) { let c = 0; try { Array.prototype.forEach.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/forEach/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.forEach((v, i) => { a.length = 2; seen.push(v); return false; }); print(seen);
//= [1, 2]

//# Array/prototype/forEach/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.forEach.call(o, (v) => { log.push(v); return false; }); print(log);
//= ['len', 0, 'a', 1, 'b']

//# Array/prototype/forEach/returns
let r = [1, 2, 3, 4].forEach(x => x % 2 === 0); print(JSON.stringify(r));
//= undefined

//# Array/prototype/forEach/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.forEach.call(undefined, () => 1); });
fails(() => { Array.prototype.forEach.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/forEach/this-string
let seen = []; Array.prototype.forEach.call("hi", function (v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return false; });
print(seen);
//= ['h', 0, '[object String]', 'i', 1, '[object String]']

//# Array/prototype/forEach/thisArg
let o = {}; let t; [1].forEach(function () { t = this; }, o); print(t === o); [1].forEach(function () { t = this; }, 5);
print(t); [1].forEach(function () { t = this; }); print(t); [1].forEach(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/forEach/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.forEach.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.forEach.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/forEach/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].forEach(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/forEach/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].forEach(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].forEach(() => f))); }
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined
//= undefined

//# Array/prototype/includes/array-like
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
print(Array.prototype.includes.call({ 0: "a", 1: "b", length: 2 }, "b"));
print(Array.prototype.includes.call("abc", "c")); print(Array.prototype.includes.call(5, 1)); fails(() => Array.prototype.includes.call(null, 1));
print(Array.prototype.includes.call({ length: 1, get 0() { return 7; } }, 7));
//= true
//= true
//= false
//= TypeError
//= true

//# Array/prototype/includes/fromIndex-throws
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => [1].includes(1, { valueOf() { throw new E(); } }));
fails(() => [1].includes(1, Symbol())); print([].includes(1, { valueOf() { throw new E(); } }));
fails(() => [1].includes(1, { valueOf() { return {}; }, toString() { return {}; } }));
//= Error
//= TypeError
//= false
//= TypeError

//# Array/prototype/includes/fromIndex
let a = [1, 2, 1];
print(JSON.stringify([a.includes(1, 1), a.includes(1, -1), a.includes(1, -100), a.includes(1, 100), a.includes(1, NaN), a.includes(1, "1"), a.includes(1, Infinity), a.includes(1, -Infinity), a.includes(1, undefined), a.includes(1, 2.9), a.includes(1, { valueOf() { return 1; } })]));
//= '[true,true,true,false,true,true,false,true,true,true,true]'

//# Array/prototype/includes/length-changed
let a = [1, 2, 3]; print(a.includes(3, { valueOf() { a.length = 1; return 0; } }));
//= false

//# Array/prototype/includes/strict
print([1, "1", true].includes("1")); print([0].includes(-0)); print([NaN].includes(NaN)); let o = {}; print([{}, o].includes(o));
print([undefined].includes()); print([,].includes(undefined));
//= true
//= true
//= true
//= true
//= true
//= true

//# Array/prototype/indexOf/array-like
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
print(Array.prototype.indexOf.call({ 0: "a", 1: "b", length: 2 }, "b"));
print(Array.prototype.indexOf.call("abc", "c")); print(Array.prototype.indexOf.call(5, 1)); fails(() => Array.prototype.indexOf.call(null, 1));
print(Array.prototype.indexOf.call({ length: 1, get 0() { return 7; } }, 7));
//= 1
//= 2
//= -1
//= TypeError
//= 0

//# Array/prototype/indexOf/fromIndex-throws
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => [1].indexOf(1, { valueOf() { throw new E(); } }));
fails(() => [1].indexOf(1, Symbol())); print([].indexOf(1, { valueOf() { throw new E(); } }));
fails(() => [1].indexOf(1, { valueOf() { return {}; }, toString() { return {}; } }));
//= Error
//= TypeError
//= -1
//= TypeError

//# Array/prototype/indexOf/fromIndex
let a = [1, 2, 1];
print(JSON.stringify([a.indexOf(1, 1), a.indexOf(1, -1), a.indexOf(1, -100), a.indexOf(1, 100), a.indexOf(1, NaN), a.indexOf(1, "1"), a.indexOf(1, Infinity), a.indexOf(1, -Infinity), a.indexOf(1, undefined), a.indexOf(1, 2.9), a.indexOf(1, { valueOf() { return 1; } })]));
//= '[2,2,0,-1,0,2,-1,0,0,2,2]'

//# Array/prototype/indexOf/length-changed
let a = [1, 2, 3]; print(a.indexOf(3, { valueOf() { a.length = 1; return 0; } }));
//= -1

//# Array/prototype/indexOf/strict
print([1, "1", true].indexOf("1")); print([0].indexOf(-0)); print([NaN].indexOf(NaN)); let o = {}; print([{}, o].indexOf(o));
print([undefined].indexOf()); print([,].indexOf(undefined));
//= 1
//= 0
//= -1
//= 1
//= 0
//= -1

//# Array/prototype/join
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print([1, null, undefined, [2, [3]], {}].join());
print([1, 2].join(undefined)); print([1, 2].join(null)); print(Array.prototype.join.call({ 0: "a", length: 2 }, "-")); print([, ,].join());
fails(() => [Symbol()].join()); fails(() => [1].join(Symbol())); print(Array.prototype.join.call("ab", "+"));
//= '1,,,2,3,[object Object]'
//= '1,2'
//= '1null2'
//= 'a-'
//= ','
//= TypeError
//= TypeError
//= 'a+b'

//# Array/prototype/keys-entries-values
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print([...["a", , "c"].keys()]);
print(JSON.stringify([..."ab"].entries().next())); let it = [1].values(); it.next(); print(it.next().done); print(Array.prototype.values);
print(Object.prototype.toString.call([].keys())); let grow = [1]; let g = grow.values(); g.next(); grow.push(2); print(g.next().value);
print(g.next().done); grow.push(3); print(g.next().done); fails(() => it.next.call({})); print([...Array.prototype.keys.call({ length: 2 })].length);
//= [0, 1, 2]
//= '{"value":[0,"a"],"done":false}'
//= true
//= function values
//= '[object Array Iterator]'
//= 2
//= true
//= true
//= TypeError
//= 2

//# Array/prototype/lastIndexOf/array-like
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
print(Array.prototype.lastIndexOf.call({ 0: "a", 1: "b", length: 2 }, "b"));
print(Array.prototype.lastIndexOf.call("abc", "c")); print(Array.prototype.lastIndexOf.call(5, 1));
fails(() => Array.prototype.lastIndexOf.call(null, 1)); print(Array.prototype.lastIndexOf.call({ length: 1, get 0() { return 7; } }, 7));
//= 1
//= 2
//= -1
//= TypeError
//= 0

//# Array/prototype/lastIndexOf/fromIndex-throws
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => [1].lastIndexOf(1, { valueOf() { throw new E(); } }));
fails(() => [1].lastIndexOf(1, Symbol())); print([].lastIndexOf(1, { valueOf() { throw new E(); } }));
fails(() => [1].lastIndexOf(1, { valueOf() { return {}; }, toString() { return {}; } }));
//= Error
//= TypeError
//= -1
//= TypeError

//# Array/prototype/lastIndexOf/fromIndex
let a = [1, 2, 1];
print(JSON.stringify([a.lastIndexOf(1, 1), a.lastIndexOf(1, -1), a.lastIndexOf(1, -100), a.lastIndexOf(1, 100), a.lastIndexOf(1, NaN), a.lastIndexOf(1, "1"), a.lastIndexOf(1, Infinity), a.lastIndexOf(1, -Infinity), a.lastIndexOf(1, undefined), a.lastIndexOf(1, 2.9), a.lastIndexOf(1, { valueOf() { return 1; } })]));
//= '[0,2,-1,2,0,0,2,-1,0,2,0]'

//# Array/prototype/lastIndexOf/length-changed
let a = [1, 2, 3]; print(a.lastIndexOf(3, { valueOf() { a.length = 1; return 2; } }));
//= -1

//# Array/prototype/lastIndexOf/strict
print([1, "1", true].lastIndexOf("1")); print([0].lastIndexOf(-0)); print([NaN].lastIndexOf(NaN)); let o = {}; print([{}, o].lastIndexOf(o));
print([undefined].lastIndexOf()); print([,].lastIndexOf(undefined));
//= 1
//= 0
//= -1
//= 1
//= 0
//= -1

//# Array/prototype/map/appended-during
let c = 0; let a = [1, 2]; a.map((v, i) => { c++; a.push(0); return false; }); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/map/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].map(); }); fails(() => { [1].map(null); });
fails(() => { [1].map("abc"); }); fails(() => { [1].map({}); }); fails(() => { [].map(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/map/deleted-during
let seen = []; let a = [1, 2, 3]; a.map((v, i) => { delete a[1]; seen.push(v); return false; }); print(seen);
//= [1, 3]

//# Array/prototype/map/holes
let c = 0; let a = [1, , 3, , ]; a.map((v) => { c++; return false; }); print(c);
//= 2

//# Array/prototype/map/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.map.call(o, (v) => { seen.push(v); return false; }); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/map/length-coercions
function run(len) { let c = 0; try { Array.prototype.map.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/map/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.map((v, i) => { a.length = 2; seen.push(v); return false; }); print(seen);
//= [1, 2]

//# Array/prototype/map/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.map.call(o, (v) => { log.push(v); return false; }); print(log);
//= ['len', 0, 'a', 1, 'b']

//# Array/prototype/map/returns
let r = [1, 2, 3, 4].map(x => x % 2 === 0); print(JSON.stringify(r));
//= '[false,true,false,true]'

//# Array/prototype/map/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.map.call(undefined, () => 1); });
fails(() => { Array.prototype.map.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/map/this-string
let seen = []; Array.prototype.map.call("hi", function (v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return false; }); print(seen);
//= ['h', 0, '[object String]', 'i', 1, '[object String]']

//# Array/prototype/map/thisArg
let o = {}; let t; [1].map(function () { t = this; }, o); print(t === o); [1].map(function () { t = this; }, 5);
print(t); [1].map(function () { t = this; }); print(t); [1].map(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/map/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.map.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.map.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/map/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].map(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/map/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].map(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].map(() => f))); }
//= '[1]'
//= '["a"]'
//= '[{}]'
//= '[[]]'
//= '[null]'
//= '[-1]'
//= '[null]'
//= '[0]'
//= '[0]'
//= '[null]'
//= '[""]'
//= '[null]'
//= '[null]'
//= '[false]'

//# Array/prototype/pop
let o = { 0: "a", length: 1 }; print(Array.prototype.pop.call(o)); print(o.length); print("0" in o); print([].pop());
o = {}; Array.prototype.pop.call(o); print(o.length); o = { length: NaN }; Array.prototype.pop.call(o); print(o.length);
//= 'a'
//= 0
//= false
//= undefined
//= 0
//= 0

//# Array/prototype/push
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let o = { length: 2 }; print(Array.prototype.push.call(o, "a", "b"));
print(o[2] + o[3]); let p = {}; Array.prototype.push.call(p); print(p.length); p = { length: "1" }; print(Array.prototype.push.call(p, 1));
fails(() => Object.freeze([1]).push(1)); fails(() => Array.prototype.push.call(null)); fails(() => Array.prototype.push.call("a", 1));
//= 4
//= 'ab'
//= 0
//= 2
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/reduce/appended-during
let c = 0; let a = [1, 2]; a.reduce((p, v, i) => { c++; a.push(0); return p; }, 0); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/reduce/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].reduce(); }); fails(() => { [1].reduce(null); });
fails(() => { [1].reduce("abc"); }); fails(() => { [1].reduce({}); }); fails(() => { [].reduce(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/reduce/deleted-during
let seen = []; let a = [1, 2, 3]; a.reduce((p, v, i) => { delete a[1]; seen.push(v); return p; }, 0); print(seen);
//= [1, 3]

//# Array/prototype/reduce/holes
let c = 0; let a = [1, , 3, , ]; a.reduce((p, v) => { c++; return p; }, 0); print(c);
//= 2

//# Array/prototype/reduce/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.reduce.call(o, (p, v) => { seen.push(v); return p; }, 0); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/reduce/length-coercions
function run(len) { let c = 0; try { Array.prototype.reduce.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }, 0); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/reduce/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.reduce((p, v, i) => { a.length = 2; seen.push(v); return p; }, 0); print(seen);
//= [1, 2]

//# Array/prototype/reduce/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.reduce.call(o, (p, v) => { log.push(v); return p; }, 0); print(log);
//= ['len', 0, 'a', 1, 'b']

//# Array/prototype/reduce/returns
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print([1, 2, 3].reduce((a, b) => a + "-" + b));
fails(() => [].reduce(() => 1)); fails(() => [, ,].reduce(() => 1)); print([].reduce(() => 1, 5)); print([7].reduce(() => 1));
print([1].reduce((a, b) => a, undefined));
//= '1-2-3'
//= TypeError
//= TypeError
//= 5
//= 7
//= undefined

//# Array/prototype/reduce/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.reduce.call(undefined, () => 1); });
fails(() => { Array.prototype.reduce.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/reduce/this-string
let seen = []; Array.prototype.reduce.call("hi", function (p, v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return p; }, 0);
print(seen);
//= ['h', 0, '[object String]', 'i', 1, '[object String]']

//# Array/prototype/reduce/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.reduce.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.reduce.call({ length: 1, get 0() { throw new E(); } }, () => 1, 0));
//= Error
//= Error

//# Array/prototype/reduce/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].reduce(() => { c++; throw new E(); }, 0)); print(c);
//= Error
//= 1

//# Array/prototype/reduceRight/appended-during
let c = 0; let a = [1, 2]; a.reduceRight((p, v, i) => { c++; a.push(0); return p; }, 0); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/reduceRight/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].reduceRight(); });
fails(() => { [1].reduceRight(null); }); fails(() => { [1].reduceRight("abc"); }); fails(() => { [1].reduceRight({}); });
fails(() => { [].reduceRight(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/reduceRight/deleted-during
let seen = []; let a = [1, 2, 3]; a.reduceRight((p, v, i) => { delete a[1]; seen.push(v); return p; }, 0); print(seen);
//= [3, 1]

//# Array/prototype/reduceRight/holes
let c = 0; let a = [1, , 3, , ]; a.reduceRight((p, v) => { c++; return p; }, 0); print(c);
//= 2

//# Array/prototype/reduceRight/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.reduceRight.call(o, (p, v) => { seen.push(v); return p; }, 0); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/reduceRight/length-coercions
function run(len) { let c = 0; try { Array.prototype.reduceRight.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }, 0); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/reduceRight/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.reduceRight((p, v, i) => { a.length = 2; seen.push(v); return p; }, 0); print(seen);
//= [4, 2, 1]

//# Array/prototype/reduceRight/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.reduceRight.call(o, (p, v) => { log.push(v); return p; }, 0); print(log);
//= ['len', 1, 'b', 0, 'a']

//# Array/prototype/reduceRight/returns
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print([1, 2, 3].reduceRight((a, b) => a + "-" + b));
fails(() => [].reduceRight(() => 1)); fails(() => [, ,].reduceRight(() => 1)); print([].reduceRight(() => 1, 5)); print([7].reduceRight(() => 1));
print([1].reduceRight((a, b) => a, undefined));
//= '3-2-1'
//= TypeError
//= TypeError
//= 5
//= 7
//= undefined

//# Array/prototype/reduceRight/this-nullish
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.reduceRight.call(undefined, () => 1); });
fails(() => { Array.prototype.reduceRight.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/reduceRight/this-string
let seen = []; Array.prototype.reduceRight.call("hi", function (p, v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return p; }, 0);
print(seen);
//= ['i', 1, '[object String]', 'h', 0, '[object String]']

//# Array/prototype/reduceRight/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.reduceRight.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.reduceRight.call({ length: 1, get 0() { throw new E(); } }, () => 1, 0));
//= Error
//= Error

//# Array/prototype/reduceRight/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].reduceRight(() => { c++; throw new E(); }, 0)); print(c);
//= Error
//= 1

//# Array/prototype/reverse
let o = { 0: "a", 2: "c", length: 3 }; print(Array.prototype.reverse.call(o) === o); print(o[0] + o[2]); print(1 in o); let h = [1, , ,]; h.reverse();
print(0 in h); print(h[2]); print(typeof Array.prototype.reverse.call(5)); print([1, 2, 3].reverse());
//= true
//= 'ca'
//= false
//= false
//= 1
//= 'object'
//= [3, 2, 1]

//# Array/prototype/shift
let o = { 0: "a", 2: "c", length: 3 }; print(Array.prototype.shift.call(o)); print(JSON.stringify(o)); print([].shift());
//= 'a'
//= '{"1":"c","length":2}'
//= undefined

//# Array/prototype/slice
print([1, 2, 3].slice(-2)); print([1, 2, 3].slice(1, -1)); print([1, 2, 3].slice(undefined, undefined)); print([1, 2, 3].slice("1"));
print([1, 2, 3].slice(2, 1)); print(Array.prototype.slice.call({ 0: "a", length: 1 })); let h = [1, , 3].slice(); print(1 in h); print(h.length);
print([1, 2].slice(-Infinity, Infinity));
//= [2, 3]
//= [2]
//= [1, 2, 3]
//= [2, 3]
//= []
//= ['a']
//= false
//= 3
//= [1, 2]

//# Array/prototype/some/appended-during
let c = 0; let a = [1, 2]; a.some((v, i) => { c++; a.push(0); return false; }); print(c); print(a.length);
//= 2
//= 4

//# Array/prototype/some/callback-undefined
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { [1].some(); }); fails(() => { [1].some(null); });
fails(() => { [1].some("abc"); }); fails(() => { [1].some({}); }); fails(() => { [].some(5); });
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Array/prototype/some/deleted-during
let seen = []; let a = [1, 2, 3]; a.some((v, i) => { delete a[1]; seen.push(v); return false; }); print(seen);
//= [1, 3]

//# Array/prototype/some/holes
let c = 0; let a = [1, , 3, , ]; a.some((v) => { c++; return false; }); print(c);
//= 2

//# Array/prototype/some/inherited-elements
let proto = { 0: "p0", 1: "p1" }; let o = Object.create(proto, { length: { value: 2 }, 1: { value: "own" } });
let seen = []; Array.prototype.some.call(o, (v) => { seen.push(v); return false; }); print(seen.sort());
//= ['own', 'p0']

//# Array/prototype/some/length-coercions
function run(len) { let c = 0; try { Array.prototype.some.call({ 0: 1, 1: 2, 2: 3, length: len }, function () { c++;
return false; }); } catch (e) { return e.constructor.name; } return c; }
print(run("2")); print(run(2.9)); print(run(-1)); print(run(NaN));
print(run(null)); print(run(undefined)); print(run(true)); print(run({ valueOf() { return 2; } })); print(run({ toString() { return "1"; } }));
print(run("0x02")); print(run("2E0")); print(run(-4294967294)); print(run("-Infinity"));
print(run({ valueOf() { return {}; }, toString() { return {}; } })); print(run(new Number(2))); print(run(new Boolean(true)));
//= 2
//= 2
//= 0
//= 0
//= 0
//= 0
//= 1
//= 2
//= 1
//= 2
//= 2
//= 0
//= 0
//= 'TypeError'
//= 2
//= 1

//# Array/prototype/some/length-decreased-during
let seen = []; let a = [1, 2, 3, 4]; a.some((v, i) => { a.length = 2; seen.push(v); return false; }); print(seen);
//= [1, 2]

//# Array/prototype/some/length-getter
let log = []; let o = { get length() { log.push("len"); return 2; }, get 0() { log.push(0); return "a"; }, get 1() { log.push(1);
return "b"; } }; Array.prototype.some.call(o, (v) => { log.push(v); return false; }); print(log);
//= ['len', 0, 'a', 1, 'b']

//# Array/prototype/some/returns
let r = [1, 2, 3, 4].some(x => x % 2 === 0); print(JSON.stringify(r));
//= 'true'

//# Array/prototype/some/this-nullish
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { Array.prototype.some.call(undefined, () => 1); });
fails(() => { Array.prototype.some.call(null, () => 1); });
//= TypeError
//= TypeError

//# Array/prototype/some/this-string
let seen = []; Array.prototype.some.call("hi", function (v, i, o) { seen.push(v, i, Object.prototype.toString.call(o)); return false; }); print(seen);
//= ['h', 0, '[object String]', 'i', 1, '[object String]']

//# Array/prototype/some/thisArg
let o = {}; let t; [1].some(function () { t = this; }, o); print(t === o); [1].some(function () { t = this; }, 5);
print(t); [1].some(function () { t = this; }); print(t); [1].some(function () { t = this; }, null); print(t);
//= true
//= 5
//= undefined
//= null

//# Array/prototype/some/throwing-getter
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => Array.prototype.some.call({ get length() { throw new E(); } }, () => 1));
fails(() => Array.prototype.some.call({ length: 1, get 0() { throw new E(); } }, () => 1));
//= Error
//= Error

//# Array/prototype/some/throws-from-callback
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {} let c = 0;
fails(() => [1, 2].some(() => { c++; throw new E(); })); print(c);
//= Error
//= 1

//# Array/prototype/some/truthiness
for (const t of [1, "a", {}, [], Infinity, -1, Symbol()]) { let r = [9].some(() => t);
print(JSON.stringify(r)); } for (const f of [0, -0, NaN, "", null, undefined, false]) { print(JSON.stringify([9].some(() => f))); }
//= 'true'
//= 'true'
//= 'true'
//= 'true'
//= 'true'
//= 'true'
//= 'true'
//= 'false'
//= 'false'
//= 'false'
//= 'false'
//= 'false'
//= 'false'
//= 'false'

//# Array/prototype/sort
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print([3, 1, 2, 10].sort()); let h = [3, , undefined, 1]; h.sort();
print(h.length); print(h[2]); print(2 in h); print(3 in h); fails(() => [1].sort(null)); fails(() => [1].sort({})); print([1, 2, 3].sort(undefined));
let o = { 0: "b", 1: "a", length: 2 }; print(Array.prototype.sort.call(o) === o); print(o[0]); print([2, 1].sort(() => NaN));
print(["b", "a"].sort((a, b) => ({ valueOf() { return a < b ? -1 : 1; } })));
//= [1, 10, 2, 3]
//= 4
//= undefined
//= true
//= false
//= TypeError
//= TypeError
//= [1, 2, 3]
//= true
//= 'a'
//= [2, 1]
//= ['a', 'b']

//# Array/prototype/sort/stability
let a = []; for (let i = 0; i < 600; i++) a.push({ k: (i * 7919) % 7, i: i }); a.sort((x, y) => x.k - y.k); for (let j = 1; j < a.length;
j++) print(a[j - 1].k < a[j].k || (a[j - 1].k === a[j].k && a[j - 1].i < a[j].i));
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true
//= true

//# Array/prototype/sort/throwing-comparator
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {} fails(() => [1, 2].sort(() => { throw new E(); }));
fails(() => [Symbol(), 1].sort());
//= Error
//= TypeError

//# Array/prototype/splice/array-like
let o = { 0: 0, 1: 1, length: 2 }; let r = Array.prototype.splice.call(o, 0, 1); print(Array.isArray(r)); print(r); print(JSON.stringify(o));
let q = {}; Array.prototype.splice.call(q, 0, 0); print(q.length);
//= true
//= [0]
//= '{"0":1,"length":1}'
//= 0

//# Array/prototype/splice
let a = [0, 1, 2, 3]; print(a.splice(1, 2, "a", "b", "c")); print(a); a = [0, 1, 2]; print(a.splice(-2)); print(a.splice()); a = [0, 1];
print(a.splice(undefined)); a = [0, 1, 2]; print(a.splice(1, undefined)); print(a.splice(0, Infinity)); a = [1, , 3]; let r = a.splice(0);
print(1 in r); print(a.length);
//= [1, 2]
//= [0, 'a', 'b', 'c', 3]
//= [1, 2]
//= []
//= [0, 1]
//= []
//= [0, 1, 2]
//= false
//= 0

//# Array/prototype/toString
print([1, 2].toString()); print(Array.prototype.toString.call({ join: () => 7 })); print(Array.prototype.toString.call({ join: 1 }));
print(Array.prototype.toString.call(true));
//= '1,2'
//= 7
//= '[object Object]'
//= '[object Boolean]'

//# Array/subclass
class S extends Array { sum() { return this.reduce((a, b) => a + b, 0); } get last() { return this[this.length - 1]; } } let s = new S();
s.push(1, 2, 3); print(s.sum()); print(s.last); print(s.length); print(JSON.stringify(s)); print(s.concat([4]).length); print(Array.isArray(s));
print([...s]); S.prototype[5] = "p"; s.length = 6; print(s[5]); print(s.indexOf("p"));
//= 6
//= 3
//= 3
//= '[1,2,3]'
//= 4
//= true
//= [1, 2, 3]
//= 'p'
//= 5
