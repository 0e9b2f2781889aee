// Numbers that take long to read or to write. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# apply with a giant list
Math.max.apply(null, { length: 2 ** 31 });
//= budget

//# Math.max of a long spread
const a = Array(100000).fill(1); for (;;) Math.max(...a);
//= budget

//# toFixed for ever
for (;;) (1e20 / 3).toFixed(100);
//= budget

//# toString in radix 2 for ever
for (;;) (1.7976931348623157e308).toString(2);
//= budget

//# toPrecision of the least number for ever
for (;;) (5e-324).toPrecision(100);
//= budget

//# parseInt of long text
const s = "1".repeat(1000000); for (;;) parseInt(s);
//= budget

//# parseFloat of long text
const s = "1." + "1".repeat(1000000); for (;;) parseFloat(s);
//= budget

//# Number of long text
const s = "1".repeat(1000000); for (;;) Number(s);
//= budget

//# Number of white space
const s = " ".repeat(1000000); for (;;) +s;
//= budget

//# toFixed repeated
(123.456).toFixed(100).repeat(10000000);
//= budget

//# parseInt of thirty million digits
parseInt("9".repeat(30000000));
//= budget

//# toString in radix 3 of a tiny number, for ever
for (;;) (5e-324).toString(3);
//= budget

//# toExponential of everything
for (let x = 5e-324; ; x *= 1.0001) x.toExponential(100);
//= budget

//# powers of powers
let x = 2; for (;;) x = x ** 1.0000001;
//= budget

//# Math.hypot of much
const a = Array(100000).fill(1); for (;;) Math.hypot(...a);
//= budget

//# Math.max applied to much
const a = Array(100000).fill(1); for (;;) Math.max.apply(null, a);
//= budget

//# numbers made text and back for ever
for (let x = 0.1; ; x += 0.1) Number(String(x));
//= budget

//# Number of a long fraction
const s = "0." + "3".repeat(1000000); for (;;) Number(s);
//= budget

//# Number of a long hexadecimal
const s = "0x" + "f".repeat(1000000); for (;;) Number(s);
//= budget

//# parseFloat of a long exponent
const s = "1e" + "9".repeat(1000000); for (;;) parseFloat(s);
//= budget
