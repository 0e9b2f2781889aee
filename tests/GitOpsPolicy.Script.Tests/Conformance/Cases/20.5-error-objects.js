// ECMAScript 2023, 20.5 Error objects.

//# Error
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let e = new Error("m", { cause: 0 }); print(e.cause);
print(Object.getOwnPropertyDescriptor(e, "message")); print("cause" in new Error("a")); print("cause" in new Error("a", { cause: undefined }));
print(new Error().hasOwnProperty("message")); print(Error("x") instanceof Error); print(String(new TypeError("t")));
print(Error.prototype.toString.call({ name: "N", message: "M" })); print(Error.prototype.toString.call({ name: "", message: "M" }));
print(Error.prototype.toString.call({})); fails(() => Error.prototype.toString.call(1)); print(Object.getPrototypeOf(TypeError) === Error);
print(TypeError.prototype.name); print(Object.prototype.toString.call(new RangeError())); print(new Error(undefined).hasOwnProperty("message"));
print(new Error(null).message); fails(() => new Error(Symbol())); print(URIError.prototype instanceof Error);
try { null.x; } catch (x) { print(x.constructor === TypeError); } try { decodeURIComponent("%"); } catch (x) { print(x.constructor === URIError); }
//= 0
//= {value: 'm', writable: true, enumerable: false, configurable: true}
//= false
//= true
//= false
//= true
//= 'TypeError: t'
//= 'N: M'
//= 'M'
//= 'Error'
//= TypeError
//= true
//= 'TypeError'
//= '[object Error]'
//= false
//= 'null'
//= TypeError
//= true
//= true
//= true
