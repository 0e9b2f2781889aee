// ECMAScript 2023, 22.1 String objects.

//# String/at-charAt-codePoint
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print("abc".at(-1)); print("abc".at(NaN)); print("abc".charAt("1"));
print("abc".charAt(3)); print("abc".charCodeAt(-1)); print("\uD83D\uDE00".codePointAt(0)); print("\uD83D\uDE00".codePointAt(1));
print("a".codePointAt(1)); print(String.prototype.charAt.call(12345, 2)); print(String.prototype.at.call({ toString() { return "z"; } }, 0));
fails(() => "".charAt(Symbol()));
//= 'c'
//= 'a'
//= 'b'
//= ''
//= NaN
//= 128512
//= 56832
//= undefined
//= '3'
//= 'z'
//= TypeError

//# String/case
print("ß".toUpperCase()); print("İ".toLowerCase()); print("ΑΣ".toLowerCase()); print("Σ".toLowerCase()); print("ﬁ".toUpperCase());
print("\u{10428}".toUpperCase()); print("ŉ".toUpperCase()); print("ΑΣΒ".toLowerCase()); print("A\u00ADΣ".toLowerCase()); print("ǰ".toUpperCase());
print("ᾳ".toUpperCase());
//= 'SS'
//= 'i\u0307'
//= '\u03b1\u03c2'
//= '\u03c3'
//= 'FI'
//= '\ud801\udc00'
//= '\u02bcN'
//= '\u03b1\u03c3\u03b2'
//= 'a\u00ad\u03c2'
//= 'J\u030c'
//= '\u0391\u0399'

//# String/fromCharCode-raw
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(String.fromCharCode(65, 65536 + 66, -1).length);
print(String.fromCodePoint(0x1F600).length); fails(() => String.fromCodePoint(-1)); fails(() => String.fromCodePoint(0x110000));
fails(() => String.fromCodePoint(1.5)); print(String.raw({ raw: "abc" }, 1, 2)); print(String.raw({ raw: { length: 2, 0: "x", 1: "y" } }, "-"));
fails(() => String.raw()); print(String.raw({ raw: [] }, 1)); print(String.fromCharCode());
//= 3
//= 2
//= RangeError
//= RangeError
//= RangeError
//= 'a1b2c'
//= 'x-y'
//= TypeError
//= ''
//= ''

//# String/match-matchAll-search
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print("a1b2".match(/\d/g)); print("abc".match(/z/g));
let m = "abc".match(/(b)(x)?/); print(m.index); print(m.input); print(m.length); print(m[2]); print(m.groups); print("abc".search(/c/));
print("abc".search("z")); print([..."a1b2".matchAll(/[a-z](\d)/g)].map(x => x[1])); fails(() => "a".matchAll(/a/));
print([..."aa".matchAll("a")].length); let re = /a/g; re.lastIndex = 1; print([..."aa".matchAll(re)].length); print(re.lastIndex);
print("abc".match()[0]); print("a.c".match(".")[0]); print("".match(/(?:)/g)); print("ab".match(/(?:)/g)); print("\u{1F600}".match(/(?:)/gu));
print("abc".match(/b/d).indices[0].join());
//= ['1', '2']
//= null
//= 1
//= 'abc'
//= 3
//= undefined
//= undefined
//= 2
//= -1
//= ['1', '2']
//= TypeError
//= 2
//= 1
//= 1
//= ''
//= 'a'
//= ['']
//= ['', '', '']
//= ['', '']
//= '1,2'

//# String/pad-repeat-trim
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print("a".padStart(5, "xy")); print("a".padEnd(3));
print("a".padStart(3, "")); print("abc".padStart(2)); print("ab".repeat(3)); fails(() => "a".repeat(-1)); fails(() => "a".repeat(Infinity));
print("".repeat(2 ** 28)); print(" \t\n\v\f\r\u00A0\uFEFF\u1680\u2000\u200A\u2028\u2029\u202F\u205F\u3000a ".trim()); print("\u180Ea".trim());
print(" a ".trimStart()); print(" a ".trimEnd()); print("\u200Ba".trim().length); print("a".padEnd(4, undefined).length);
//= 'xyxya'
//= 'a  '
//= 'a'
//= 'abc'
//= 'ababab'
//= RangeError
//= RangeError
//= ''
//= 'a'
//= '\u180ea'
//= 'a '
//= ' a'
//= 2
//= 4

//# String/replace
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print("abcb".replace("b", "[$&$`$'$$]"));
print("abc".replace(/(b)/, "$1$01$2$10")); print("aaa".replaceAll("a", (m, p, s) => p + s));
print("john smith".replace(/(?<f>\w+) (?<l>\w+)/, "$<l> $<f>")); print("abc".replace(/(?<x>b)/, "[$<y>]")); print("abc".replace("b", "$<x>"));
fails(() => "a".replaceAll(/a/, "")); print("aXbX".replaceAll(/x/gi, "-")); print("abc".replace("", "_")); print("abc".replaceAll("", "_"));
print("abc".replace(/b/, undefined)); let args; "abc".replace(/(?<n>b)(x)?/, (...a) => { args = a; return ""; }); print(args.length); print(args[2]);
print(args[3]); print(args[5].n); let g = /a/g; g.lastIndex = 5; "aa".replace(g, "b"); print(g.lastIndex); print("abc".replace("b", () => "$1"));
print("x".replace({ toString() { return "x"; } }, "y")); print("aaa".replace(/a/y, "b"));
//= 'a[bacb$]cb'
//= 'abb$2b0c'
//= '0aaa1aaa2aaa'
//= 'smith john'
//= 'a[]c'
//= 'a$<x>c'
//= TypeError
//= 'a-b-'
//= '_abc'
//= '_a_b_c_'
//= 'aundefinedc'
//= 6
//= undefined
//= 1
//= 'b'
//= 0
//= 'a$1c'
//= 'y'
//= 'baa'

//# String/search-methods
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print("abc".includes("")); print("abc".includes("c", 3));
fails(() => "a".includes(/a/)); fails(() => "a".startsWith(/a/)); print("abc".startsWith("b", 1)); print("abc".endsWith("b", 2));
print("abc".endsWith("", 0)); print("abc".indexOf("", 5)); print("abcabc".lastIndexOf("c", -1)); print("abcabc".lastIndexOf("abc", NaN));
print("abc".lastIndexOf("")); print("undefined".includes()); print("a1".indexOf(1)); print("abc".lastIndexOf("a", 0));
print("aaa".lastIndexOf("a", 1)); print("abc".indexOf("c", -5));
//= true
//= false
//= TypeError
//= TypeError
//= true
//= true
//= true
//= 3
//= -1
//= 3
//= 3
//= true
//= 1
//= 0
//= 1
//= 2

//# String/slice-substring
print("abc".slice(-2)); print("abc".slice(2, 1)); print("abc".substring(2, 0)); print("abc".substring(NaN, 2)); print("abc".substr(-2, 1));
print("abc".substr(1, undefined)); print("abc".slice(undefined, undefined)); print("abc".substring(-1, Infinity)); print("abc".slice(null));
//= 'bc'
//= ''
//= 'ab'
//= 'ab'
//= 'b'
//= 'bc'
//= 'abc'
//= 'abc'
//= 'abc'

//# String/split
print("a,b,c".split(",")); print("a,b,c".split(",", 2)); print("abc".split("")); print("".split("")); print("".split(","));
print("ab".split(undefined)); print("ab".split(undefined, 0)); print("a1b2c".split(/\d/)); print("a1b2c".split(/(\d)/)); print("ab".split(/(?:)/));
print("A<B>bold</B>and<CODE>coded</CODE>".split(/<(\/)?([^<>]+)>/).map(String)); print("a,b".split(",", -1)); print("a,b".split(",", 2 ** 32 + 1));
print("test".split("test")); print("".split(/a/)); print("".split(/(?:)/));
//= ['a', 'b', 'c']
//= ['a', 'b']
//= ['a', 'b', 'c']
//= []
//= ['']
//= ['ab']
//= []
//= ['a', 'b', 'c']
//= ['a', '1', 'b', '2', 'c']
//= ['a', 'b']
//= ['A', 'undefined', 'B', 'bold', '/', 'B', 'and', 'undefined', 'CODE', 'coded', '/', 'CODE', '']
//= ['a', 'b']
//= ['a']
//= ['', '']
//= ['']
//= []

//# String/wrapper
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let s = new String("abc"); print(s.length); print(s[1]);
print(typeof s); print(Object.keys(s)); print(Object.getOwnPropertyDescriptor(s, "length")); fails(() => { s[0] = "z"; });
fails(() => { s.length = 1; }); fails(() => { delete s[0]; }); s[5] = "x"; s.foo = 1; print(Object.getOwnPropertyNames(s)); print(JSON.stringify(s));
print(s + ""); print([...s].join("-")); print(s == "abc"); print(String.prototype.length); print(Object.prototype.toString.call(String.prototype));
print(new String().valueOf()); print(new String(undefined) + ""); fails(() => new String(Symbol())); print(String(Symbol("x"))); print(0 in s);
print("3" in s); fails(() => Object.defineProperty(s, "0", { value: "q" })); Object.defineProperty(s, "0", { value: "a" });
//= 3
//= 'b'
//= 'object'
//= ['0', '1', '2']
//= {value: 3, writable: false, enumerable: false, configurable: false}
//= TypeError
//= TypeError
//= TypeError
//= ['0', '1', '2', '5', 'length', 'foo']
//= '"abc"'
//= 'abc'
//= 'a-b-c'
//= true
//= 0
//= '[object String]'
//= ''
//= 'undefined'
//= TypeError
//= 'Symbol(x)'
//= true
//= false
//= TypeError
