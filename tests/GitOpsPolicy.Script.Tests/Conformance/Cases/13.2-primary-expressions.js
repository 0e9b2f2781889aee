// ECMAScript 2023, 13.2 Primary expressions.

//# expressions/array/literals
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let a = [1, , 3, ...[4, , 6], ]; print(a.length); print(1 in a);
print(4 in a); print([, ].length); print([...""].length); fails(() => [...{}]); print([...[1, 2].entries()].length);
//= 6
//= false
//= true
//= 1
//= 0
//= TypeError
//= 2

//# expressions/class/elements
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class C { static #count = 0; #v; static { C.init = "i";
this.self = this; } constructor(v) { this.#v = v; C.#count++; } get v() { return this.#v; } set v(x) { this.#v = x; } #pm() { return "pm" + this.#v; } callPm() { return this.#pm(); } static count() { return C.#count; } static has(o) { return #v in o; } "quoted name" = 1; 42 = 2; [Symbol.toStringTag] = "Tag";
static async = 1; get = 5; static; set; *gen() { yield this.#v; } get #acc() { return 7; } set #acc(x) { this.got = x; } useAcc() { this.#acc = 3;
return this.#acc; } } let c = new C(1); print(c.v); c.v = 2; print(c.callPm()); print(C.count()); print(C.has(c)); print(C.has({})); print(C.init);
print(C.self === C); print(c["quoted name"] + c[42]); print(String(c)); print([...c.gen()][0]); print(c.useAcc()); print(c.got); print(c.get);
print("static" in c); fails(() => C.prototype.callPm.call({})); fails(() => C.has(1)); fails(() => { C.prototype.v; });
//= 1
//= 'pm2'
//= 1
//= true
//= false
//= 'i'
//= true
//= 3
//= '[object Tag]'
//= 2
//= 7
//= 3
//= 5
//= true
//= TypeError
//= TypeError
//= TypeError

//# expressions/class/fields-order
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let log = []; class A { [(log.push("key1"), "a")] = log.push("a");
static [(log.push("key2"), "b")] = log.push("b"); [(log.push("key3"), "c")] = log.push("c");
static { log.push("block"); } static d = log.push("d"); } print(log); new A(); print(log.slice(6));
class B extends A { x = this.a; } print(typeof new B().x); class F { f = () => this; g = function () { return this; };
n = class {}; } let f = new F(); print(f.f() === f); print(f.f.name); print(f.n.name);
class G { a = 1; ["constructor2"] = 2; } print(Object.getOwnPropertyDescriptor(new G(), "a"));
class P { constructor() { Object.preventExtensions(this); } } fails(() => new (class extends P { z = 1; })());
//= ['key1', 'key2', 'key3', 'b', 'block', 'd']
//= ['a', 'c']
//= 'number'
//= true
//= 'f'
//= 'n'
//= {value: 1, writable: true, enumerable: true, configurable: true}
//= TypeError

//# expressions/class/private-methods-readonly
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class C { #m() {} set(x) { this.#m = x; } get #g() { return 1; } setG() { this.#g = 1; } set #s(v) {} getS() { return this.#s; } static #sm() { return "sm"; } static call() { return this.#sm(); } } let c = new C();
fails(() => c.set(1)); fails(() => c.setG()); fails(() => c.getS()); print(C.call()); class D extends C {} fails(() => D.call());
//= TypeError
//= TypeError
//= TypeError
//= 'sm'
//= TypeError

//# expressions/class/return-override-private
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class Base { constructor(o) { return o; } } class D extends Base { #x = 1;
static get(o) { return o.#x; } } let o = {}; new D(o); print(D.get(o)); fails(() => new D(o));
//= 1
//= TypeError

//# expressions/object/accessors
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
let o = { get a() { return 1; }, set a(v) { this.b = v; }, get ["c" + 1]() { return 2; }, get 5() { return 5; }, get "x y"() { return 6; } };
o.a = 9; print(o.b); print(o.c1); print(o[5]); print(Object.getOwnPropertyDescriptor(o, "a"));
print(Object.getOwnPropertyDescriptor({ get f() {} }, "f").get.name); fails(() => { ({ get r() { return 1; } }).r = 2; });
print(Object.getOwnPropertyDescriptor({ get f() {} }, "f").get.hasOwnProperty("prototype"));
//= 9
//= 2
//= 5
//= {get: function get a, set: function set a, enumerable: true, configurable: true}
//= 'get f'
//= TypeError
//= false

//# expressions/object/methods
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
let o = { m() { return super.toString === Object.prototype.toString; }, *g() { yield 1; }, async: 1, get: 2, set: 3, static: 4, await: 5, yield: 6, let: 7 };
print(o.m()); fails(() => new o.m()); print([...o.g()][0]); print(o.get + o.set); print(o.m.name);
print({ [Symbol.iterator]() {} }[Symbol.iterator].name); print({ [Symbol("d")]: () => 1 }[Object.getOwnPropertySymbols({})[0]]); let s = Symbol();
print({ [s]: function () {} }[s].name); print({ ["a" + "b"]: class {} }.ab.name);
//= true
//= TypeError
//= 1
//= 5
//= 'm'
//= '[Symbol.iterator]'
//= undefined
//= ''
//= 'ab'

//# expressions/object/spread
let log = []; let src = { get a() { log.push("a"); return 1; }, b: 2 }; Object.defineProperty(src, "h", { value: 3, enumerable: false });
let s = Symbol(); src[s] = 4; let o = { x: 0, ...src, ...null, ...undefined, ..."hi", ...[9], ...5 }; print(o.a); print(o.h); print(o[s]);
print(o[0]); print(o[1]); print(log); print(Object.getOwnPropertyDescriptor(o, "a"));
//= 1
//= undefined
//= 4
//= 9
//= 'i'
//= ['a']
//= {value: 1, writable: true, enumerable: true, configurable: true}
