// ECMAScript 2023, 13.6-9 Arithmetic and shift operators.

//# expressions/addition/order
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {}
let log = [];
let a = { valueOf() { log.push("a"); return 1; } }, b = { valueOf() { log.push("b"); throw new E(); } }; fails(() => a + b); print(log); log = [];
fails(() => (log.push(1), a) - (log.push(2), b)); print(log);
//= Error
//= ['a', 'b']
//= Error
//= [1, 2, 'a', 'b']

//# expressions/exponentiation/values
print(NaN ** 0); print(1 ** Infinity); print((-1) ** -Infinity); print((-2) ** 3); print((-0) ** -3); print((-0) ** 3); print((-8) ** (1 / 3));
print(2 ** 3 ** 2); let b = 2; b **= 3; print(b);
//= 1
//= NaN
//= NaN
//= -8
//= -Infinity
//= -0
//= NaN
//= 512
//= 8

//# expressions/modulus/values
print(-1 % -1); print(1 % 0); print(Infinity % 1); print(5 % Infinity); print(-0 % 1); print(1.5 % 1); print(-5 % 3);
//= -0
//= NaN
//= NaN
//= 5
//= -0
//= 0.5
//= -2

//# expressions/shift
print(1 << 32); print(1 << -1); print(-1 >>> 0); print(2 ** 32 + 5 >> 0); print(NaN << 1); print(Infinity >>> 1); print(-2147483649 | 0); print(~-1);
print(1e21 | 0); print(-4294967297 >>> 0); print(2.9 ^ 1.1);
//= 1
//= -2147483648
//= 4294967295
//= 5
//= 0
//= 0
//= 2147483647
//= 0
//= -559939584
//= 4294967295
//= 3
