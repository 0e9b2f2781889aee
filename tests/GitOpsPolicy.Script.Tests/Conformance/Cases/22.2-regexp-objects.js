// ECMAScript 2023, 22.2 RegExp objects.

//# RegExp/constructor
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(RegExp("a", "g").flags); let r = /x/i; print(RegExp(r) === r);
print(new RegExp(r) === r); print(new RegExp(r, "g").flags); print(new RegExp(r).flags); print(new RegExp().source); print(new RegExp("/").source);
print(new RegExp("\n").source); print(String(/a\/b/g)); fails(() => RegExp("(")); fails(() => RegExp("a", "gg")); fails(() => RegExp("a", "x"));
fails(() => RegExp("{", "u")); fails(() => RegExp("\\", "")); fails(() => RegExp("[b-a]")); fails(() => RegExp("a**"));
fails(() => RegExp("(?<a>.)(?<a>.)")); print(new RegExp(undefined).source); print(new RegExp("a", undefined).flags); print(/a/dgimsuy.flags);
print(RegExp.prototype.source); print(RegExp.prototype.flags); print(RegExp.prototype.global); print(RegExp.prototype.toString());
fails(() => Object.getOwnPropertyDescriptor(RegExp.prototype, "global").get.call({}));
print(RegExp.prototype.toString.call({ source: "a", flags: "b" }));
print(Object.getOwnPropertyDescriptor(RegExp.prototype, "flags").get.call({ global: 1, unicode: true }));
//= 'g'
//= true
//= false
//= 'g'
//= 'i'
//= '(?:)'
//= '\u005c/'
//= '\u005cn'
//= '/a\u005c/b/g'
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= '(?:)'
//= ''
//= 'dgimsuy'
//= '(?:)'
//= ''
//= undefined
//= '/(?:)/'
//= TypeError
//= '/a/b'
//= 'gu'

//# RegExp/exec
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let r = /a(b)?(?<n>c)/dgi; let m = r.exec("xAC"); print(m[0]);
print(m.groups.n); print(Object.getPrototypeOf(m.groups)); print(m.indices[2].join()); print(m.indices.groups.n[0]); print(m.indices[1]);
print(r.lastIndex); print(r.exec("xAC")); print(r.lastIndex); let y = /b/y; print(y.test("ab")); y.lastIndex = 1; print(y.test("ab"));
print(y.lastIndex); print(Object.getOwnPropertyDescriptor(/a/, "lastIndex")); print(Object.keys("a".match(/a/))); let f = /a/g;
f.lastIndex = { valueOf() { return 1; } }; print(f.exec("aa").index); f = /a/g; f.lastIndex = -1; print(f.exec("aa").index); f.lastIndex = Infinity;
print(f.exec("aa")); let fz = Object.freeze(/a/); print(fz.test("a")); let fg = Object.freeze(/a/g); fails(() => fg.test("a"));
fails(() => RegExp.prototype.exec.call({})); print(/undefined/.test()); print(/null/.exec(null)[0]);
//= 'AC'
//= 'C'
//= null
//= '2,3'
//= 2
//= undefined
//= 3
//= null
//= 0
//= false
//= true
//= 2
//= {value: 0, writable: true, enumerable: false, configurable: false}
//= ['0', 'index', 'input', 'groups']
//= 1
//= 0
//= null
//= true
//= TypeError
//= TypeError
//= true
//= 'null'

//# RegExp/semantics
print(/^(?:a|ab)(?:c|bcd)(?:d*)$/.exec("abcd")[0]); print(/((a)|(ab))((c)|(bc))/.exec("abc").map(String)); print(/a[a-z]{2,4}?/.exec("abcdefghi")[0]);
print(/(z)((a+)?(b+)?(c))*/.exec("zaacbbbcac").map(String)); print(/(?=(a+))/.exec("baaabac")[1]); print(/(?<=\$)\d+/.exec("a$42")[0]);
print(/(?<!\$)\b\d+/.exec("$42 17")[0]); print(/\bfoo\b/.test("a foo b")); print(/[^]/.test("\n")); print(/[]/.test("a")); print(/a.c/.test("a\nc"));
print(/a.c/s.test("a\nc")); print("a\nb".match(/^./gm)); print(/\u{1F600}/u.test("\u{1F600}")); print(/^.$/u.test("\u{1F600}"));
print(/^.$/.test("\u{1F600}")); print(/[\u{1F600}-\u{1F64F}]/u.test("\u{1F610}")); print(/\u212a/i.test("k")); print(/\u212a/iu.test("k"));
print(/ſ/i.test("s")); print(/ſ/iu.test("s")); print(/\cA/.test("\x01")); print(/[\b]/.test("\b")); print(/\0/.test("\0"));
print(/(?:)*?x/.test("x")); print(/(?:a*)*/.exec("aab")[0]); print(/(a*)*/.exec("b")[1]); print(/\p{Lu}/u.test("É")); print(/\P{L}/u.test("1"));
print(/[^\W]/iu.test("ſ")); print(/\w/iu.test("ſ")); print(/$^/m.test("\n")); print(/x{0}/.exec("x")[0]); print(/(?!a)b/.test("b"));
print(/a|/.exec("b")[0]); print(/\s/.test("\uFEFF")); print(/\d/.test("\u0660"));
//= 'abcd'
//= ['abc', 'a', 'a', 'undefined', 'bc', 'undefined', 'bc']
//= 'abc'
//= ['zaacbbbcac', 'z', 'ac', 'a', 'undefined', 'c']
//= 'aaa'
//= '42'
//= '17'
//= true
//= true
//= false
//= false
//= true
//= ['a', 'b']
//= true
//= true
//= false
//= true
//= false
//= true
//= false
//= true
//= true
//= true
//= true
//= true
//= 'aa'
//= undefined
//= true
//= true
//= true
//= true
//= true
//= ''
//= true
//= ''
//= true
//= false
