// ECMAScript 2023, 25.5 The JSON object.

//# JSON/parse
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {}
print(JSON.parse(' {"a" : [1, -0, 1e2, "\\u0041\\n", null, true]} ').a[3]);
print(JSON.parse("-0"));
for (const bad of ["", "{", "[1,]", "{'a':1}", "01", "1.", ".5", "+1", "0x1", "NaN", '"\t"', '"\\x41"', "[1 2]", '{"a":1,}', "undefined", "\u00A01", '"\\u12"', "tru", "1e", "--1", "// 1"]) fails(() => JSON.parse(bad));
print(JSON.parse('{"__proto__": 1}').hasOwnProperty("__proto__")); print(JSON.parse('{"a":1,"a":2}').a);
let keys = []; JSON.parse('{"a":[1,2],"b":{"c":3}}', function (k, v) { keys.push(k); return v; }); print(keys);
print(JSON.stringify(JSON.parse("[1,2,3]", (k, v) => v === 2 ? undefined : v)));
print(JSON.stringify(JSON.parse('{"a":1,"b":2}', (k, v) => k === "a" ? undefined : v))); let holder; JSON.parse("5", function () { holder = this; });
print(holder[""]); fails(() => JSON.parse("1", () => { throw new E(); })); fails(() => JSON.parse());
print(JSON.parse({ toString() { return "7"; } })); print(JSON.parse("\"\u2028\"")); print(JSON.parse("\t\n\r 1")); print(JSON.parse(null));
//= 'A\u000a'
//= -0
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
//= true
//= 2
//= ['0', '1', 'a', 'c', 'b', '']
//= '[1,null,3]'
//= '{"b":2}'
//= 5
//= Error
//= SyntaxError
//= 7
//= '\u2028'
//= 1
//= null

//# JSON/stringify
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {}
print(JSON.stringify({ a: undefined, b: () => 1, c: Symbol(), d: NaN, e: [undefined, () => 1, Symbol()], f: new Number(3), g: new String("s"), h: new Boolean(false), i: Object(Symbol()) }));
print(JSON.stringify(undefined)); print(JSON.stringify("\uD800\uDE00\uD800\u2028")); print(JSON.stringify([1, [2]], null, 2));
print(JSON.stringify({ a: 1 }, null, "--")); print(JSON.stringify({ a: [] , b: {} }, null, 1));
print(JSON.stringify({ a: 1, b: 2, 1: 3 }, ["b", 1, "b", new String("a"), new Number(5), {}]));
print(JSON.stringify({ toJSON(k) { return k + "!"; } })); print(JSON.stringify({ x: { toJSON(k) { return k; } } })); let o = {}; o.o = o;
fails(() => JSON.stringify(o)); fails(() => JSON.stringify({ get a() { throw new E(); } }));
print(JSON.stringify({ a: 1, b: 2 }, function (k, v) { return k === "a" ? undefined : v; }));
let t; JSON.stringify({ q: 1 }, function (k, v) { if (k === "q") t = this.q; return v; }); print(t); print(JSON.stringify([1], null, 20));
print(JSON.stringify([1], null, "01234567890")); print(JSON.stringify([1], null, new Number(1))); print(JSON.stringify(-0));
print(JSON.stringify("\b\f\n\r\t\"\\/\x01\x7f")); print(JSON.stringify(new Map([[1, 2]]))); print(JSON.stringify(Object.create({ inh: 1 })));
print(JSON.stringify({ [Symbol()]: 1 })); print(JSON.stringify(/a/));
print(JSON.stringify(Object.assign(new Number(3), { toString: null, valueOf() { return 9; } }))); print(JSON.stringify(null, 5, 5));
//= '{"d":null,"e":[null,null,null],"f":3,"g":"s","h":false,"i":{}}'
//= undefined
//= '"\ud800\ude00\u005cud800\u2028"'
//= '[\u000a  1,\u000a  [\u000a    2\u000a  ]\u000a]'
//= '{\u000a--"a": 1\u000a}'
//= '{\u000a "a": [],\u000a "b": {}\u000a}'
//= '{"b":2,"1":3,"a":1}'
//= '"!"'
//= '{"x":"x"}'
//= TypeError
//= Error
//= '{"b":2}'
//= 1
//= '[\u000a          1\u000a]'
//= '[\u000a01234567891\u000a]'
//= '[\u000a 1\u000a]'
//= '0'
//= '"\u005cb\u005cf\u005cn\u005cr\u005ct\u005c"\u005c\u005c/\u005cu0001\u007f"'
//= '{}'
//= '{}'
//= '{}'
//= '{}'
//= '9'
//= 'null'
