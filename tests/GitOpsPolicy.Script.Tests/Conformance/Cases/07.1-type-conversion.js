// ECMAScript 2023, 7.1 Type conversion.

//# expressions/addition/get-symbol-to-prim
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let log = []; let o = { get [Symbol.toPrimitive]() { log.push("get");
return undefined; }, valueOf() { log.push("v"); return 1; } }; o + 1; print(log); fails(() => ({ [Symbol.toPrimitive]: 1 }) + 1);
let h; ({ [Symbol.toPrimitive](x) { h = x; return 1; } }) + 1; print(h); ({ [Symbol.toPrimitive](x) { h = x; return 1; } }) * 1;
print(h); `${{ [Symbol.toPrimitive](x) { h = x; return 1; } }}`; print(h); ({ [Symbol.toPrimitive](x) { h = x; return 1; } }) == 1;
print(h); ({ [Symbol.toPrimitive](x) { h = x; return 1; } }) < 1; print(h);
//= ['get', 'v']
//= TypeError
//= 'default'
//= 'number'
//= 'string'
//= 'default'
//= 'number'

//# expressions/addition/wrappers
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(new Number(1) + 1); print("1" + new String("1"));
print(new Boolean(true) + new Number(1)); print({} + function () { return 1; }.name);
print(1 + { valueOf() { return 2; }, toString() { return "x"; } }); fails(() => Symbol() + "");
fails(() => 1 + { valueOf() { return {}; }, toString() { return {}; } });
//= 2
//= '11'
//= 2
//= '[object Object]'
//= 3
//= TypeError
//= TypeError
