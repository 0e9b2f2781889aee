// Classes that make themselves, or are made for ever. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# a class that constructs itself
class A { constructor() { new A(); } } new A();
//= deep

//# a constructor of an array of itself
class B extends Array { constructor(n) { super(n); } } new B(1e9);
//= budget

//# a class that makes itself in a field
class A { x = new A(); } new A();
//= deep

//# a class that extends itself through a function
const f = () => class extends f() { }; f();
//= deep

//# classes that extend each other for ever
let A = class { }; for (;;) A = class extends A { };
//= budget

//# a constructor five thousand classes deep
let A = class { }; for (let i = 0; i < 5000; i++) A = class extends A { }; new A();
//= deep

//# a static block that never ends
class A { static { for (;;); } }
//= budget

//# a static field that calls the class
class A { static f() { return A.f(); } static x = A.f(); }
//= deep

//# a getter of a class that reads itself
class A { get x() { return this.x; } } new A().x;
//= deep

//# super that finds itself
const o = { f() { return super.f(); } }; Object.setPrototypeOf(o, { f() { return o.f(); } }); o.f();
//= deep

//# many fields, made for ever
class A { a = []; b = {}; c = "x"; d = [1, 2, 3]; e = () => this; } const kept = []; for (;;) kept.push(new A());
//= budget

//# private members for ever
for (;;) { class A { #x = 1; static #y = 2; #m() { } } }
//= budget

//# a computed key that never ends
class A { [(() => { for (;;); })()]() { } }
//= budget

//# a class made in a loop with a long body
for (let i = 0; ; i++) { class A { a() { } b() { } c() { } get d() { return 1; } static e = i; } new A(); }
//= budget

//# a private getter that reads itself
class A { get #x() { return this.#x; } y() { return this.#x; } } new A().y();
//= deep

//# toString of a class for ever
class A { aLongName() { return "and long text, and long text, and long text"; } } let n = 0; for (;;) n += `${A}`.length;
//= budget

//# an Array of a class, doubled
class A extends Array { } const a = A.from([1]); for (;;) a.push(...a);
//= budget

//# a Map of a class that sets in set
class M extends Map { set(k, v) { return this.set(k, v); } } new M([[1, 1]]);
//= deep

//# new.target that makes new ones
class A { constructor() { new new.target(); } } new A();
//= deep
