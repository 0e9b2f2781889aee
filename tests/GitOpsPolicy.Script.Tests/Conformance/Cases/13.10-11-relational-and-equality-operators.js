// ECMAScript 2023, 13.10-11 Relational and equality operators.

//# expressions/equals
print(null == 0); print(undefined == null); print("1" == 1); print(true == "1"); print([] == ""); print([1] == 1); print(new String("a") == "a");
print(new String("a") == new String("a")); print(NaN == NaN); print(Symbol.iterator == "a");
print({ valueOf() { return {}; }, toString() { return "z"; } } == "z"); let o = Object(Symbol.iterator); print(o == Symbol.iterator);
//= false
//= true
//= true
//= true
//= true
//= true
//= true
//= false
//= false
//= false
//= true
//= true

//# expressions/in
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print("length" in []); print(0 in [1]);
print("x" in { __proto__: { x: 1 } }); fails(() => "a" in "abc"); fails(() => 1 in undefined); print(Symbol.iterator in []);
print("length" in new String("a"));
//= true
//= true
//= true
//= TypeError
//= TypeError
//= true
//= true

//# expressions/instanceof
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
const Function = (() => { }).constructor;
function F() {} print(new F() instanceof F);
print(1 instanceof Number); print(new Number(1) instanceof Number); print(Object.create(null) instanceof Object); fails(() => 1 instanceof 1);
fails(() => ({}) instanceof {}); fails(() => ({}) instanceof (() => 1)); let b = F.bind(); print(new F() instanceof b);
print(5 instanceof { [Symbol.hasInstance](x) { return x === 5; } }); F.prototype = 1; fails(() => ({}) instanceof F); print(1 instanceof F);
print(Object instanceof Function); print(Function.prototype instanceof Object);
class C { static [Symbol.hasInstance]() { return "x"; } } print(1 instanceof C);
//= true
//= false
//= true
//= false
//= TypeError
//= TypeError
//= TypeError
//= true
//= true
//= TypeError
//= false
//= true
//= true
//= true

//# expressions/relational
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print("a" < "b"); print("10" < "9"); print("10" < 9);
print(null >= 0); print(undefined >= 0); print("\uD83D\uDE00" < "\uFF61"); print([2] > 1); fails(() => Symbol() < 1);
let log = ""; ({ valueOf() { log += "l"; return 1; } }) > ({ valueOf() { log += "r"; return 1; } }); print(log);
//= true
//= true
//= false
//= true
//= false
//= true
//= true
//= TypeError
//= 'lr'
