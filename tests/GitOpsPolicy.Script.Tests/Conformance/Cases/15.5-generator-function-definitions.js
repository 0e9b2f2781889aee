// ECMAScript 2023, 15.5 Generator function definitions.

//# expressions/yield/star
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {}
let log = [];
function* inner() { try { let r = yield 1; log.push(r);
yield 2; } finally { log.push("fin"); } return "ret"; } function* outer() { let v = yield* inner(); log.push(v); yield* [3, 4];
yield* "ab"; } let it = outer(); it.next(); it.next("sent"); print(it.next().value); print(log); print([...it].join()); log = []; it = outer();
it.next(); print(it.return(9).value); print(log); it = outer(); it.next(); fails(() => it.throw(new E()));
function* nothrow() { yield* { [Symbol.iterator]() { return { next() { return { done: false }; }, return() { log.push("closed");
return {}; } }; } }; } it = nothrow(); it.next(); fails(() => it.throw(1)); print(log[log.length - 1]);
function* bad() { yield* { [Symbol.iterator]() { return { next() { return 5; } }; } }; } fails(() => bad().next());
function* raw() { yield* { [Symbol.iterator]() { return { next() { return { value: 1, done: false, extra: 7 }; } }; } }; } print(raw().next().extra);
//= 3
//= ['sent', 'fin', 'ret']
//= '4,a,b'
//= 9
//= ['fin']
//= Error
//= TypeError
//= 'closed'
//= TypeError
//= 7

//# statements/generators/protocol
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
const Function = (() => { }).constructor;
class E extends Error {}
function* g() { try { let x = yield 1;
yield x; } finally { yield "f"; } return "r"; } let it = g(); print(JSON.stringify(it.next())); print(it.next("s").value);
print(JSON.stringify(it.return("R"))); print(JSON.stringify(it.next())); print(it.next().value); it = g(); it.next(); print(it.throw(new E()).value);
fails(() => it.next()); it = g(); fails(() => it.throw(new E())); print(it.next().done); it = g(); print(it.return(5).value); print(it.next().done);
fails(() => { let self; function* r() { self.next(); } self = r(); self.next(); }); fails(() => g.prototype.next.call({})); fails(() => new g());
print(Object.getPrototypeOf(g()) === g.prototype); print(g()[Symbol.iterator]() !== undefined); let i2 = g(); print(i2[Symbol.iterator]() === i2);
print(String(i2)); print(Object.getPrototypeOf(g) !== Function.prototype); function* d(a = (() => { throw new E(); })()) {} fails(() => d());
g.prototype = null; print(Object.getPrototypeOf(Object.getPrototypeOf(g())) === undefined); print(g.hasOwnProperty("prototype"));
print(Object.getOwnPropertyDescriptor(function* () {}, "prototype")); print((function* () {}).prototype.hasOwnProperty("constructor"));
//= '{"value":1,"done":false}'
//= 's'
//= '{"value":"f","done":false}'
//= '{"value":"R","done":true}'
//= undefined
//= 'f'
//= Error
//= Error
//= true
//= 5
//= true
//= TypeError
//= TypeError
//= TypeError
//= true
//= true
//= true
//= '[object Generator]'
//= true
//= Error
//= false
//= true
//= {value: {}, writable: true, enumerable: false, configurable: false}
//= false
