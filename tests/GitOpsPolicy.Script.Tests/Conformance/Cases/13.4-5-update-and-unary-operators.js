// ECMAScript 2023, 13.4-5 Update and unary operators.

//# expressions/comma-void-conditional
print((1, 2, 3)); print(void "x"); let x = 0; print(true ? 1 : x++); print(x); print((0, [].push).name);
//= 3
//= undefined
//= 1
//= 0
//= 'push'

//# expressions/delete
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
const Function = (() => { }).constructor;
let o = { a: 1 };
print(delete o.a); print(delete o.b); print(delete 1); fails(() => { delete Object.freeze({ a: 1 }).a; }); fails(() => { delete [].length; });
fails(() => { delete "abc".length; }); fails(() => { delete "abc"[0]; }); print(delete "abc".x); fails(() => { delete undefined.x; });
fails(() => { class A extends Object { m() { delete super.x; } } new A().m(); }); print(delete Object.prototype.nothing);
fails(() => { delete Function.prototype; });
//= true
//= true
//= true
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= true
//= TypeError
//= ReferenceError
//= true
//= TypeError
