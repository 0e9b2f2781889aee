// ECMAScript 2023, 21.3 The Math object.

//# Math/values
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(Math.max()); print(Math.max(0, -0)); print(Math.min(0, -0));
print(Math.max(NaN, 1)); print(Math.round(-0.5)); print(Math.round(0.49999999999999994)); print(Math.round(2.5)); print(Math.round(-2.5));
print(Math.sign(-0)); print(Math.hypot()); print(Math.hypot(NaN, Infinity)); print(Math.hypot(3, 4)); print(Math.atan2(-0, -0));
print(Math.pow(1, NaN)); print(Math.clz32(-1)); print(Math.clz32(0.5)); print(Math.imul(0xffffffff, 5)); print(Math.fround(5.5));
print(Math.fround(1e40)); print(Math.trunc(-0.9)); print(Math.cbrt(-8)); print(Math.expm1(-0)); print(Math.log1p(-1)); print(Math.asinh(-0));
print(Math.ceil(-0.5)); print(Math.abs(-0)); print(Math.log10(1000)); print(Math.log2(8)); let log = [];
class E extends Error {} fails(() => Math.max({ valueOf() { log.push(1); return NaN; } }, { valueOf() { throw new E(); } })); print(log.length);
print(Math.round(-1.7976931348623157e308)); print(Math.round(4503599627370495.5)); print(Math.sqrt(-0)); print(Math.tanh(Infinity));
print(Math.acosh(0.5));
//= -Infinity
//= 0
//= -0
//= NaN
//= -0
//= 0
//= 3
//= -2
//= -0
//= 0
//= Infinity
//= 5
//= -3.141592653589793
//= NaN
//= 0
//= 32
//= -5
//= 5.5
//= Infinity
//= -0
//= -2
//= -0
//= -Infinity
//= -0
//= -0
//= 0
//= 3
//= 3
//= Error
//= 1
//= -1.7976931348623157e+308
//= 4503599627370496
//= -0
//= 1
//= NaN
