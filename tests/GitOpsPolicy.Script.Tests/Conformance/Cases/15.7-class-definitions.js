// ECMAScript 2023, 15.7 Class definitions.

//# statements/class/definition
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
const Function = (() => { }).constructor;
class A {} fails(() => A());
print(Object.getOwnPropertyDescriptor(A, "prototype"));
class M { m() {} static s() {} get g() { return 1; } } print(Object.getOwnPropertyDescriptor(M.prototype, "m"));
print(Object.getOwnPropertyDescriptor(M, "s")); print(Object.getOwnPropertyNames(A).sort().join()); print(A.prototype.constructor === A);
print(A.length); print(class { constructor(a, b = 1) {} }.length); fails(() => { new T(); class T {} }); fails(() => { class X extends X {} });
fails(() => { class X extends 5 {} }); fails(() => { class X extends (() => 1) {} }); fails(() => { function* g() {} class X extends g {} });
class N extends null { static x = 1; } print(Object.getPrototypeOf(N.prototype)); print(Object.getPrototypeOf(N) === Function.prototype);
fails(() => new N()); fails(() => { function F() {} F.prototype = 3; class X extends F {} }); let { name } = class Foo {}; print(name);
fails(() => { class S { static ["prototype"]() {} } });
//= TypeError
//= {value: {}, writable: false, enumerable: false, configurable: false}
//= {value: function m, writable: true, enumerable: false, configurable: true}
//= {value: function s, writable: true, enumerable: false, configurable: true}
//= 'length,name,prototype'
//= true
//= 0
//= 1
//= ReferenceError
//= ReferenceError
//= TypeError
//= TypeError
//= TypeError
//= null
//= true
//= TypeError
//= TypeError
//= 'Foo'
//= TypeError

//# statements/class/subclass-builtins
class MyErr extends Error { constructor(m) { super(m); this.name = "MyErr"; } } let e = new MyErr("x"); print(e instanceof Error); print(String(e));
print(Object.prototype.toString.call(e)); class MyMap extends Map { get(k) { return super.get(k) ?? "none"; } } let m = new MyMap([[1, 2]]);
print(m.get(1)); print(m.get(5)); print(m.size); class MySet extends Set { add(v) { return super.add(v * 2); } } print([...new MySet([1, 2])].join());
class MyStr extends String { shout() { return this.toUpperCase() + "!"; } } print(new MyStr("a").shout()); print(new MyStr("abc").length);
class MyNum extends Number { dbl() { return this * 2; } } print(new MyNum(4).dbl());
class MyRe extends RegExp { test(s) { return !super.test(s); } } print(new MyRe("a").test("b"));
class MyBool extends Boolean {} print(new MyBool(1).valueOf());
class MyObj extends Object { constructor(a) { super(a); } } print(new MyObj(5) instanceof MyObj);
class TE extends TypeError {} print(new TE() instanceof TypeError);
//= true
//= 'MyErr: x'
//= '[object Error]'
//= 2
//= 'none'
//= 1
//= '2,4'
//= 'A!'
//= 3
//= 8
//= true
//= true
//= true
//= true
