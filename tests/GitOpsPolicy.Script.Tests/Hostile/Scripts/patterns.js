// Regular expressions that take long elsewhere, and much text for them. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# replace with many references
const s = "ab".repeat(10000); s.replace(/(a)(b)/g, "$1$2$&".repeat(3000));
//= budget

//# split by an empty pattern
const s = "x".repeat(1000000); for (;;) s.split(/(?:)/);
//= budget

//# a regular expression that backtracks elsewhere
/^(a+)+$/.test("a".repeat(100000) + "!"); for (;;);
//= budget

//# nested stars on long text
const s = "a".repeat(100000) + "b"; for (;;) /(a*)*c/.test(s);
//= budget

//# many alternatives on long text
const s = "a".repeat(20000); for (;;) /(a|a|a|a|a|a|a|a)*b/.test(s);
//= budget

//# polynomial pattern on long text
const s = "x".repeat(100000); for (;;) /.*.*.*=.*/.test(s);
//= budget

//# lookaheads on long text
const s = "a".repeat(100000); for (;;) /(?=(a+)b)(?!a+c)x/.test(s);
//= budget

//# lookbehind on long text
const s = "a".repeat(100000); for (;;) /(?<=(?:a|aa)+)b/.test(s);
//= budget

//# match of everything
const s = "a".repeat(1000000); for (;;) s.match(/a/g);
//= budget

//# matchAll of everything
const s = "a".repeat(1000000); for (;;) [...s.matchAll(/(a)(b)?/g)];
//= budget

//# patterns made for ever
for (let i = 0; ; i++) new RegExp("(a{1,50}){1,50}" + i);
//= budget

//# a long pattern made for ever
const p = "(?:ab|cd)".repeat(500); for (;;) new RegExp(p, "i");
//= budget

//# a pattern too large
new RegExp("(a{1000}){1000}");
//= throws SyntaxError

//# a literal pattern too large
/((a{1000}){1000}){1000}/;
//= load

//# a pattern nested too deep
new RegExp("(".repeat(100000) + ")".repeat(100000));
//= budget

//# a character class of many ranges
const p = "[" + Array.from({ length: 20000 }, (_, i) => String.fromCharCode(0x4e00 + i * 2 % 20000)).join("") + "]"; for (;;) new RegExp(p, "iu");
//= budget

//# backreferences
/(a+)\1+b/.test("a");
//= load

//# exec with an empty match for ever
const r = /(?:)/g; while (r.exec("a".repeat(10))) r.lastIndex = 0;
//= budget

//# a pattern made worse by each turn
/(a+)+$/.test("a".repeat(50000) + "b"); for (;;) /(a*)*b/.test("a".repeat(1000));
//= budget

//# stars of stars of stars
const s = "a".repeat(50000); for (;;) /((a*)*)*b/.test(s);
//= budget

//# optional after optional
const s = "a".repeat(30); for (;;) /a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaab/.test(s);
//= budget

//# alternatives that share a start
const s = "ab".repeat(50000); for (;;) /(?:a|ab|aba|abab)*c/.test(s);
//= budget

//# a lazy star before a lazy star
const s = "x".repeat(50000); for (;;) /.*?.*?.*?=y/.test(s);
//= budget

//# counted repetitions of counted repetitions
const s = "a".repeat(20000); for (;;) /(?:a{1,30}){1,30}b/.test(s);
//= budget

//# lookaheads of lookaheads
const s = "a".repeat(50000); for (;;) /(?=(?=(?=a*b)a*b)a*b)x/.test(s);
//= budget

//# lookbehind at each place
const s = "a".repeat(50000); for (;;) /(?<=a*a*a*)b/.test(s);
//= budget

//# lookbehind with a star, replaced
const s = "ab".repeat(30000); for (;;) s.replace(/(?<=(ab)*)b/g, "$1");
//= budget

//# an email address that is none
const s = "a".repeat(50000) + "!"; for (;;) /^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$/.test(s);
//= budget

//# white space at the end
const s = " ".repeat(50000) + "x"; for (;;) s.replace(/\s+$/, "");
//= budget

//# words at the end
const s = "a ".repeat(30000) + "!"; for (;;) /^(\w+\s?)*$/.test(s);
//= budget

//# sticky matches for ever
const r = /a/y, s = "a".repeat(1000); for (;;) { r.lastIndex = 0; while (r.test(s)); }
//= budget

//# exec of each place
const r = /(?:)/g, s = "a".repeat(100000); for (;;) { r.lastIndex++; if (!r.exec(s)) r.lastIndex = 0; }
//= budget

//# search of long text
const s = "a".repeat(1000000); for (;;) s.search(/b/);
//= budget

//# split into letters with captures
const s = "ab".repeat(200000); for (;;) s.split(/(a)(b)?/);
//= budget

//# matchAll with many groups
const s = "abcdefghij".repeat(20000); for (;;) [...s.matchAll(/(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)/g)];
//= budget

//# named groups of everything
const s = "ab".repeat(100000); for (;;) s.replace(/(?<x>a)(?<y>b)/g, "$<y>$<x>$<y>$<x>");
//= budget

//# indices of everything
const s = "ab".repeat(100000); for (;;) [...s.matchAll(/(a)(b)/dg)];
//= budget

//# ignoring case of all letters
const s = "\u0130\u00df\u01c4".repeat(30000); for (;;) /[\u00c0-\u024f]+x/iu.test(s);
//= budget

//# properties of all characters
const s = "\u0430".repeat(50000); for (;;) /\p{Lu}+\p{N}/u.test(s);
//= budget

//# a pattern of a thousand groups
const p = "(a)".repeat(500); for (;;) new RegExp(p).test("a".repeat(500));
//= budget

//# a pattern of many alternatives
const p = Array.from({ length: 1000 }, (_, i) => "k" + i).join("|"), r = new RegExp(p), s = "k".repeat(20000); for (;;) r.test(s);
//= budget

//# a pattern from long text
let p = "a"; for (;;) { p += p; new RegExp(p); }
//= throws SyntaxError

//# a pattern of classes
const p = "[a-z0-9]".repeat(1000); for (;;) new RegExp(p, "iu");
//= budget

//# a pattern with an unclosed group, for ever
for (;;) try { new RegExp("(".repeat(50)); } catch { }
//= budget

//# replace with a function, of each letter, doubled
let s = "ab"; for (;;) s = s.replace(/./g, c => c + c);
//= budget

//# replace that returns everything before
let s = "abcabc".repeat(100); for (;;) s = s.replace(/c/g, "$`");
//= budget
