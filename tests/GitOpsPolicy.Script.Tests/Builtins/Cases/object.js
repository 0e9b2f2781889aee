// Object, functions, symbols, errors, booleans.

//# Object.keys, values, entries, fromEntries
print(Object.keys({ b: 1, a: 2, 10: 3, 2: 4 })); print(Object.values({ a: 1, b: [2] })); print(Object.entries({ a: 1 })); print(Object.keys([1, , 3])); print(Object.keys("ab")); print(Object.entries("ab")); print(Object.keys(5)); print(Object.keys(Object.create({ inherited: 1 }))); print(Object.fromEntries([["a", 1], ["b", 2], ["a", 3]])); print(Object.fromEntries(new Map([["x", 1]]))); print(Object.fromEntries([])); print(Object.values({ get g() { return 7; } }));
for (const f of [() => Object.keys(null), () => Object.entries(undefined), () => Object.fromEntries([1]), () => Object.fromEntries(5)]) try { print(f()); } catch (e) { print(e); }
//= ['2', '10', 'b', 'a']
//= [1, [2]]
//= [['a', 1]]
//= ['0', '2']
//= ['0', '1']
//= [['0', 'a'], ['1', 'b']]
//= []
//= []
//= {a: 3, b: 2}
//= {x: 1}
//= {}
//= [7]
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Object.assign
print(Object.assign({ a: 1 }, { b: 2 }, null, { a: 3 }, "xy")); const t = {}; print(Object.assign(t, { c: 1 }) === t); print(Object.assign({}, [1, 2])); print(Object.assign([1, 2], [3])); const src = Object.defineProperty({}, "h", { value: 1 }); print(Object.keys(Object.assign({}, src))); print(Object.assign({ set x(v) { this.y = v; } }, { x: 5 }).y);
for (const f of [() => Object.assign(null), () => Object.assign(Object.freeze({ a: 1 }), { a: 2 })]) try { print(f()); } catch (e) { print(e); }
//= {0: 'x', 1: 'y', a: 3, b: 2}
//= true
//= {0: 1, 1: 2}
//= [3, 2]
//= []
//= 5
//= TypeError
//= TypeError

//# Object.freeze, isFrozen, seal, isSealed, preventExtensions, isExtensible
const fr = Object.freeze({ a: 1, b: { c: 1 } }); fr.b.c = 2; print(fr); print(Object.isFrozen(fr)); print(Object.isFrozen({})); print(Object.isFrozen(1)); print(Object.isFrozen(Object.preventExtensions({}))); print(Object.freeze(5)); print(Object.isFrozen(Object.freeze([1])));
for (const f of [() => { fr.a = 2; }, () => { fr.z = 1; }, () => { delete fr.a; }, () => Object.defineProperty(fr, "a", { value: 3 }), () => Object.defineProperty(fr, "a", { value: 1 })]) try { f(); print("fine"); } catch (e) { print(e); }
const se = Object.seal({ a: 1 }); se.a = 2; print(se); print([Object.isSealed(se), Object.isFrozen(se), Object.isExtensible(se)]); try { delete se.a; } catch (e) { print(e); } try { se.b = 1; } catch (e) { print(e); }
const pe = Object.preventExtensions({ a: 1 }); delete pe.a; print(pe); print([Object.isExtensible(pe), Object.isSealed(pe), Object.isFrozen(pe)]); print(Object.isExtensible(1)); print(Object.isExtensible({}));
//= {a: 1, b: {c: 2}}
//= true
//= false
//= true
//= true
//= 5
//= true
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= 'fine'
//= {a: 2}
//= [true, false, false]
//= TypeError
//= TypeError
//= {}
//= [false, true, true]
//= false
//= true

//# Object.is, Object.hasOwn
print([Object.is(NaN, NaN), Object.is(0, -0), Object.is("a", "a"), Object.is({}, {}), Object.is(null, undefined), Object.is(-0, -0)]); print([Object.hasOwn({ a: 1 }, "a"), Object.hasOwn({}, "toString"), Object.hasOwn([1], 0), Object.hasOwn("abc", "length"), Object.hasOwn("abc", 3)]);
try { Object.hasOwn(null, "a"); } catch (e) { print(e); }
//= [true, false, true, false, false, true]
//= [true, false, true, true, false]
//= TypeError

//# Object.create, getPrototypeOf, setPrototypeOf
const base = { hi() { return "hi " + this.n; } }; const derived = Object.create(base, { n: { value: "d", enumerable: true } }); print(derived.hi()); print(Object.keys(derived)); print(Object.getPrototypeOf(derived) === base); print(Object.getPrototypeOf(Object.create(null))); print(Object.getPrototypeOf("a") === String.prototype); print(Object.getPrototypeOf(1) === Number.prototype); print(Object.setPrototypeOf({}, base).hi === base.hi); print(base.isPrototypeOf(derived)); print(base.isPrototypeOf(1)); print("hi" in derived); print(Object.setPrototypeOf(1, base));
for (const f of [() => Object.create(), () => Object.create(1), () => Object.getPrototypeOf(null), () => Object.setPrototypeOf({}, 1), () => Object.setPrototypeOf(base, derived), () => Object.setPrototypeOf(Object.freeze({}), base), () => Object.setPrototypeOf(undefined, null)]) try { print(f()); } catch (e) { print(e); }
//= 'hi d'
//= ['n']
//= true
//= null
//= true
//= true
//= true
//= true
//= false
//= true
//= 1
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Object.defineProperty and descriptors
const o = {}; Object.defineProperty(o, "x", { value: 1 }); print(Object.getOwnPropertyDescriptor(o, "x")); print(Object.keys(o)); print(o.x); Object.defineProperty(o, "y", { get() { return 5; }, configurable: true, enumerable: true }); print(o.y); print(Object.getOwnPropertyDescriptor(o, "y").set); Object.defineProperty(o, "y", { value: 6 }); print(Object.getOwnPropertyDescriptor(o, "y")); print(Object.getOwnPropertyDescriptor({ a: 1 }, "a")); print(Object.getOwnPropertyDescriptor({}, "a")); print(Object.getOwnPropertyDescriptor("abc", 0)); print(Object.getOwnPropertyDescriptor([1], "length")); print(Object.getOwnPropertyDescriptors({ a: 1, b: 2 })); print(Object.getOwnPropertyNames([1, 2])); print(Object.getOwnPropertyNames({ a: 1, [Symbol.iterator]: 2 })); print(Object.getOwnPropertySymbols({ a: 1, [Symbol.iterator]: 2 })); print(Object.defineProperties({}, { a: { value: 1, enumerable: true }, b: { value: 2 } })); print(Object.getOwnPropertyNames("ab"));
for (const f of [() => { o.x = 2; }, () => { delete o.x; }, () => Object.defineProperty(o, "x", { value: 2 }), () => Object.defineProperty(o, "x", { enumerable: true }), () => Object.defineProperty(o, "z", { get() {}, value: 1 }), () => Object.defineProperty(o, "z", { get: 1 }), () => Object.defineProperty(1, "a", {}), () => Object.defineProperty(o, "z", 1), () => { ({ get g() { return 1; } }).g = 2; }]) try { f(); print("fine"); } catch (e) { print(e); }
const w = Object.defineProperty({}, "w", { value: 1, writable: true }); w.w = 2; print(w.w); Object.defineProperty(w, "w", { value: 3 }); print(w.w); Object.defineProperty(w, "w", { writable: false }); try { w.w = 4; } catch (e) { print(e); }
//= {value: 1, writable: false, enumerable: false, configurable: false}
//= []
//= 1
//= 5
//= undefined
//= {value: 6, writable: false, enumerable: true, configurable: true}
//= {value: 1, writable: true, enumerable: true, configurable: true}
//= undefined
//= {value: 'a', writable: false, enumerable: true, configurable: false}
//= {value: 1, writable: true, enumerable: false, configurable: false}
//= {a: {value: 1, writable: true, enumerable: true, configurable: true}, b: {value: 2, writable: true, enumerable: true, configurable: true}}
//= ['0', '1', 'length']
//= ['a']
//= [Symbol(Symbol.iterator)]
//= {a: 1}
//= ['0', '1', 'length']
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= 2
//= 3
//= TypeError

//# Object and Object.prototype
print(Object({ a: 1 })); print(Object()); print(Object(null)); print(new Object()); print({}.toString()); print(Object.prototype.toString.call([])); print(Object.prototype.toString.call(null)); print(Object.prototype.toString.call(undefined)); print(Object.prototype.toString.call(1)); print(Object.prototype.toString.call("")); print(Object.prototype.toString.call(true)); print(Object.prototype.toString.call(() => 0)); print(Object.prototype.toString.call(/a/)); print(Object.prototype.toString.call(new Error("x"))); print(Object.prototype.toString.call(new Map())); print(Object.prototype.toString.call(JSON)); print(Object.prototype.toString.call({ [Symbol.toStringTag]: "Mine" })); print(Object.prototype.toString.call(Symbol())); print({}.hasOwnProperty("a")); print({ a: 1 }.propertyIsEnumerable("a")); print([].propertyIsEnumerable("length")); print({}.valueOf()); print({ toString() { return "t"; } }.toLocaleString()); print(({}).constructor === Object);
//= {a: 1}
//= {}
//= {}
//= {}
//= '[object Object]'
//= '[object Array]'
//= '[object Null]'
//= '[object Undefined]'
//= '[object Number]'
//= '[object String]'
//= '[object Boolean]'
//= '[object Function]'
//= '[object RegExp]'
//= '[object Error]'
//= '[object Map]'
//= '[object JSON]'
//= '[object Mine]'
//= '[object Symbol]'
//= false
//= true
//= false
//= {}
//= 't'
//= true

//# Function.prototype.call, apply, bind
function f(a, b) { return [this && this.k, a, b]; } print(f.call({ k: 1 }, 2, 3)); print(f.apply({ k: 1 }, [2, 3])); print(f.apply({ k: 1 }, { length: 1, 0: 9 })); print(f.apply(null)); print(f.apply(undefined, null)); const bo = f.bind({ k: 7 }, 8); print(bo(9)); print(bo.name); print(bo.length); print(bo.call({ k: 0 }, 1)); print(bo.bind(null, 5)(6)); print(Math.max.apply(null, [1, 5, 3])); print((() => 0).call.length); print(f.length); print(f.name); print((function (a, b = 1, ...c) {}).length); print(typeof f.toString()); print([].map.call("ab", c => c + 1)); const FP = Object.getPrototypeOf(f); print(FP.call.call(f, { k: 3 }, 4));
for (const g of [() => f.apply(null, 1), () => FP.call.call(1), () => FP.bind.call({})]) try { print(g()); } catch (e) { print(e); }
//= [1, 2, 3]
//= [1, 2, 3]
//= [1, 9, undefined]
//= [null, undefined, undefined]
//= [undefined, undefined, undefined]
//= [7, 8, 9]
//= 'bound f'
//= 1
//= [7, 8, 1]
//= [7, 8, 5]
//= 5
//= 1
//= 2
//= 'f'
//= 1
//= 'string'
//= ['a1', 'b1']
//= [3, 4, undefined]
//= TypeError
//= TypeError
//= TypeError

//# instanceof and Symbol.hasInstance
print([] instanceof Array); print([] instanceof Object); print({} instanceof Array); print("a" instanceof String); print((() => 0) instanceof Object); print(new TypeError() instanceof Error); print(/a/ instanceof RegExp); print(new Map() instanceof Map); print(1 instanceof { [Symbol.hasInstance]: x => x === 1 });
for (const g of [() => 1 instanceof {}, () => 1 instanceof 1, () => ({}) instanceof (() => 0)]) try { print(g()); } catch (e) { print(e); }
//= true
//= true
//= false
//= false
//= true
//= true
//= true
//= true
//= true
//= TypeError
//= TypeError
//= TypeError

//# Symbol
print(typeof Symbol()); print(Symbol("a").toString()); print(Symbol("a").description); print(Symbol().description); print(Symbol.iterator.toString()); print(Symbol("a") === Symbol("a")); const sy = Symbol("k"); const so = { [sy]: 1, b: 2 }; print(so[sy]); print(Object.keys(so)); print(sy in so); print(Object.getOwnPropertySymbols(so).length); print(JSON.stringify({ a: sy, [sy]: 1 })); print([sy].length);
for (const g of [() => new Symbol(), () => sy + "", () => +sy, () => `${sy}`]) try { print(g()); } catch (e) { print(e); }
//= 'symbol'
//= 'Symbol(a)'
//= 'a'
//= undefined
//= 'Symbol(Symbol.iterator)'
//= false
//= 1
//= ['b']
//= true
//= 1
//= '{}'
//= 1
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Symbol.toPrimitive, valueOf and toString
const p = { [Symbol.toPrimitive]: h => (h === "number" ? 42 : h) }; print(+p); print(`${p}`); print(p + ""); print(p * 2); print([p].join()); print(p == "default"); const v = { valueOf: () => 3, toString: () => "s" }; print(v + 1); print(`${v}`); print(v * 2); print(v > 2); print({ s: 1 }["s"]); print({ [v]: 1 }); const d = { valueOf: () => ({}), toString: () => "str" }; print(d + 1);
for (const g of [() => +{ [Symbol.toPrimitive]: () => ({}) }, () => +{ [Symbol.toPrimitive]: 1 }, () => +{ valueOf: () => ({}), toString: () => ({}) }]) try { print(g()); } catch (e) { print(e); }
//= 42
//= 'string'
//= 'default'
//= 84
//= 'string'
//= true
//= 4
//= 's'
//= 6
//= true
//= 1
//= {s: 1}
//= 'str1'
//= TypeError
//= TypeError
//= TypeError

//# Error and its kinds
const e1 = new Error("m", { cause: "c" }); print(e1.message); print(e1.name); print(e1.cause); print(String(e1)); print(Object.keys(e1)); print("cause" in new Error("x")); print("cause" in new Error("x", { cause: undefined })); print(Error("called").message); print(new Error().message); print(Object.hasOwn(new Error(), "message")); print(Object.hasOwn(new Error(undefined), "message"));
for (const K of [TypeError, RangeError, SyntaxError, ReferenceError, URIError, EvalError]) { const k = new K("t"); print([k.name, k.message, String(k), k instanceof K, k instanceof Error, K.name, Object.getPrototypeOf(K) === Error, K.length]); }
print(Error.prototype.toString.call({ name: "N", message: "M" })); print(Error.prototype.toString.call({})); print(Error.prototype.toString.call({ name: "", message: "M" })); print(Error.prototype.toString.call({ name: "N", message: "" })); print(new Error(5).message); print(new Error(null).message); print(Object.prototype.toString.call(e1)); print(JSON.stringify(e1));
try { Error.prototype.toString.call(1); } catch (e) { print(e); }
//= 'm'
//= 'Error'
//= 'c'
//= 'Error: m'
//= []
//= false
//= true
//= 'called'
//= ''
//= false
//= false
//= ['TypeError', 't', 'TypeError: t', true, true, 'TypeError', true, 1]
//= ['RangeError', 't', 'RangeError: t', true, true, 'RangeError', true, 1]
//= ['SyntaxError', 't', 'SyntaxError: t', true, true, 'SyntaxError', true, 1]
//= ['ReferenceError', 't', 'ReferenceError: t', true, true, 'ReferenceError', true, 1]
//= ['URIError', 't', 'URIError: t', true, true, 'URIError', true, 1]
//= ['EvalError', 't', 'EvalError: t', true, true, 'EvalError', true, 1]
//= 'N: M'
//= 'Error'
//= 'M'
//= 'N'
//= '5'
//= 'null'
//= '[object Error]'
//= '{}'
//= TypeError

//# Boolean
print([Boolean(0), Boolean(""), Boolean("0"), Boolean([]), Boolean(null), Boolean(NaN), Boolean({}), Boolean()]); print(true.toString()); print(false.valueOf()); print([0, 1, "", "a"].filter(Boolean)); print(true + 1); print(Boolean.length);
try { Boolean.prototype.toString.call(1); } catch (e) { print(e); }
//= [false, false, true, true, false, false, true, false]
//= 'true'
//= false
//= [1, 'a']
//= 2
//= 1
//= TypeError

//# globals
print(undefined); print(NaN); print(Infinity); print(typeof isNaN); print(isNaN.length); print(parseInt.length); print(encodeURIComponent.name);
//= undefined
//= NaN
//= Infinity
//= 'function'
//= 1
//= 2
//= 'encodeURIComponent'
