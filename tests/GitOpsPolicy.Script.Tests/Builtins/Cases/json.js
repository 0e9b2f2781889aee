// JSON.

//# JSON.stringify of plain values
for (const x of [1, -0, 1.5, NaN, Infinity, 1e21, 1e-7, "a\"b\\c\n\u0001\u2028\ud83d\u{1F600}/", true, null, undefined, () => 0, [], {}, [undefined, () => 0, null], { a: undefined, b: () => 0, c: null }, [1, [2, { x: "y" }]], { b: 1, a: 2, 1: 3 }, [, 1], "", "\u007f\u00e9", { "": 1, "a b": { "\"": [] } }]) print(JSON.stringify(x));
print(JSON.stringify()); print(JSON.stringify(Symbol())); print(JSON.stringify({ a: [] })); print(JSON.stringify({ a: {} }, null, 2)); print(JSON.stringify([[]], null, 2)); print(JSON.stringify(new Map([["a", 1]]))); print(JSON.stringify(/a/)); print(JSON.stringify("\ud83d\ude00\ude00"));
//= '1'
//= '0'
//= '1.5'
//= 'null'
//= 'null'
//= '1e+21'
//= '1e-7'
//= '"a\u005c"b\u005c\u005cc\u005cn\u005cu0001\u2028\u005cud83d\ud83d\ude00/"'
//= 'true'
//= 'null'
//= undefined
//= undefined
//= '[]'
//= '{}'
//= '[null,null,null]'
//= '{"c":null}'
//= '[1,[2,{"x":"y"}]]'
//= '{"1":3,"b":1,"a":2}'
//= '[null,1]'
//= '""'
//= '"\u007f\u00e9"'
//= '{"":1,"a b":{"\u005c"":[]}}'
//= undefined
//= undefined
//= '{"a":[]}'
//= '{\u000a  "a": {}\u000a}'
//= '[\u000a  []\u000a]'
//= '{}'
//= '{}'
//= '"\ud83d\ude00\u005cude00"'

//# JSON.stringify with indentation
print(JSON.stringify({ a: [1, { b: 2 }], c: "x" }, null, 2)); print(JSON.stringify([1, 2], null, "--")); print(JSON.stringify({ a: 1 }, null, 20)); print(JSON.stringify({ a: 1 }, null, "abcdefghijklm")); print(JSON.stringify({ a: 1 }, null, 0)); print(JSON.stringify({ a: 1 }, null, "")); print(JSON.stringify({ a: 1 }, null, 1.9)); print(JSON.stringify({ a: 1 }, null, true)); print(JSON.stringify({ a: undefined }, null, 2)); print(JSON.stringify([undefined], null, 1));
//= '{\u000a  "a": [\u000a    1,\u000a    {\u000a      "b": 2\u000a    }\u000a  ],\u000a  "c": "x"\u000a}'
//= '[\u000a--1,\u000a--2\u000a]'
//= '{\u000a          "a": 1\u000a}'
//= '{\u000aabcdefghij"a": 1\u000a}'
//= '{"a":1}'
//= '{"a":1}'
//= '{\u000a "a": 1\u000a}'
//= '{"a":1}'
//= '{}'
//= '[\u000a null\u000a]'

//# JSON.stringify with a replacer
print(JSON.stringify({ a: 1, b: 2, c: { a: 3, d: 4 } }, ["a", "c"])); print(JSON.stringify({ a: 1, b: [2] }, (k, v) => (typeof v === "number" ? v + 1 : v))); print(JSON.stringify({ a: 1, b: 2 }, (k, v) => (k === "a" ? undefined : v))); print(JSON.stringify([1, 2], (k, v) => (k === "0" ? undefined : v))); print(JSON.stringify({ 1: "x", 2: "y" }, [2, 1, 2])); print(JSON.stringify(1, () => undefined)); print(JSON.stringify({ a: { b: 1 } }, function (k, v) { return k === "b" ? Object.keys(this).join() : v; })); const calls = []; JSON.stringify({ a: [1, 2] }, (k, v) => { calls.push(k); return v; }); print(calls); print(JSON.stringify({ b: 1, a: 2 }, ["a", "b"])); print(JSON.stringify([{ a: 1, b: 2 }], ["b"]));
//= '{"a":1,"c":{"a":3}}'
//= '{"a":2,"b":[3]}'
//= '{"b":2}'
//= '[null,2]'
//= '{"2":"y","1":"x"}'
//= undefined
//= '{"a":{"b":"b"}}'
//= ['', 'a', '0', '1']
//= '{"a":2,"b":1}'
//= '[{"b":2}]'

//# JSON.stringify and toJSON
print(JSON.stringify({ toJSON: () => "x" })); print(JSON.stringify({ a: { toJSON: k => "key " + k } })); print(JSON.stringify([{ toJSON: k => k }])); print(JSON.stringify({ toJSON: 1 })); print(JSON.stringify({ a: { toJSON() { return undefined; } } })); print(JSON.stringify({ get a() { return 5; } })); print(JSON.stringify({ toJSON() { return { toJSON: () => 1 }; } }));
//= '"x"'
//= '{"a":"key a"}'
//= '["0"]'
//= '{"toJSON":1}'
//= '{}'
//= '{"a":5}'
//= '{}'

//# JSON.stringify of cycles
const cycle = { a: [] }; cycle.a.push(cycle); const self = []; self.push(self); const shared = { x: 1 };
for (const x of [cycle, self]) try { JSON.stringify(x); } catch (e) { print(e); }
print(JSON.stringify([shared, shared]));
//= TypeError
//= TypeError
//= '[{"x":1},{"x":1}]'

//# JSON.parse
for (const t of ["1", "-0", "-1.5e3", "\"a\\n\\u0041\\\"\\/\"", "true", "null", "[]", "{}", "[1, [2], {\"a\": null}]", " {\"a\":1,\"a\":2, \"b\":[]} ", "\t\r\n 1 ", "{\"__proto__\": 1}", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "1E5", "0.5", "{\"2\":1,\"1\":2}", "\"\u2028\"", "1e400", "{\"\":0}", "123456789012345678901"]) print(JSON.parse(t));
print(Object.keys(JSON.parse("{\"__proto__\":1,\"a\":2}"))); print(Object.getPrototypeOf(JSON.parse("{\"__proto__\":1}")) === Object.prototype); print(JSON.parse(null)); print(JSON.parse(5)); print(JSON.parse(["1"]));
//= 1
//= -0
//= -1500
//= 'a\u000aA"/'
//= true
//= null
//= []
//= {}
//= [1, [2], {a: null}]
//= {a: 2, b: []}
//= 1
//= {__proto__: 1}
//= '\ud83d\ude00'
//= '\ud83d'
//= 100000
//= 0.5
//= {1: 2, 2: 1}
//= '\u2028'
//= Infinity
//= {: 0}
//= 123456789012345680000
//= ['__proto__', 'a']
//= true
//= null
//= 5
//= 1

//# JSON.parse refuses
for (const t of ["", " ", "{", "[", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "01", "+1", ".5", "1.", "1e", "-", "--1", "tru", "nul", "undefined", "NaN", "[1 2]", "1 2", "\"a", "\"\n\"", "\"\\x41\"", "\"\\u00g0\"", "\"\\u004\"", "{\"a\"}", "{\"a\":}", "{,}", "[,]", "\u00a01", "// c\n1", "]", "\"a\" b", "0x1", "Infinity", "\ufeff1", "{\"a\" 1}", "[1}"]) try { print([t, JSON.parse(t)]); } catch (e) { print(e); }
try { JSON.parse(); } catch (e) { print(e); }
try { JSON.parse({}); } catch (e) { print(e); }
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

//# JSON.parse with a reviver
print(JSON.parse("{\"a\":[1,2],\"b\":3}", (k, v) => (typeof v === "number" ? v * 2 : v))); print(JSON.parse("{\"a\":1,\"b\":2}", (k, v) => (k === "a" ? undefined : v))); print(JSON.parse("[1,2,3]", (k, v) => (k === "1" ? undefined : v))); const keys = []; JSON.parse("{\"a\":{\"b\":1},\"c\":[2]}", (k, v) => { keys.push(k); return v; }); print(keys); print(JSON.parse("1", () => 7)); print(JSON.parse("[1]", function (k, v) { return k === "0" ? Array.isArray(this) : v; })); print(JSON.parse("{\"a\":1,\"b\":2}", function (k, v) { if (k === "a") this.b = 9; return v; }));
//= {a: [2, 4], b: 6}
//= {b: 2}
//= [1, hole, 3]
//= ['b', 'a', '0', 'c', '']
//= 7
//= [true]
//= {a: 1, b: 9}

//# round trips
const value = { s: "x\"\u2028", n: [0, -1.25, 1e100], t: true, z: null, nested: { deep: [[[{}]]] } }; print(JSON.stringify(JSON.parse(JSON.stringify(value))) === JSON.stringify(value));
//= true
