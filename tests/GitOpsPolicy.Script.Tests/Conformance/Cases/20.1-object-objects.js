// ECMAScript 2023, 20.1 Object objects.

//# Object/assign
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let log = []; let t = { set a(v) { log.push("set" + v); } };
print(Object.assign(t, { get a() { log.push("get"); return 1; } }, null, "x", 5) === t); print(log); print(t[0]); fails(() => Object.assign(null));
print(typeof Object.assign(1, { a: 1 })); fails(() => Object.assign(Object.freeze({ a: 1 }), { a: 2 })); let s = Symbol();
print(Object.assign({}, { [s]: 1 })[s]); fails(() => Object.assign("a", "b"));
//= true
//= ['get', 'set1']
//= 'x'
//= TypeError
//= 'object'
//= TypeError
//= 1
//= TypeError

//# Object/create
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
let o = Object.create({ p: 1 }, { a: { value: 1 }, b: { get() { return 2; }, enumerable: true } });
print(o.p + o.b); print(Object.getOwnPropertyDescriptor(o, "a")); fails(() => Object.create()); fails(() => Object.create(1));
fails(() => Object.create(null, null)); fails(() => Object.create({}, { a: 1 })); fails(() => Object.create({}, { a: { get() {}, value: 1 } }));
fails(() => Object.create({}, { a: { get: 1 } }));
//= 3
//= {value: 1, writable: false, enumerable: false, configurable: false}
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# Object/defineProperty
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
let o = {}; Object.defineProperty(o, "a", { value: 1, configurable: true }); Object.defineProperty(o, "a", { get() { return 2; } });
print(o.a); let d = Object.getOwnPropertyDescriptor(o, "a"); print(d.set);
print(d.configurable); Object.defineProperty(o, "b", { value: NaN }); Object.defineProperty(o, "b", { value: NaN });
fails(() => Object.defineProperty(o, "b", { value: 1 })); Object.defineProperty(o, "z", { value: -0 });
fails(() => Object.defineProperty(o, "z", { value: 0 })); Object.defineProperty(o, "w", { value: 1, writable: true }); Object.defineProperty(o, "w", { writable: false });
fails(() => Object.defineProperty(o, "w", { writable: true })); fails(() => Object.defineProperty(1, "a", {}));
fails(() => Object.defineProperty(o, "c", 1)); let g = () => 1; Object.defineProperty(o, "g", { get: g }); Object.defineProperty(o, "g", { get: g });
fails(() => Object.defineProperty(o, "g", { get() {} })); fails(() => Object.defineProperty(o, "g", { set() {} }));
fails(() => Object.defineProperty(o, "g", { value: 1 })); Object.defineProperty(o, "u", { get: undefined });
print(Object.getOwnPropertyDescriptor(o, "u").get); let dp = Object.create({ value: 5 }); Object.defineProperty(o, "inh", dp);
print(o.inh); Object.defineProperty(o, "fn", Object.assign(() => 1, { value: 6 })); print(o.fn);
fails(() => Object.defineProperty(Object.preventExtensions({}), "x", { value: 1 }));
let k = { toString() { return "key"; } }; Object.defineProperty(o, k, { value: 7 }); print(o.key); Object.defineProperty(o, "b", {});
//= 2
//= undefined
//= true
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= undefined
//= 5
//= 6
//= TypeError
//= 7

//# Object/entries-keys-values
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let log = []; let o = { get a() { delete o.b; return 1; }, b: 2 };
print(JSON.stringify(Object.entries(o))); o = { get a() { Object.defineProperty(o, "b", { enumerable: false }); return 1; }, b: 2 };
print(Object.values(o).length); print(Object.keys("ab")); print(Object.keys(5)); fails(() => Object.keys(null));
fails(() => Object.values(undefined)); print(Object.values("ab")); print(Object.keys(function () {}));
print(Object.keys({ z: 1, [Symbol()]: 2, 3: 3, 1: 1 }));
//= '[["a",1]]'
//= 1
//= ['0', '1']
//= []
//= TypeError
//= TypeError
//= ['a', 'b']
//= []
//= ['1', '3', 'z']

//# Object/freeze-seal-extensible
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(Object.freeze(1)); print(Object.isFrozen(1));
print(Object.isExtensible(1)); let o = Object.freeze({ a: 1, get b() { return 1; }, set b(v) { this.x = v; } });
print(Object.getOwnPropertyDescriptor(o, "a")); fails(() => { o.b = 1; }); print(Object.isFrozen(Object.freeze(function () {})));
print(Object.isFrozen({})); print(Object.isFrozen(Object.preventExtensions({}))); print(Object.isSealed(Object.freeze({ a: 1 })));
let s = Object.seal({ a: 1, [Symbol.iterator]: 2 }); print(Object.isSealed(s)); print(Object.isFrozen(s));
print(Object.getOwnPropertyDescriptor(s, "a")); let f = Object.freeze([1, 2]); fails(() => f.sort()); fails(() => f.reverse());
fails(() => { f.length = 0; }); fails(() => f.unshift(1)); fails(() => f.splice(0, 1)); print(Object.freeze("a")); print(Object.seal(null));
//= 1
//= true
//= false
//= {value: 1, writable: false, enumerable: true, configurable: false}
//= TypeError
//= true
//= false
//= true
//= true
//= true
//= false
//= {value: 1, writable: true, enumerable: true, configurable: false}
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= 'a'
//= null

//# Object/fromEntries
const fails = f => { try { f();
print("no error"); } catch (e) { print(e); } };
class E extends Error {}
print(JSON.stringify(Object.fromEntries([["a", 1], ["b", 2], ["a", 3]])));
print(Object.fromEntries(new Map([["k", 1]])).k); fails(() => Object.fromEntries([1])); fails(() => Object.fromEntries(undefined));
fails(() => Object.fromEntries({})); let closed = 0;
let it = { [Symbol.iterator]() { return { next() { return { done: false, value: 1 }; }, return() { closed++; return {}; } }; } };
fails(() => Object.fromEntries(it)); print(closed); let s = Symbol(); print(Object.fromEntries([[s, 1]])[s]);
print(Object.fromEntries([{ 0: "x", 1: "y" }]).x);
//= '{"a":3,"b":2}'
//= 1
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= 1
//= 1
//= 'y'

//# Object/getOwnPropertyDescriptor
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(Object.getOwnPropertyDescriptor("abc", "length"));
let d = Object.getOwnPropertyDescriptor("abc", 1); print(d.value); print(d.enumerable); print(d.writable);
print(Object.getOwnPropertyDescriptor(5, "a")); fails(() => Object.getOwnPropertyDescriptor(null, "a"));
print(Object.keys(Object.getOwnPropertyDescriptor({ a: 1 }, "a"))); print(Object.keys(Object.getOwnPropertyDescriptor({ get a() {} }, "a")));
print(Object.keys(Object.getOwnPropertyDescriptors({ b: 1, a: 2 }))); print(Object.getOwnPropertyNames("ab")); print(Object.getOwnPropertyNames([5]));
print(Object.getOwnPropertySymbols({ [Symbol.iterator]: 1, a: 1 }).length);
//= {value: 3, writable: false, enumerable: false, configurable: false}
//= 'b'
//= true
//= false
//= undefined
//= TypeError
//= ['value', 'writable', 'enumerable', 'configurable']
//= ['get', 'set', 'enumerable', 'configurable']
//= ['b', 'a']
//= ['0', '1', 'length']
//= ['0', 'length']
//= 1

//# Object/getPrototypeOf-setPrototypeOf
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(Object.getPrototypeOf(1) === Number.prototype);
print(Object.getPrototypeOf("") === String.prototype); print(Object.getPrototypeOf(Symbol()) === Symbol.prototype);
fails(() => Object.getPrototypeOf(null)); fails(() => Object.setPrototypeOf(null, {})); fails(() => Object.setPrototypeOf({}, 1));
fails(() => Object.setPrototypeOf({})); print(Object.setPrototypeOf(1, null)); let a = {}; let b = Object.create(a);
fails(() => Object.setPrototypeOf(a, b)); fails(() => Object.setPrototypeOf(Object.preventExtensions({}), {}));
let p = Object.preventExtensions(Object.create(null)); print(Object.setPrototypeOf(p, null) === p);
fails(() => Object.setPrototypeOf(Object.prototype, {})); print(Object.setPrototypeOf(Object.prototype, null) === Object.prototype);
//= true
//= true
//= true
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= 1
//= TypeError
//= TypeError
//= true
//= TypeError
//= true

//# Object/is-hasOwn
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
print(Object.is(NaN, NaN)); print(Object.is(0, -0));
print(Object.is()); print(Object.hasOwn("a", "length")); print(Object.hasOwn({}, "toString")); fails(() => Object.hasOwn(null, "a")); let log = [];
fails(() => Object.hasOwn(null, { toString() { log.push(1); return ""; } })); print(log.length); print(Object.hasOwn([1], 0));
//= true
//= false
//= true
//= true
//= false
//= TypeError
//= TypeError
//= 0
//= true

//# Object.prototype/methods of nothing
const told = f => { try { return f(); } catch (e) { return e.name; } };
for (const m of ["hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf"])
  for (const receiver of [null, undefined])
    print([m, told(() => typeof Object.prototype[m].call(receiver, {})), told(() => typeof Object.prototype[m].call(receiver, "x"))]);
//= ['hasOwnProperty', 'TypeError', 'TypeError']
//= ['hasOwnProperty', 'TypeError', 'TypeError']
//= ['isPrototypeOf', 'TypeError', 'boolean']
//= ['isPrototypeOf', 'TypeError', 'boolean']
//= ['propertyIsEnumerable', 'TypeError', 'TypeError']
//= ['propertyIsEnumerable', 'TypeError', 'TypeError']
//= ['toLocaleString', 'TypeError', 'TypeError']
//= ['toLocaleString', 'TypeError', 'TypeError']
//= ['toString', 'string', 'string']
//= ['toString', 'string', 'string']
//= ['valueOf', 'TypeError', 'TypeError']
//= ['valueOf', 'TypeError', 'TypeError']
