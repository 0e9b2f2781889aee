// Classes.

//# a class with methods, accessors and statics
class A { constructor(x) { this.x = x; } get double() { return this.x * 2; } set double(v) { this.x = v / 2; } m() { return "m" + this.x; } static make(x) { return new A(x); } static get kind() { return "K"; } }
const a = new A(3); print(a); print(a.double); a.double = 10; print(a.x); print(a.m()); print(A.make(1).x); print(A.kind); print(typeof A); print(A.name); print(A.length);
print(Object.keys(A.prototype)); print(a instanceof A); print(a.constructor === A); try { A(); } catch (e) { print(e); } try { new a.m(); } catch (e) { print(e); }
try { A.prototype = 1; } catch (e) { print(e); } print(Object.getOwnPropertyNames(A)); print(Object.getOwnPropertyNames(A.prototype));
//= {x: 3}
//= 6
//= 5
//= 'm5'
//= 1
//= 'K'
//= 'function'
//= 'A'
//= 1
//= []
//= true
//= true
//= TypeError
//= TypeError
//= TypeError
//= ['length', 'name', 'prototype', 'make', 'kind']
//= ['constructor', 'double', 'm']

//# inheritance
class A { constructor(x) { this.x = x; } hi() { return "A" + this.x; } static s() { return "sA"; } }
class B extends A { constructor(x, y) { super(x); this.y = y; } hi() { return "B" + super.hi() + this.y; } static s() { return super.s() + "B"; } get z() { return super.hi; } }
const b = new B(1, 2); print(b); print(b.hi()); print(B.s()); print(b instanceof A); print(Object.getPrototypeOf(B) === A); print(b.z === A.prototype.hi);
class C extends B {} print(new C(7, 8).hi()); class D extends null { static f() { return 1; } } print(D.f()); try { new D(); } catch (e) { print(e); }
class E extends A { constructor() { } } try { new E(); } catch (e) { print(e); } class F extends A { constructor() { return { own: 1 }; } } print(new F()); class G extends A { constructor() { super(1); try { super(2); } catch (e) { print(e); } } } new G();
try { class X extends 5 {} } catch (e) { print(e); } class H extends A { constructor() { const f = () => super(4); f(); this.q = 1; } } print(new H()); class I extends A { constructor() { try { this.x; } catch (e) { print(e); } super(1); } } new I();
//= {x: 1, y: 2}
//= 'BA12'
//= 'sAB'
//= true
//= true
//= true
//= 'BA78'
//= 1
//= TypeError
//= ReferenceError
//= {own: 1}
//= ReferenceError
//= TypeError
//= {x: 4, q: 1}
//= ReferenceError

//# fields
class A { a = 1; b = this.a + 1; "quoted" = 3; 5 = 4; ["comp" + 1] = 5; static s = 6; static t = this.s + 1; f = () => this.a; nothing; g = function () { }; }
const a = new A(); print(a); print(a.f()); print(A.s); print(A.t); print(a.f.name); print(a.g.name);
class B extends A { a = 10; c = this.b; constructor() { print("before"); super(); print(this.c); } } print(new B()); let n = 0; class C { id = n++; } new C(); print(new C().id);
class D { static { print("static block"); this.x = 1; } static y = this.x + 1; } print(D.y); class E { x = (() => { throw new RangeError(); })(); } try { new E(); } catch (e) { print(e); }
//= {5: 4, a: 1, b: 2, quoted: 3, comp1: 5, f: function f, nothing: undefined, g: function g}
//= 1
//= 6
//= 7
//= 'f'
//= 'g'
//= 'before'
//= 2
//= {5: 4, a: 10, b: 2, quoted: 3, comp1: 5, f: function f, nothing: undefined, g: function g, c: 2}
//= 1
//= 'static block'
//= 2
//= RangeError

//# private members
class A { #x = 1; #m() { return this.#x; } get #g() { return this.#x + 1; } set #g(v) { this.#x = v; } static #s = 5; static gs() { return A.#s; } inc() { this.#x++; this.#g = this.#g * 2; return this.#m(); } has(o) { return #x in o; } read(o) { return o.#x; } opt(o) { return o?.#x; } }
const a = new A(); print(a.inc()); print(a); print(A.gs()); print(a.has(a)); print(a.has({})); try { a.read({}); } catch (e) { print(e); } print(a.opt(null)); print(a.opt(a));
class B { #v; constructor(v) { this.#v = v; } eq(o) { return this.#v === o.#v; } static get(o) { return o.#v; } } print(new B(1).eq(new B(1))); print(B.get(new B(9)));
class C { #a = 1; inner() { const self = this; return class { #b = 2; sum() { return self.#a + this.#b; } }; } } print(new (new C().inner())().sum());
class D { #m() { } try() { this.#m = 1; } } try { new D().try(); } catch (e) { print(e); } class E { get #r() { return 1; } try() { this.#r = 1; } } try { new E().try(); } catch (e) { print(e); }
//= 6
//= {}
//= 5
//= true
//= false
//= TypeError
//= undefined
//= 6
//= true
//= 9
//= 3
//= TypeError
//= TypeError

//# class expressions and names
const A = class { }; print(A.name); const B = class Inner { static n() { return Inner.name; } }; print(B.name); print(B.n()); print((class { }).name); print({ k: class { } }.k.name);
let C = class Self { self() { return Self; } }; const D = C; C = null; print(new D().self() === D); try { new Early(); } catch (e) { print(e); } class Early { }
class S { static name = "own"; } print(S.name); const o = { m() { return class { n() { return 1; } }; } }; print(new (o.m())().n());
//= 'A'
//= 'Inner'
//= 'Inner'
//= ''
//= 'k'
//= true
//= ReferenceError
//= 'own'
//= 1

//# extending built-ins
class MyError extends Error { constructor(m) { super(m); this.name = "MyError"; this.extra = 1; } } const e = new MyError("hi"); print(e.message); print(e instanceof Error); print(e instanceof MyError); print(e.extra); print(String(e)); print(e.name);
try { throw new MyError("x"); } catch (x) { print(x instanceof MyError); } class Arr extends Array { last() { return this[this.length - 1]; } } const arr = new Arr(); arr.push(1, 2); print(arr.last()); print(arr.length); print(Array.isArray(arr));
class M extends Map { getOr(k, d) { return this.has(k) ? this.get(k) : d; } } const m = new M([[1, 2]]); print(m.getOr(1)); print(m.getOr(5, "d"));
//= 'hi'
//= true
//= true
//= 1
//= 'MyError: hi'
//= 'MyError'
//= true
//= 2
//= 2
//= true
//= 2
//= 'd'

//# super in literals and accessors
const base = { hi() { return "base " + this.n; } }; const o = { __proto__: base, n: 1, hi() { return "o+" + super.hi(); } }; print(o.hi());
class A { get v() { return this._v ?? "none"; } set v(x) { this._v = x; } } class B extends A { get v() { return "b" + super.v; } set v(x) { super.v = x + "!"; } } const b = new B(); b.v = "q"; print(b.v); print(b);
class C extends A { t() { super.v += "z"; return this._v; } u() { return super["v"]; } } const c = new C(); print(c.t()); print(c.u());
//= 'o+base 1'
//= 'bq!'
//= {_v: 'q!'}
//= 'nonez'
//= 'nonez'

//# new.target and instanceof
class A { constructor() { this.t = new.target.name; } } class B extends A { } print(new A().t); print(new B().t); class Even { static [Symbol.hasInstance](n) { return n % 2 === 0; } } print(2 instanceof Even); print(3 instanceof Even);
//= 'A'
//= 'B'
//= true
//= false

//# accessors and symbols
class T { get [Symbol.toStringTag]() { return "Tee"; } [Symbol.toPrimitive](h) { return h; } } print(Object.prototype.toString.call(new T())); print(`${new T()}`); print(new T() + "");
//= '[object Tee]'
//= 'string'
//= 'default'
