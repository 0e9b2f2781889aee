// ECMAScript 2023, 13.3 Left-hand-side expressions.

//# expressions/call/eval-order
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {}
let log = []; function f() { log.push("f");
return { get m() { log.push("m"); return undefined; } }; } fails(() => f().m(log.push("arg"))); print(log);
//= TypeError
//= ['f', 'm', 'arg']

//# expressions/call/spread
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
function f(...a) { return a.length; } print(f(...[], ...[1, , 3], ..."ab", ...new Set([1]), ...new Map([[1, 2]])));
fails(() => f(...undefined)); fails(() => f(...5)); function* g() { yield 1; yield 2; } print(Math.max(...g())); let n = 0;
let it = { [Symbol.iterator]() { return { next() { return { done: n++ >= 2, value: n }; } }; } }; print(f(...it));
print(new (class { constructor(...a) { this.n = a.length; } })(...[1, 2]).n);
//= 7
//= TypeError
//= TypeError
//= 2
//= 2
//= 2

//# expressions/optional-chaining
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let o = { a: { b() { return this === o.a; } }, n: null };
print(o?.a?.b()); print(o.n?.x.y.z());  print(o.a?.["b"]?.()); print(delete o?.a.b); print(delete o.n?.x); fails(() => o.a.c());
print(o.a.c?.(1 / 0)); fails(() => (o.n?.x).y); print(o.n?.x ?? 5); print(""?.length); print(0?.toString()); fails(() => o?.a.n.m);
print((o?.a)?.b === undefined); class C { #p = 1; static t(x) { return x?.#p; } } print(C.t(null)); print(C.t(new C()));
function f() { return this; } print(f?.());
//= true
//= undefined
//= true
//= true
//= true
//= TypeError
//= undefined
//= TypeError
//= 5
//= 0
//= '0'
//= TypeError
//= true
//= undefined
//= 1
//= undefined

//# expressions/super
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class A { m() { return "A" + this.x; } get g() { return "g" + this.x; } static s() { return "S"; } set w(v) { this.ww = v; } } class B extends A { x = 1;
m() { return super.m() + super["m"](); } get g() { return super.g; } static s() { return super.s() + "B"; } t() { super.w = 5; super.plain = 6;
return [this.ww, this.plain]; } arrow() { return (() => super.m())(); } } let b = new B(); print(b.m()); print(b.g); print(B.s()); print(b.t());
print(b.arrow()); let o = { __proto__: { p: 1 }, q() { return super.p; } }; print(o.q()); Object.setPrototypeOf(o, { p: 2 }); print(o.q());
fails(() => { new (class extends A { constructor() { super.m(); } })(); }); fails(() => { new (class extends A { constructor() { } })(); });
fails(() => { new (class extends A { constructor() { super(); super(); } })(); });
//= 'A1A1'
//= 'g1'
//= 'SB'
//= [5, 6]
//= 'A1'
//= 1
//= 2
//= ReferenceError
//= ReferenceError
//= ReferenceError

//# expressions/tagged-template/raw-and-cache
function tag(s, ...v) { return [s, v]; } let [s, v] = tag`a\n${1}\u0041`; print(s[0]); print(s.raw[0]); print(s.raw[1]); print(v[0]);
print(Object.isFrozen(s)); print(Object.isFrozen(s.raw)); print(Array.isArray(s)); function once() { return tag`x`[0]; } print(once());
print(tag`x`[0] === tag`x`[0]); print(tag`\u`[0][0]); print(tag`\u`[0].raw[0]); let o = { m() { return this; } }; print(o.m`` === o);
print((() => tag)()``[0].length);
//= 'a\u000a'
//= 'a\u005cn'
//= '\u005cu0041'
//= 1
//= true
//= true
//= true
//= ['x']
//= false
//= undefined
//= '\u005cu'
//= true
//= 1
