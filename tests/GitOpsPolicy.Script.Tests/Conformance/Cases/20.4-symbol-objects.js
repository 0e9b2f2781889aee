// ECMAScript 2023, 20.4 Symbol objects.

//# Symbol
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let s = Symbol("d"); print(s.toString()); print(s.description);
print(Symbol().description); fails(() => new Symbol()); fails(() => s + ""); fails(() => +s); print(typeof Object(s)); print(Object(s) == s);
print(Object(s).valueOf() === s); print(Symbol.prototype[Symbol.toStringTag]); print(({ [s]: 1 })[Object(s)]); print(!s); fails(() => { s.x = 1; });
print(s.x); print(Symbol.iterator === Symbol.iterator); fails(() => `${s}`); print(Symbol("").toString()); print(Symbol(undefined).description);
print(Symbol(null).description); fails(() => Symbol.prototype.toString.call(1)); print([s].indexOf(s)); fails(() => Math.abs(s));
print(Symbol.prototype[Symbol.toPrimitive].call(Object(s)) === s);
//= 'Symbol(d)'
//= 'd'
//= undefined
//= TypeError
//= TypeError
//= TypeError
//= 'object'
//= true
//= true
//= 'Symbol'
//= 1
//= false
//= TypeError
//= undefined
//= true
//= TypeError
//= 'Symbol()'
//= undefined
//= 'null'
//= TypeError
//= 0
//= TypeError
//= true
