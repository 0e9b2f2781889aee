// ECMAScript 2023, 21.1 Number objects.

//# Number/conversions
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(Number("0x1F")); print(Number("")); print(Number("1e1000"));
print(Number("1__0")); print(Number(null)); print(Number([])); print(Number({})); fails(() => Number(Symbol())); print(typeof new Number(1));
print(Number(new Number(5))); print(Number("+.5e-1")); print(Number(".")); print(Number("5.")); print(Number("-")); print(Number("Infinityx"));
print(Number("0b2")); print(Number("\u2003 7 ")); print(Number()); print(Number("12e"));
//= 31
//= 0
//= Infinity
//= NaN
//= 0
//= 0
//= NaN
//= TypeError
//= 'object'
//= 5
//= 0.05
//= NaN
//= 5
//= NaN
//= NaN
//= NaN
//= 7
//= 0
//= NaN

//# Number/parse
print(parseInt("0x1Fz")); print(parseInt("10", 2)); print(parseInt("9", 8)); print(parseInt("12abc")); print(parseInt(" -0x1"));
print(parseInt("1e3")); print(parseInt("")); print(parseInt("123", 37)); print(parseInt("11", 0)); print(parseInt("11", 2 ** 32 + 2));
print(parseInt("-0")); print(parseFloat("3.14abc")); print(parseFloat(".5.")); print(parseFloat("-Infinityx")); print(parseFloat("1e"));
print(parseFloat("0x1")); print(parseFloat("-.0")); print(parseFloat("1_0")); print(Number.parseInt === parseInt);
print(parseInt("9007199254740993")); print(parseInt("zz", 36));
//= 31
//= 2
//= NaN
//= 12
//= -1
//= 1
//= NaN
//= NaN
//= 11
//= 3
//= -0
//= 3.14
//= 0.5
//= -Infinity
//= 1
//= 0
//= -0
//= 1
//= true
//= 9007199254740992
//= 1295

//# Number/toFixed-etc
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print((1.005).toFixed(2)); print((1.45).toFixed(1));
print((-1.5).toFixed(0)); print((2.5).toFixed(0)); print((1e21).toFixed(2)); print((0.000001).toFixed(7)); fails(() => (1).toFixed(101));
print((123.456).toPrecision(4)); print((0.000123).toPrecision(2)); print((1e-7).toPrecision(2)); print((123456).toExponential(2));
print((0).toExponential()); print((25).toExponential(0)); print((12345).toPrecision(1)); fails(() => (1).toPrecision(0)); print(NaN.toFixed(101 - 1));
print((-0).toFixed(2)); print((1000000000000000128).toString()); print((1000000000000000128).toFixed(0));
//= '1.00'
//= '1.4'
//= '-2'
//= '3'
//= '1e+21'
//= '0.0000010'
//= RangeError
//= '123.5'
//= '0.00012'
//= '1.0e-7'
//= '1.23e+5'
//= '0e+0'
//= '3e+1'
//= '1e+4'
//= RangeError
//= 'NaN'
//= '0.00'
//= '1000000000000000100'
//= '1000000000000000128'

//# Number/toString-radix
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print((255).toString(16)); print((-255).toString(2));
print((0.5).toString(2)); print((0.1).toString(3).slice(0, 12)); print((2 ** 53).toString(36)); fails(() => (1).toString(1));
fails(() => (1).toString(37)); print(NaN.toString(16)); print((1e21).toString(7).length); fails(() => Number.prototype.toString.call("a"));
print(Number.prototype.toString.call(new Number(5))); print((-0).toString()); print((1).toString(undefined));
//= 'ff'
//= '-11111111'
//= '0.1'
//= '0.0022002200'
//= '2gosa7pa2gw'
//= RangeError
//= RangeError
//= 'NaN'
//= 25
//= TypeError
//= '5'
//= '0'
//= '1'
