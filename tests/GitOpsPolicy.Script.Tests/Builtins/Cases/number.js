// Number, Math, parseInt, parseFloat and the URI functions.

//# Number
for (const x of ["12", " 12\n", "", " ", "0x1f", "0b101", "0o17", "1e3", "1e", ".5", "5.", ".", "-5", "+5", "--5", "Infinity", "-Infinity", "infinity", "1_000", "0x", "0x1g", "-0x1", "1n", "\u00a01\ufeff", "1 2", "e5", "00012", "1e1000", "-0", null, undefined, true, false, [], [7], [1, 2], {}, "1e-400", "0.1", "123456789012345678901234567890", "NaN", "+", "0X1F", "1E+2", "1.5.5"]) print(Number(x));
print(Number()); print(Number({ valueOf: () => 4 })); print(Number({ toString: () => "6" }));
try { Number(Symbol()); } catch (e) { print(e); }
//= 12
//= 12
//= 0
//= 0
//= 31
//= 5
//= 15
//= 1000
//= NaN
//= 0.5
//= 5
//= NaN
//= -5
//= 5
//= NaN
//= Infinity
//= -Infinity
//= NaN
//= NaN
//= NaN
//= NaN
//= NaN
//= NaN
//= 1
//= NaN
//= NaN
//= 12
//= Infinity
//= -0
//= 0
//= NaN
//= 1
//= 0
//= 0
//= 7
//= NaN
//= NaN
//= 0
//= 0.1
//= 1.2345678901234568e+29
//= NaN
//= NaN
//= 31
//= 100
//= NaN
//= 0
//= 4
//= 6
//= TypeError

//# Number constants and tests
print(Number.EPSILON); print(Number.MAX_SAFE_INTEGER); print(Number.MIN_SAFE_INTEGER); print(Number.MAX_VALUE); print(Number.MIN_VALUE); print(Number.NEGATIVE_INFINITY); print(Number.POSITIVE_INFINITY); print(Number.NaN);
for (const x of [1, 1.5, NaN, Infinity, "1", -0, 2 ** 53, 2 ** 53 - 1, 1e21, null]) print([Number.isInteger(x), Number.isSafeInteger(x), Number.isFinite(x), Number.isNaN(x)]);
print(isNaN("x")); print(isNaN("")); print(isNaN(undefined)); print(isFinite("1")); print(isFinite("x")); print(isFinite(null)); print(Number.parseInt === parseInt); print(Number.parseFloat === parseFloat);
//= 2.220446049250313e-16
//= 9007199254740991
//= -9007199254740991
//= 1.7976931348623157e+308
//= 5e-324
//= -Infinity
//= Infinity
//= NaN
//= [true, true, true, false]
//= [false, false, true, false]
//= [false, false, false, true]
//= [false, false, false, false]
//= [false, false, false, false]
//= [true, true, true, false]
//= [true, false, true, false]
//= [true, true, true, false]
//= [true, false, true, false]
//= [false, false, false, false]
//= true
//= false
//= true
//= true
//= false
//= true
//= true
//= true

//# parseInt
for (const [t, r] of [["12px"], ["  -12"], ["0x1F"], ["0x1F", 16], ["1F", 16], ["z", 36], ["12", 2], ["2", 2], ["", 10], ["+7"], ["- 7"], ["1e3"], [".5"], ["9007199254740993"], ["11111111111111111111111111111111111111111111111111111", 2], ["100000000000000000000000000000000000000000000000000001", 2], ["ffffffffffffffffff", 16], ["0b1"], ["12", 1], ["12", 37], ["12", 0], ["0x", 16], ["\u00a05"], [null, 36], [15.99], [1e21], ["0x10", 10], ["-0"], ["10", "0x10"], ["zz", 36.9], ["99999999999999999999999999999999999999999999"]]) print(parseInt(t, r));
print(parseInt("1".repeat(400))); print(parseInt("1".repeat(400), 8)); print(parseInt("0".repeat(2000) + "1", 2)); print(parseInt("1" + "0".repeat(1100), 2)); print(parseInt());
//= 12
//= -12
//= 31
//= 31
//= 31
//= 35
//= 1
//= NaN
//= NaN
//= 7
//= NaN
//= 1
//= NaN
//= 9007199254740992
//= 9007199254740991
//= 9007199254740992
//= 4.722366482869645e+21
//= 0
//= NaN
//= NaN
//= 12
//= NaN
//= 5
//= 1112745
//= 15
//= 1
//= 0
//= -0
//= 16
//= 1295
//= 1e+44
//= Infinity
//= Infinity
//= 1
//= Infinity
//= NaN

//# parseFloat
for (const t of ["3.14abc", ".5", "-.5e2x", "1e", "1e+", "1e+2", "Infinityx", "-Infinity", "abc", "", "1.2.3", "0x10", " \n7", "+1", "1_0", "--1", "5.", ".", "-", "e3", "1e400", "-0", "1.e2", ".e2", "inf"]) print(parseFloat(t));
print(parseFloat()); print(parseFloat([1.5, 2]));
//= 3.14
//= 0.5
//= -50
//= 1
//= 1
//= 100
//= Infinity
//= -Infinity
//= NaN
//= NaN
//= 1.2
//= 0
//= 7
//= 1
//= 1
//= NaN
//= 5
//= NaN
//= NaN
//= NaN
//= Infinity
//= -0
//= 100
//= NaN
//= NaN
//= NaN
//= 1.5

//# toString with a radix
for (const [n, r] of [[255, 16], [255, 2], [-255, 36], [0.5, 2], [0.1, 2], [0.1, 3], [1 / 3, 3], [123.456, 36], [1e21, 16], [1e21, 7], [2 ** 53, 2], [2 ** 60 + 256, 10], [2 ** 70, 36], [-0, 2], [NaN, 2], [Infinity, 16], [1e-7, 16], [0.000001, 36], [5e-324, 2], [1.7976931348623157e308, 36], [255.255, 16], [35.999999999, 36], [4294967295, 32], [0.9999999999999999, 2], [1234.5678, 5], [1e300, 3], [10, undefined]]) print(n.toString(r));
for (const r of [1, 37, 0, null, -2]) try { (1).toString(r); } catch (e) { print(e); }
//= 'ff'
//= '11111111'
//= '-73'
//= '0.1'
//= '0.0001100110011001100110011001100110011001100110011001101'
//= '0.0022002200220022002200220022002201'
//= '0.1'
//= '3f.gez4w97ry'
//= '3635c9adc5dea00000'
//= '5135235413265003022600000'
//= '100000000000000000000000000000000000000000000000000000'
//= '1152921504606847200'
//= '6x5kxtvuwik000'
//= '0'
//= 'NaN'
//= 'Infinity'
//= '0.000001ad7f29abcaf48'
//= '0.0001ogs5wo29m8'
//= '0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001'
//= '1a1e4vngaiqo0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000'
//= 'ff.4147ae147ae'
//= 'z.zzzzzxtmwe'
//= '3vvvvvv'
//= '0.11111111111111111111111111111111111111111111111111111'
//= '14414.240441414141414142'
//= '20222221112102120111122202200001200000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000'
//= '10'
//= RangeError
//= RangeError
//= RangeError
//= RangeError
//= RangeError

//# toFixed
for (const [n, d] of [[1.005, 2], [2.5, 0], [-2.5, 0], [1.45, 1], [0, 2], [-0, 2], [123.456, 0], [0.000001, 7], [1e21, 2], [1e20, 2], [-1.5, 0], [1.255, 2], [10.235, 2], [0.5, 0], [1.5, 0], [NaN, 2], [Infinity, 1], [-1e-10, 2], [123456789.987654321, 5], [0.1, 20], [5e-324, 3], [1000000000000000128, 1], [0.3, 50]]) print(n.toFixed(d));
print((1.5).toFixed()); print((5).toFixed("1"));
for (const d of [-1, 101]) try { (1).toFixed(d); } catch (e) { print(e); }
//= '1.00'
//= '3'
//= '-3'
//= '1.4'
//= '0.00'
//= '0.00'
//= '123'
//= '0.0000010'
//= '1e+21'
//= '100000000000000000000.00'
//= '-2'
//= '1.25'
//= '10.23'
//= '1'
//= '2'
//= 'NaN'
//= 'Infinity'
//= '-0.00'
//= '123456789.98765'
//= '0.10000000000000000555'
//= '0.000'
//= '1000000000000000128.0'
//= '0.29999999999999998889776975374843459576368331909180'
//= '2'
//= '5.0'
//= RangeError
//= RangeError

//# toExponential
for (const [n, d] of [[12345, 2], [12345, undefined], [0, undefined], [0, 2], [-1.5, 0], [1.25, 1], [1.35, 1], [9.99, 1], [1e-7, 3], [1e21, 0], [NaN, 2], [-Infinity, 1], [5e-324, undefined], [123456, 3], [0.00015, 0], [1.7976931348623157e308, 10], [25, 0], [35, 0]]) print(n.toExponential(d));
print(NaN.toExponential(1000));
for (const d of [-1, 101]) try { (1).toExponential(d); } catch (e) { print(e); }
//= '1.23e+4'
//= '1.2345e+4'
//= '0e+0'
//= '0.00e+0'
//= '-2e+0'
//= '1.3e+0'
//= '1.4e+0'
//= '1.0e+1'
//= '1.000e-7'
//= '1e+21'
//= 'NaN'
//= '-Infinity'
//= '5e-324'
//= '1.235e+5'
//= '1e-4'
//= '1.7976931349e+308'
//= '3e+1'
//= '4e+1'
//= 'NaN'
//= RangeError
//= RangeError

//# toPrecision
for (const [n, p] of [[123.456, 4], [123.456, 2], [0.000123, 2], [0.0000001, 2], [1e21, 3], [123456, 2], [0, 3], [-1.5, 1], [-2.5, 1], [1.25, 2], [1.35, 2], [99.99, 3], [1000000, 7], [1e-6, 3], [1e-7, 3], [NaN, 3], [5, undefined], [123.456, 30], [0.5, 1], [1e5, 5]]) print(n.toPrecision(p));
for (const p of [0, 101]) try { (1).toPrecision(p); } catch (e) { print(e); }
//= '123.5'
//= '1.2e+2'
//= '0.00012'
//= '1.0e-7'
//= '1.00e+21'
//= '1.2e+5'
//= '0.00'
//= '-2'
//= '-3'
//= '1.3'
//= '1.4'
//= '100'
//= '1000000'
//= '0.00000100'
//= '1.00e-7'
//= 'NaN'
//= '5'
//= '123.456000000000003069544618484'
//= '0.5'
//= '1.0000e+5'
//= RangeError
//= RangeError

//# numbers as text
for (const n of [0, -0, 1, -1, 0.1, 1 / 3, 1e21, 1e20, 123456789012345680000, 1.5e-7, 0.000001, 1e-6, 1e300, 5e-324, 1.7976931348623157e308, 4.35, 0.1 + 0.2, 100, 1e2, 9007199254740993, -1e-7, 2 ** 31, 2 ** 32, 1e15, 12345.678, 4294967296.5]) print(String(n));
print(5..toString()); print((25).valueOf()); print(1 / (-0).valueOf());
try { Number.prototype.toString.call("1"); } catch (e) { print(e); }
try { Number.prototype.toFixed.call("1"); } catch (e) { print(e); }
//= '0'
//= '0'
//= '1'
//= '-1'
//= '0.1'
//= '0.3333333333333333'
//= '1e+21'
//= '100000000000000000000'
//= '123456789012345680000'
//= '1.5e-7'
//= '0.000001'
//= '0.000001'
//= '1e+300'
//= '5e-324'
//= '1.7976931348623157e+308'
//= '4.35'
//= '0.30000000000000004'
//= '100'
//= '100'
//= '9007199254740992'
//= '-1e-7'
//= '2147483648'
//= '4294967296'
//= '1000000000000000'
//= '12345.678'
//= '4294967296.5'
//= '5'
//= 25
//= -Infinity
//= TypeError
//= TypeError

//# Math constants and simple functions
print([Math.E, Math.LN10, Math.LN2, Math.LOG10E, Math.LOG2E, Math.PI, Math.SQRT1_2, Math.SQRT2]);
for (const x of [1.5, -1.5, 2.5, -0.5, 0.5, -0, 0, NaN, Infinity, -Infinity, "3.7", null, 0.49999999999999994, 2 ** 52 + 0.5, -4503599627370495.5, 1e300]) print([Math.abs(x), Math.ceil(x), Math.floor(x), Math.round(x), Math.trunc(x), Math.sign(x)]);
print(Math.clz32(1)); print(Math.clz32(0)); print(Math.clz32(-1)); print(Math.fround(5.5)); print(Math.fround(5.05)); print(Math.fround(1e40)); print(Math.imul(3, 4)); print(Math.imul(0xffffffff, 5)); print(Math.imul(2)); print(Object.prototype.toString.call(Math)); print(typeof Math); print(Math.abs()); print(Math.imul(0xffffffff, 0xffffffff));
//= [2.718281828459045, 2.302585092994046, 0.6931471805599453, 0.4342944819032518, 1.4426950408889634, 3.141592653589793, 0.7071067811865476, 1.4142135623730951]
//= [1.5, 2, 1, 2, 1, 1]
//= [1.5, -1, -2, -1, -1, -1]
//= [2.5, 3, 2, 3, 2, 1]
//= [0.5, -0, -1, -0, -0, -1]
//= [0.5, 1, 0, 1, 0, 1]
//= [0, -0, -0, -0, -0, -0]
//= [0, 0, 0, 0, 0, 0]
//= [NaN, NaN, NaN, NaN, NaN, NaN]
//= [Infinity, Infinity, Infinity, Infinity, Infinity, 1]
//= [Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -1]
//= [3.7, 4, 3, 4, 3, 1]
//= [0, 0, 0, 0, 0, 0]
//= [0.49999999999999994, 1, 0, 0, 0, 1]
//= [4503599627370496, 4503599627370496, 4503599627370496, 4503599627370496, 4503599627370496, 1]
//= [4503599627370495.5, -4503599627370495, -4503599627370496, -4503599627370495, -4503599627370495, -1]
//= [1e+300, 1e+300, 1e+300, 1e+300, 1e+300, 1]
//= 31
//= 32
//= 0
//= 5.5
//= 5.050000190734863
//= Infinity
//= 12
//= -5
//= 0
//= '[object Math]'
//= 'object'
//= NaN
//= 1

//# Math.max, min, hypot, pow
print(Math.max()); print(Math.min()); print(Math.max(1, "3", 2)); print(Math.max(1, NaN)); print(Math.min(0, -0)); print(Math.max(-0, 0)); print(Math.max(...[1, 2, 3])); print(Math.hypot(3, 4)); print(Math.hypot()); print(Math.hypot(NaN, Infinity)); print(Math.hypot(-3)); print(Math.hypot(1e200, 1e200) > 1e200); print(Math.pow(2, 10)); print(Math.pow(1, Infinity)); print(Math.pow(NaN, 0)); print(Math.pow(-8, 1 / 3)); print(2 ** -1); print(Math.pow(0, -1)); print(Math.pow(-0, -1)); print(Math.pow(2)); print((-2) ** 3); print(Math.hypot(1, 2, 3)); print(Math.pow(10, 308));
//= -Infinity
//= Infinity
//= 3
//= NaN
//= -0
//= 0
//= 3
//= 5
//= 0
//= Infinity
//= 3
//= true
//= 1024
//= NaN
//= 1
//= NaN
//= 0.5
//= Infinity
//= -Infinity
//= NaN
//= -8
//= 3.741657386773941
//= 1e+308

//# Math functions of real numbers, at exact places
print([Math.sqrt(16), Math.sqrt(2), Math.sqrt(-1), Math.cbrt(27), Math.cbrt(-8), Math.exp(0), Math.exp(1), Math.log(1), Math.log(0), Math.log(-1), Math.log2(8), Math.log10(1000), Math.log1p(0), Math.expm1(0), Math.sin(0), Math.cos(0), Math.tan(0), Math.atan2(0, -0), Math.atan2(1, 1), Math.asin(2), Math.sinh(0), Math.tanh(Infinity), Math.acosh(1), Math.atanh(0), Math.asinh(-0), Math.sin(-0), Math.log1p(-1), Math.expm1(-Infinity), Math.log2(0.125), Math.log10(0.001)]);
const near = (a, b) => Math.abs(a - b) <= Math.abs(b) * 1e-12; print([near(Math.expm1(1e-10), 1.00000000005e-10), near(Math.log1p(1e-10), 9.9999999995e-11), near(Math.expm1(0.001), 0.0010005001667083417), near(Math.expm1(0.3), 0.34985880757600311), near(Math.sinh(1), 1.1752011936438014), near(Math.log1p(0.001), 0.00099950033308353317)]);
//= [4, 1.4142135623730951, NaN, 3, -2, 1, 2.718281828459045, 0, -Infinity, NaN, 3, 3, 0, 0, 0, 1, 0, 3.141592653589793, 0.7853981633974483, NaN, 0, 1, 0, 0, -0, -0, -Infinity, -1, -3, -3]
//= [true, true, true, true, true, true]

//# number operators
print(5 % 3); print(-5 % 3); print(5 % -3); print(-0 % 1); print(5.5 % 2); print(1 % 0); print(Infinity % 2); print(2 % Infinity); print(1 / 0); print(-1 / 0); print(0 / 0); print(0.1 * 3); print(1 << 33); print(1 >>> 0); print(-1 >>> 0); print(-1 >> 31); print(2 ** 32 >> 0); print(2 ** 31 | 0); print(~5); print(5 & 3); print(5 ^ 3); print(1e10 | 0); print(NaN | 0); print(-1.9 | 0); print(0xdeadbeef | 0); print(2 ** 53 | 0); print(1.5e300 >>> 0);
//= 2
//= -2
//= 2
//= -0
//= 1.5
//= NaN
//= NaN
//= 2
//= Infinity
//= -Infinity
//= NaN
//= 0.30000000000000004
//= 2
//= 1
//= 4294967295
//= -1
//= 0
//= -2147483648
//= -6
//= 1
//= 6
//= 1410065408
//= 0
//= -1
//= -559038737
//= 0
//= 0

//# encodeURIComponent and its like
print(encodeURIComponent("a b&c/d?\u00e9\u{1F600}")); print(encodeURI("a b&c/d?\u00e9#x")); print(decodeURIComponent("a%20b%26%C3%A9%F0%9F%98%80")); print(decodeURI("a%20b%26%2F")); print(encodeURIComponent("-_.!~*'()")); print(encodeURIComponent()); print(decodeURIComponent("%41%7f")); print(encodeURI(";/?:@&=+$,#")); print(decodeURI("%23%41"));
for (const f of [() => encodeURIComponent("\ud83d"), () => decodeURIComponent("%"), () => decodeURIComponent("%zz"), () => decodeURIComponent("%C3"), () => decodeURIComponent("%C3%28"), () => decodeURIComponent("%80"), () => decodeURIComponent("%ED%A0%80"), () => decodeURIComponent("%C0%80"), () => decodeURIComponent("%F8%80%80%80%80"), () => decodeURI("%E0%A4%A")]) try { print(f()); } catch (e) { print(e); }
//= 'a%20b%26c%2Fd%3F%C3%A9%F0%9F%98%80'
//= 'a%20b&c/d?%C3%A9#x'
//= 'a b&\u00e9\ud83d\ude00'
//= 'a b%26%2F'
//= '-_.!~*'()'
//= 'undefined'
//= 'A\u007f'
//= ';/?:@&=+$,#'
//= '%23A'
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError
//= URIError

//# toExponential of a number just below a power of ten
print((1e-7).toExponential(20));
print((1e-7).toExponential(21));
print((9.5).toExponential(0));
print((0.000001).toPrecision(25));
print((5e-324).toPrecision(30));
//= '9.99999999999999954748e-8'
//= '9.999999999999999547481e-8'
//= '1e+1'
//= '9.999999999999999547481118e-7'
//= '4.94065645841246544176568792868e-324'
