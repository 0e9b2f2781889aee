// Text that grows, or takes long to look at. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# repeat of a huge count
"a".repeat(2 ** 30);
//= budget

//# repeat of repeat
let s = "abcdefgh"; while (true) s = s.repeat(8);
//= budget

//# doubling by concatenation
let s = "x"; while (true) s += s;
//= budget

//# doubling by template
let s = "x"; while (true) s = `${s}${s}`;
//= budget

//# doubling by concat
let s = "x"; while (true) s = s.concat(s, s);
//= budget

//# padEnd to the limit
"".padEnd(2 ** 30, "ab");
//= budget

//# padStart to the limit
"a".padStart(2 ** 31 - 2);
//= budget

//# padding with a long filler, many times
const f = "y".repeat(100000); for (;;) "".padEnd(1000000, f);
//= budget

//# join of arrays within arrays
let a = ["x"]; for (let i = 0; i < 60; i++) a = [a, a]; a.join();
//= budget

//# replaceAll that grows
let s = "aaaaaaaaaaaaaaaa"; for (;;) s = s.replaceAll("a", "aaaaaaaaaaaaaaaa");
//= budget

//# replace with everything before and after
const s = "x".repeat(20000); s.replace(/x/g, "$`$'");
//= budget

//# replace by a function that returns much
const big = "z".repeat(100000); "a".repeat(10000).replace(/a/g, () => big);
//= budget

//# split into everything, again and again
const s = "x".repeat(100000); for (;;) s.split("");
//= budget

//# encodeURIComponent that triples
let s = "\u00e9".repeat(1000); for (;;) s = encodeURIComponent(s);
//= budget

//# indexOf made slow
const hay = "a".repeat(2000000), needle = "a".repeat(1000000) + "b"; for (;;) hay.indexOf(needle);
//= budget

//# lastIndexOf made slow
const hay = "a".repeat(2000000), needle = "b" + "a".repeat(1000000); for (;;) hay.lastIndexOf(needle);
//= budget

//# includes in a long text, for ever
const hay = "ab".repeat(1000000); for (;;) hay.includes("ac");
//= budget

//# startsWith of long texts
const a = "a".repeat(1000000); for (;;) a.startsWith(a);
//= budget

//# comparing long texts
const a = "a".repeat(1000000), b = "a".repeat(999999) + "b"; for (;;) a < b;
//= budget

//# equality of long texts
const a = "a".repeat(1000000), b = ("a".repeat(999999) + "a"); let n = 0; for (;;) if (a === b) n++;
//= budget

//# upper case of long text
const s = "\u00df".repeat(1000000); for (;;) s.toUpperCase();
//= budget

//# trim of white space
const s = " ".repeat(1000000) + "x" + " ".repeat(1000000); for (;;) s.trim();
//= budget

//# localeCompare of long text
const s = "a".repeat(1000000); for (;;) s.localeCompare(s);
//= budget

//# normalize of long text
const s = "a".repeat(1000000); for (;;) s.normalize("NFD");
//= budget

//# String.raw of a giant
String.raw({ raw: { length: 2 ** 31 } });
//= budget

//# replace callback that replaces
const f = s => s.replace(/a/, f); f("aa");
//= deep

//# ever longer text
let s = ""; for (;;) s += "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
//= budget

//# text made long at the front
let s = ""; for (;;) s = "x" + s;
//= budget

//# text built and looked at
let s = ""; for (;;) { s += "xy"; if (s[s.length - 1] === "z") break; }
//= budget

//# a long text mapped into longer ones
"a".repeat(100000).split("").map(x => x.repeat(100000)).join("");
//= budget

//# encodeURIComponent of ten million
encodeURIComponent("\u00e9".repeat(10000000));
//= budget

//# decodeURIComponent of much
const s = "%41".repeat(300000); for (;;) decodeURIComponent(s);
//= budget

//# templates within templates that grow
let s = "x"; for (;;) s = `${`${s}${`${s}`}`}`;
//= budget

//# String.raw that grows
let s = "x"; for (;;) s = String.raw`${s}${s}`;
//= budget

//# a tag that joins what it is given
const t = (s, ...v) => v.join(s.raw[0]); let x = "x"; for (;;) x = t`${x}${x}${x}`;
//= budget

//# substring of long text, kept
const a = [], s = "x".repeat(100000); for (;;) a.push(s.slice(1));
//= budget

//# split and join that grows
let s = "aXa"; for (;;) s = s.split("X").join("aXaXa");
//= budget

//# split by a long text
const s = "ab".repeat(200000); for (;;) s.split("ab".repeat(1000));
//= budget

//# replaceAll by a function that returns its input twice
let s = "abcdefgh"; for (;;) s = s.replaceAll(/./g, m => m + m);
//= budget

//# replaceAll of nothing
let s = "abc"; for (;;) s = s.replaceAll("", "--");
//= budget

//# replace with what was matched, twice
let s = "abc"; for (;;) s = s.replace(/^.*$/, "$&$&");
//= budget

//# at of every place in long text
const s = "x".repeat(10000); for (;;) for (let i = 0; i < s.length; i++) s.at(-i);
//= budget

//# code points of long text
const s = "\ud83d\ude00".repeat(100000); for (;;) Array.from(s, x => x.codePointAt(0));
//= budget

//# padStart that grows with its own length
let s = "x"; for (;;) s = s.padStart(s.length * 2, s);
//= budget

//# lower case of text that gets longer
let s = "\u0130"; for (;;) s = s.toLowerCase().toUpperCase() + s;
//= budget

//# sentences compared letter by letter
const a = "a".repeat(50000), b = a + "b"; for (;;) a.localeCompare(b);
//= budget

//# text as a key, ever longer
let k = "k"; const o = {}; for (;;) { k += k; o[k] = 1; }
//= budget

//# concat of many arguments
const a = Array(10000).fill("0123456789"); for (;;) "".concat(...a);
//= budget

//# isWellFormed and such of what is not text, for ever
for (;;) String(null).concat(undefined, true, 1);
//= budget
