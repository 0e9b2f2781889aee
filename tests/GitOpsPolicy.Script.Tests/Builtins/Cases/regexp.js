// RegExp objects. What patterns match is in RegularExpressions/patterns.cases.jsonl.

//# making
print(/a/g.source); print(/a/gi.flags); print(String(/a\/b/)); print(new RegExp("a/b").source); print(String(new RegExp("a/b"))); print(new RegExp("").source); print(String(new RegExp(""))); print(new RegExp("\n").source); print(new RegExp("[/]").source); print(RegExp("a", "dgimsuy").flags); print(new RegExp(/x/g).flags); print(new RegExp(/x/g, "i").flags); print(new RegExp(undefined).source); print(new RegExp("a", undefined).flags); const re = /q/; print(RegExp(re) === re); print(new RegExp(re) === re); print(RegExp.length); print(RegExp.name); print(new RegExp("\\/").source); print(new RegExp("\\\n").source.length); print(new RegExp(12).source);
for (const [p, f] of [["("], ["["], ["*"], ["a", "z"], ["a", "gg"], ["a**"], ["\\"], ["(?<a>x)(?<a>y)"], ["{", "u"], ["a{2,1}"], ["[b-a]"]]) try { new RegExp(p, f); print("made"); } catch (e) { print(e); }
//= 'a'
//= 'gi'
//= '/a\u005c/b/'
//= 'a\u005c/b'
//= '/a\u005c/b/'
//= '(?:)'
//= '/(?:)/'
//= '\u005cn'
//= '[/]'
//= 'dgimsuy'
//= 'g'
//= 'i'
//= '(?:)'
//= ''
//= true
//= false
//= 2
//= 'RegExp'
//= '\u005c/'
//= 2
//= '12'
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError
//= SyntaxError

//# flags as properties
const all = /a/dgimsuy; print([all.global, all.ignoreCase, all.multiline, all.dotAll, all.unicode, all.sticky, all.hasIndices]); const none = /a/; print([none.global, none.ignoreCase, none.multiline, none.dotAll, none.unicode, none.sticky, none.hasIndices]); print(Object.keys(none)); print(Object.getOwnPropertyNames(none)); print(typeof none);
try { Object.getOwnPropertyDescriptor(RegExp.prototype, "global").get.call({}); } catch (e) { print(e); }
//= [true, true, true, true, true, true, true]
//= [false, false, false, false, false, false, false]
//= []
//= ['lastIndex']
//= 'object'
//= TypeError

//# exec
const m = /b(c)?(d)?/.exec("abcabd"); print([...m]); print(m.index); print(m.input); print(m.groups); print(m.length); print(/x/.exec("a")); print([.../undefined/.exec()]); print([.../5/.exec(15)]); const named = /(?<y>\d{4})-(?<m>\d\d)(?<z>x)?/.exec("on 2026-11"); print(named.groups); print(named.groups.y); print(Object.getPrototypeOf(named.groups)); print(Object.keys(named)); print(Array.isArray(named));
//= ['bc', 'c', undefined]
//= 1
//= 'abcabd'
//= undefined
//= 3
//= null
//= ['undefined']
//= ['5']
//= {y: '2026', m: '11', z: undefined}
//= '2026'
//= null
//= ['0', '1', '2', '3', 'index', 'input', 'groups']
//= true

//# lastIndex
const g = /a/g; print(g.lastIndex); print(g.exec("aba").index); print(g.lastIndex); print(g.exec("aba").index); print(g.lastIndex); print(g.exec("aba")); print(g.lastIndex); g.lastIndex = 5; print(g.test("aba")); print(g.lastIndex); const y = /a/y; print(y.test("ba")); y.lastIndex = 1; print(y.test("ba")); print(y.lastIndex); const n = /a/; n.lastIndex = 9; print(n.test("a")); print(n.lastIndex); const e = /(?:)/g; print(e.exec("ab").index); print(e.lastIndex); print(e.exec("ab").index); g.lastIndex = "1"; print(g.test("aa")); print(g.lastIndex); g.lastIndex = -5; print(g.test("a")); g.lastIndex = { valueOf: () => 1 }; print(g.exec("aa").index);
//= 0
//= 0
//= 1
//= 2
//= 3
//= null
//= 0
//= false
//= 0
//= false
//= true
//= 2
//= true
//= 9
//= 0
//= 0
//= 0
//= true
//= 2
//= true
//= 1

//# indices
const d = /(?<a>a)(x)?(b)/d.exec("zab"); print(d.indices); print(d.indices.groups); print([...d.indices]); print("indices" in /a/.exec("a"));
//= [[1, 3], [1, 2], undefined, [2, 3]]
//= {a: [1, 2]}
//= [[1, 3], [1, 2], undefined, [2, 3]]
//= false

//# test
print(/a/.test("cat")); print(/^a/.test("cat")); print(/a/i.test("CAT")); print(/null/.test(null)); print(/undefined/.test()); print(/1,2/.test([1, 2])); print(/^v\d+\.\d+\.\d+$/.test("v1.20.3")); print(/^v\d+\.\d+\.\d+$/.test("v1.20")); print(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test("my-app-1"));
for (const f of [() => RegExp.prototype.test.call({}, "a"), () => RegExp.prototype.exec.call(1, "a")]) try { f(); } catch (e) { print(e); }
//= true
//= false
//= true
//= true
//= true
//= true
//= true
//= false
//= true
//= TypeError
//= TypeError

//# a while loop over exec
const words = /\w+/g; let w; const found = []; while ((w = words.exec("one two three"))) found.push([w[0], w.index]); print(found);
//= [['one', 0], ['two', 4], ['three', 8]]

//# replacing with state
let count = 0; print("a-a-a".replace(/a/g, () => ++count)); const gg = /a/g; gg.lastIndex = 2; print("aaa".replace(gg, "b")); print(gg.lastIndex); const yy = /a/y; print("aab".replace(yy, "x")); print(yy.lastIndex); print("aab".replace(yy, "x")); print(yy.lastIndex); print("aab".replace(yy, "x")); print(yy.lastIndex); const gy = /a/gy; print("aabaa".replace(gy, "x")); print("aab".match(gy));
//= '1-2-3'
//= 'bbb'
//= 0
//= 'xab'
//= 1
//= 'axb'
//= 2
//= 'aab'
//= 0
//= 'xxbaa'
//= ['a', 'a']
