// ECMAScript 2023, 12 Lexical grammar.

//# expressions/template-literal
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(`a${1}${"b"}c`); print(`\u{1F600}`); print(`a
b`);
fails(() => `${Symbol()}`); let order = []; `${order.push(1)}${order.push(2)}`; print(order.length); print(`\
x`); print(`${`${1}`}`);
print(`${{ toString() { return "t"; }, valueOf() { return "v"; } }}`);
//= 'a1bc'
//= '\ud83d\ude00'
//= 'a\u000ab'
//= TypeError
//= 2
//= 'x'
//= '1'
//= 't'

//# identifiers/unicode
let \u0061b = 1; print(ab); let ünï = 2, $ = 3, _ = 4, 变量 = 5, ℮ = 6, a\u{62}c = 7; print(ünï + $ + _ + 变量 + ℮ + abc);
let o = { \u0069f: 1, class: 2, "\u{61}": 3 }; print(o.if + o.class + o.a); print(o.\u0069f); let a\u200C = 8; print(a\u200C); let 𠮷 = 9; print(𠮷);
//= 1
//= 27
//= 6
//= 1
//= 8
//= 9

//# types/number
print(0.1 + 0.2); print(1e21 + ""); print(String(1e-7)); print(123456789012345680000 + ""); print(5e-324 + ""); print(1.7976931348623157e308 * 10);
print(1_000.5_5); print(0xFF_FF); print(.5 + 5.); print(0B11 + 0O17); print(-0 + ""); print([-0] + ""); print(9007199254740993);
//= 0.30000000000000004
//= '1e+21'
//= '1e-7'
//= '123456789012345680000'
//= '5e-324'
//= Infinity
//= 1000.55
//= 65535
//= 5.5
//= 18
//= '0'
//= '0'
//= 9007199254740992

//# types/string
print("\x41\u0042\u{43}\0"); print("\u{10FFFF}".length); print("a\
b"); print("\'\"\\\b\f\n\r\t\v".length); print("\q"); print("\u2028\u2029".length);
print(" ".length); print("abc"[1]); print("abc"[-1]); print("abc"["1"]); print("abc"["01"]);
//= 'ABC\u0000'
//= 2
//= 'ab'
//= 9
//= 'q'
//= 2
//= 1
//= 'b'
//= undefined
//= 'b'
//= undefined
