// String and String.prototype.

//# String
print(String(1)); print(String(null)); print(String(undefined)); print(String(true)); print(String([1, [2]])); print(String({})); print(String(Symbol("x"))); print(String()); print(String({ toString: () => "t" })); print(String({ toString: null, valueOf: () => 5 })); print("".constructor === String); print(String.length);
try { String({ toString: null, valueOf: null }); } catch (e) { print(e); }
try { "" + Symbol(); } catch (e) { print(e); }
//= '1'
//= 'null'
//= 'undefined'
//= 'true'
//= '1,2'
//= '[object Object]'
//= 'Symbol(x)'
//= ''
//= 't'
//= '5'
//= true
//= 1
//= TypeError
//= TypeError

//# String.fromCharCode, fromCodePoint
print(String.fromCharCode(97, 65601, -1)); print(String.fromCharCode()); print(String.fromCharCode("98", 99.9)); print(String.fromCodePoint(128512, 97)); print(String.fromCodePoint());
for (const bad of [-1, 1.5, 0x110000, NaN, "x"]) try { String.fromCodePoint(bad); } catch (e) { print(e); }
//= 'aA\uffff'
//= ''
//= 'bc'
//= '\ud83d\ude00a'
//= ''
//= RangeError
//= RangeError
//= RangeError
//= RangeError
//= RangeError

//# String.raw
print(String.raw`a\n${1 + 1}b`); print(String.raw({ raw: ["x", "y", "z"] }, 1, 2, 3)); print(String.raw({ raw: "abc" }, "-", "+")); print(String.raw({ raw: [] }));
//= 'a\u005cn2b'
//= 'x1y2z'
//= 'a-b+c'
//= ''

//# at, charAt, charCodeAt, codePointAt and brackets
print("abc".at(-1)); print("abc".at(5)); print("abc".charAt(1)); print("abc".charAt(9)); print("abc".charAt(-1)); print("abc".charCodeAt(0)); print("abc".charCodeAt(9)); print("\u{1F600}".codePointAt(0)); print("\u{1F600}".codePointAt(1)); print("a".codePointAt(1)); print("\ud83dx".codePointAt(0)); print("abc"[1]); print("abc"[3]); print("abc"["1"]); print("abc"[-1]); print("abc".length); print("\u{1F600}".length); print("abc"["length"]);
//= 'c'
//= undefined
//= 'b'
//= ''
//= ''
//= 97
//= NaN
//= 128512
//= 56832
//= undefined
//= 55357
//= 'b'
//= undefined
//= 'b'
//= undefined
//= 3
//= 2
//= 3

//# concat
print("a".concat(1, null, [2])); print("".concat()); print("a".concat("b", "c"));
//= 'a1null2'
//= ''
//= 'abc'

//# includes, startsWith, endsWith
print("abcabc".includes("ca")); print("abc".includes("")); print("abc".includes("a", 1)); print("abc".includes("c", -5)); print("abc".startsWith("b", 1)); print("abc".startsWith("")); print("abc".startsWith("abcd")); print("abc".endsWith("c")); print("abc".endsWith("b", 2)); print("abc".endsWith("", 0)); print("abc".endsWith("abcd")); print("null!".includes(null)); print("abc".endsWith("a", 99));
for (const f of ["includes", "startsWith", "endsWith"]) try { "a"[f](/a/); } catch (e) { print(e); }
//= true
//= true
//= false
//= true
//= true
//= true
//= false
//= true
//= true
//= true
//= false
//= true
//= false
//= TypeError
//= TypeError
//= TypeError

//# indexOf, lastIndexOf
print("abcabc".indexOf("c")); print("abcabc".indexOf("c", 3)); print("abc".indexOf("")); print("abc".indexOf("", 9)); print("abc".indexOf("x")); print("abc".indexOf("a", -1)); print("abcabc".lastIndexOf("c")); print("abcabc".lastIndexOf("c", 4)); print("abc".lastIndexOf("")); print("abc".lastIndexOf("a", -1)); print("abc".lastIndexOf("c", NaN)); print("abc".lastIndexOf("x")); print("aXa".lastIndexOf("a", 1)); print("".indexOf("")); print("".lastIndexOf("a"));
const long = "ab".repeat(100); print(("x" + long + "y" + long + "z").indexOf(long + "z")); print((long + "y" + long).lastIndexOf(long)); print((long + long).lastIndexOf(long, 3)); print(long.indexOf(long + "c"));
//= 2
//= 5
//= 0
//= 3
//= -1
//= 0
//= 5
//= 2
//= 3
//= 0
//= 2
//= -1
//= 0
//= 0
//= -1
//= 202
//= 201
//= 2
//= -1

//# localeCompare
print("a".localeCompare("b")); print("b".localeCompare("a")); print("a".localeCompare("a")); print("a".localeCompare("B")); print("a".localeCompare("A")); print("A".localeCompare("a")); print("aB".localeCompare("Ab")); print("a".localeCompare("ab")); print("a-b".localeCompare("ab")); print("10".localeCompare("9")); print("_".localeCompare("a")); print("a b".localeCompare("ab")); print(["c", "B", "a", "A", "1", "_"].sort((x, y) => x.localeCompare(y))); print("".localeCompare("a"));
//= -1
//= 1
//= 0
//= -1
//= -1
//= 1
//= -1
//= -1
//= -1
//= -1
//= -1
//= -1
//= ['_', '1', 'a', 'A', 'B', 'c']
//= -1

//# match
print("abcabc".match(/b(c)/)[1]); print("abcabc".match(/b(c)/g)); print("abc".match(/x/)); print("abc".match(/x/g)); print("a1b22".match(/\d+/g)); print("abc".match("b").index); print("abc".match().index); print("x.y".match(".").index); const m = "2024-05".match(/(?<y>\d+)-(?<m>\d+)/); print(m.groups); print(m.input); print(m.index); print(m.length); print([...m]); print("aaa".match(/a*?/g)); print("\u{1F600}b".match(/(?:)/gu).length); print("\u{1F600}b".match(/(?:)/g).length);
//= 'c'
//= ['bc', 'bc']
//= null
//= null
//= ['1', '22']
//= 1
//= 0
//= 0
//= {y: '2024', m: '05'}
//= '2024-05'
//= 0
//= 3
//= ['2024-05', '2024', '05']
//= ['', '', '', '']
//= 3
//= 4

//# matchAll
print([..."a1b2".matchAll(/[a-z](\d)/g)].map(x => [x[0], x[1], x.index])); print([..."aXbX".matchAll("X")].map(x => x.index)); print([..."".matchAll(/x/g)]); print([..."abc".matchAll(/(?:)/g)].map(x => x.index));
try { "a".matchAll(/a/); } catch (e) { print(e); }
const g = /a/g; g.lastIndex = 1; print([..."aaa".matchAll(g)].length); print(g.lastIndex); print(Object.prototype.toString.call("a".matchAll(/a/g)));
//= [['a1', '1', 0], ['b2', '2', 2]]
//= [1, 3]
//= []
//= [0, 1, 2, 3]
//= TypeError
//= 2
//= 1
//= '[object RegExp String Iterator]'

//# normalize of plain text
print("abc".normalize()); print("abc".normalize("NFKD")); print("\u00e9".normalize()); print("caf\u00e9".normalize("NFC").length);
try { "a".normalize("x"); } catch (e) { print(e); }
//= 'abc'
//= 'abc'
//= '\u00e9'
//= 4
//= RangeError

//# padStart, padEnd
print("a".padStart(3)); print("a".padStart(5, "xy")); print("a".padEnd(4, "123")); print("abc".padStart(2)); print("a".padEnd(3, "")); print("1".padStart(3, 0)); print("a".padEnd("3", "-")); print("a".padStart(-1)); print("a".padStart(NaN, "b")); print("a".padEnd(6, "xyz"));
//= '  a'
//= 'xyxya'
//= 'a123'
//= 'abc'
//= 'a'
//= '001'
//= 'a--'
//= 'a'
//= 'a'
//= 'axyzxy'

//# repeat
print("ab".repeat(3)); print("ab".repeat(0)); print("".repeat(9)); print("a".repeat("2")); print("a".repeat(1.9)); print("".repeat(2 ** 31));
for (const bad of [-1, Infinity]) try { "a".repeat(bad); } catch (e) { print(e); }
//= 'ababab'
//= ''
//= ''
//= 'aa'
//= 'a'
//= ''
//= RangeError
//= RangeError

//# replace
print("aXbX".replace("X", "-")); print("abc".replace("b", "[$&$`$'$$]")); print("abc".replace(/b/, "<$&>")); print("abab".replace(/b/g, "x")); print("John Smith".replace(/(\w+)\s(\w+)/, "$2, $1")); print("abc".replace(/(?<x>b)/, "[$<x>$<y>]")); print("abc".replace(/b/, "[$<x>]")); print("abc".replace(/(b)/, "$01$10$2$0")); print("abc".replace("b", "$1"));
print("abc".replace(/b/, (...all) => JSON.stringify(all))); print("a1b2".replace(/[a-z](\d)/g, (m, d, at, s) => d * 2 + "@" + at)); print("abc".replace(/(?<x>b)/, (...all) => all.at(-1).x)); print("abc".replace("", "_")); print("abc".replace(/(?:)/g, "_")); print("aaa".replace(/a/y, "b")); print("baa".replace(/a/y, "b")); print("abc".replace("b", () => "$&")); print("abc".replace("x", "y")); print("a".replace("a", undefined)); print("undefined".replace(undefined, "x")); print("abc".replace(/(x)?b/, "[$1]")); print("abc".replace(/(x)?b/, (m, x) => String(x)));
print("\u{1F600}".replace(/(?:)/gu, "-")); print("\u{1F600}".replace(/(?:)/g, "-").length); print("aaa".replace(/a/g, (m, at) => at)); print("a-b-c".replace(/-/g, "$`")); print("a-b-c".replace(/-/g, "$'")); const ten = /(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)/; print("abcdefghijk".replace(ten, "$11-$1-$10-$12")); print("x".replace(/x/, "$")); print("x".replace(/x/, "$$$$")); print("x".replace(/x/, "$<")); print("ab".replace(/(?<n>a)/, "$<n")); print("ab".replace(/(a)(?<n>z)?/, "[$2$<n>]"));
//= 'a-bX'
//= 'a[bac$]c'
//= 'a<b>c'
//= 'axax'
//= 'Smith, John'
//= 'a[b]c'
//= 'a[$<x>]c'
//= 'abb0$2$0c'
//= 'a$1c'
//= 'a["b",1,"abc"]c'
//= '2@04@2'
//= 'abc'
//= '_abc'
//= '_a_b_c_'
//= 'baa'
//= 'baa'
//= 'a$&c'
//= 'abc'
//= 'undefined'
//= 'x'
//= 'a[]c'
//= 'aundefinedc'
//= '-\ud83d\ude00-'
//= 5
//= '012'
//= 'aaba-bc'
//= 'ab-cbcc'
//= 'k-a-j-a2'
//= '$'
//= '$$'
//= '$<'
//= '$<nb'
//= '[]b'

//# replaceAll
print("aXbX".replaceAll("X", "-")); print("aaa".replaceAll("aa", "b")); print("abc".replaceAll("", "_")); print("a.b.c".replaceAll(".", "$&$&")); print("abab".replaceAll(/b/g, "x")); print("aXbX".replaceAll("X", (m, at, s) => at + s.length)); print("".replaceAll("", "x"));
try { "a".replaceAll(/a/, ""); } catch (e) { print(e); }
//= 'a-b-'
//= 'ba'
//= '_a_b_c_'
//= 'a..b..c'
//= 'axax'
//= 'a5b7'
//= 'x'
//= TypeError

//# search
print("abc".search(/c/)); print("abc".search(/x/)); print("abc".search("b")); print("abc".search()); const sg = /a/g; sg.lastIndex = 2; print("bab".search(sg)); print(sg.lastIndex); print("a.c".search("."));
//= 2
//= -1
//= 1
//= 0
//= 1
//= 2
//= 0

//# slice, substring, substr
print("abcdef".slice(1, 3)); print("abcdef".slice(-3)); print("abcdef".slice(2, -1)); print("abc".slice(5)); print("abc".slice(2, 1)); print("abcdef".substring(3, 1)); print("abcdef".substring(-1, 2)); print("abcdef".substring(NaN, 3)); print("abcdef".substring(4)); print("abcdef".substr(-3, 2)); print("abcdef".substr(1)); print("abcdef".substr(1, -1)); print("abcdef".substr(2, 2)); print("abc".slice()); print("abc".slice(undefined, undefined)); print("abc".slice("1"));
//= 'bc'
//= 'def'
//= 'cde'
//= ''
//= ''
//= 'bc'
//= 'ab'
//= 'abc'
//= 'ef'
//= 'de'
//= 'bcdef'
//= ''
//= 'cd'
//= 'abc'
//= 'abc'
//= 'bc'

//# split
print("a,b,,c".split(",")); print("abc".split("")); print("abc".split()); print("".split("")); print("".split(",")); print("a,b,c".split(",", 2)); print("a,b".split(",", 0)); print("abc".split("abc")); print("a1b2c".split(/\d/)); print("a1b2c".split(/(\d)/)); print("abc".split(/(?:)/)); print("".split(/(?:)/)); print("".split(/x/)); print("a b  c".split(/\s+/)); print("abc".split(/(b)/, 2)); print("A<B>bold</B>".split(/<(\/)?([^<>]+)>/)); print("test".split("t")); print("ab".split(/a*?/)); print("ab".split(/a*/)); print("aXbX".split("X", -1)); print("a,b".split(",", 1.9)); print("\u{1F600}a".split("")); print("\u{1F600}a".split(/(?:)/u)); print("xaax".split(/a/)); print("a1b1".split(1)); print("anullb".split(null)); print("aaa".split(/a/y)); print("abab".split(/(?=b)/)); print("abc".split("", 2)); print("a\nb\r\nc".split(/\r?\n/));
//= ['a', 'b', '', 'c']
//= ['a', 'b', 'c']
//= ['abc']
//= []
//= ['']
//= ['a', 'b']
//= []
//= ['', '']
//= ['a', 'b', 'c']
//= ['a', '1', 'b', '2', 'c']
//= ['a', 'b', 'c']
//= []
//= ['']
//= ['a', 'b', 'c']
//= ['a', 'b']
//= ['A', undefined, 'B', 'bold', '/', 'B', '']
//= ['', 'es', '']
//= ['a', 'b']
//= ['', 'b']
//= ['a', 'b', '']
//= ['a']
//= ['\ud83d', '\ude00', 'a']
//= ['\ud83d\ude00', 'a']
//= ['x', '', 'x']
//= ['a', 'b', '']
//= ['a', 'b']
//= ['', '', '', '']
//= ['a', 'ba', 'b']
//= ['a', 'b']
//= ['a', 'b', 'c']

//# toLowerCase, toUpperCase
print("AbC".toLowerCase()); print("AbC".toUpperCase()); print("stra\u00dfe".toUpperCase()); print("\u0130".toLowerCase()); print("\u03a3\u0391\u03a3".toLowerCase()); print("\u03a3".toLowerCase()); print("A\u03a3 B".toLowerCase()); print("a\u03a3.b".toLowerCase()); print("\ufb01".toUpperCase()); print("\u0149".toUpperCase()); print("\u1f80".toUpperCase()); print("\u{10428}".toUpperCase()); print("\u{10400}".toLowerCase()); print("\u0131\u017f".toUpperCase()); print("\u01c5".toLowerCase()); print("\u01c5".toUpperCase()); print("\u10d0".toUpperCase()); print("\u1c90".toLowerCase()); print("\u212a".toLowerCase()); print("\ud83d".toUpperCase()); print("\u00e9".toLocaleUpperCase()); print("\u00b5".toUpperCase());
//= 'abc'
//= 'ABC'
//= 'STRASSE'
//= 'i\u0307'
//= '\u03c3\u03b1\u03c2'
//= '\u03c3'
//= 'a\u03c2 b'
//= 'a\u03c3.b'
//= 'FI'
//= '\u02bcN'
//= '\u1f08\u0399'
//= '\ud801\udc00'
//= '\ud801\udc28'
//= 'IS'
//= '\u01c6'
//= '\u01c4'
//= '\u1c90'
//= '\u10d0'
//= 'k'
//= '\ud83d'
//= '\u00c9'
//= '\u039c'

//# trim, trimStart, trimEnd
print("  a b ".trim()); print(" a ".trimStart()); print(" a ".trimEnd()); print("\ufeff\u00a0\u2003a\u2028\u3000".trim()); print("\u200ba".trim()); print("   ".trim()); print("\u180ea".trim()); print("\t\n\v\f\r ".trim().length);
//= 'a b'
//= 'a '
//= ' a'
//= 'a'
//= '\u200ba'
//= ''
//= '\u180ea'
//= 0

//# toString, valueOf, iteration
print("a".toString()); print("a".valueOf()); print([..."a\u{1F600}\ud83d"]); print("ab"[Symbol.iterator]().next()); print(Object.prototype.toString.call(""[Symbol.iterator]())); print(typeof "a".valueOf()); let out = ""; for (const c of "xyz") out = c + out; print(out);
try { String.prototype.toString.call(1); } catch (e) { print(e); }
//= 'a'
//= 'a'
//= ['a', '\ud83d\ude00', '\ud83d']
//= {value: 'a', done: false}
//= '[object String Iterator]'
//= 'string'
//= 'zyx'
//= TypeError

//# comparing
print("a" < "b"); print("a" < "B"); print("10" < "9"); print("10" < 9); print("a" === "a"); print("\u{1F600}" < "\uff5e"); print("" < "a"); print("abc" < "abd"); print("Z" < "a"); print("a" > null); print("b" > "a" && "a" >= "a"); print("\u00e9" > "z");
//= true
//= false
//= true
//= false
//= true
//= true
//= true
//= true
//= true
//= false
//= true
//= true

//# methods on null and undefined, and on other values
for (const name of ["at", "charAt", "concat", "includes", "indexOf", "match", "padEnd", "repeat", "replace", "slice", "split", "toUpperCase", "trim"]) try { String.prototype[name].call(undefined, ""); print(name); } catch (e) { print(e); }
print(String.prototype.slice.call(12345, 1, 3)); print(String.prototype.toUpperCase.call(true)); print(String.prototype.split.call([1, 2], ",")); print(Array.prototype.includes.call("abc", "b"));
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= '23'
//= 'TRUE'
//= ['1', '2']
//= true

//# arguments are converted in order
const order = []; const arg = name => ({ toString() { order.push(name); return name; }, valueOf() { order.push("v" + name); return 1; } }); "abc".replace(arg("a"), arg("b")); "abc".indexOf(arg("c"), arg("d")); "abc".padStart(arg("e"), arg("f")); "abc".slice(arg("g"), arg("h")); print(order);
//= ['a', 'b', 'c', 'vd', 've', 'vg', 'vh']
