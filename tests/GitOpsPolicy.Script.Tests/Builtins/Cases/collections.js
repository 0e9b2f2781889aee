// Map and Set.

//# Map
const m = new Map([["a", 1], ["b", 2]]); print(m.size); print(m.get("a")); print(m.has("z")); print(m.get("z")); print(m.set("c", 3) === m); print(m.delete("a")); print(m.delete("a")); print([...m]); print([...m.keys()]); print([...m.values()]); print([...m.entries()]); m.forEach((v, k, map) => print([k, v, map === m])); m.clear(); print(m.size); print([...m]); print(Map.length); print(Map.name); print(Object.prototype.toString.call(m)); print(new Map(null).size); print(new Map().size);
for (const f of [() => Map(), () => new Map([1]), () => new Map(5), () => Map.prototype.get.call({}, 1), () => Map.prototype.size, () => new Map().forEach()]) try { print(f()); } catch (e) { print(e); }
//= 2
//= 1
//= false
//= undefined
//= true
//= true
//= false
//= [['b', 2], ['c', 3]]
//= ['b', 'c']
//= [2, 3]
//= [['b', 2], ['c', 3]]
//= ['b', 2, true]
//= ['c', 3, true]
//= 0
//= []
//= 0
//= 'Map'
//= '[object Map]'
//= 0
//= 0
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# keys of a Map
const k = new Map(); k.set(NaN, "nan").set(-0, "zero").set("1", "text").set(1, "number").set(null, "null").set(undefined, "undef").set(true, "t"); const o = {}; k.set(o, "o"); print([k.get(NaN), k.get(0), k.get(-0), k.get("1"), k.get(1), k.get(null), k.get(undefined), k.get(o), k.get({}), k.get(true)]); print(1 / [...k.keys()][1]); k.set(1, "again"); print([...k.keys()].length); print([...k.values()][3]);
//= ['nan', 'zero', 'zero', 'text', 'number', 'null', 'undef', 'o', undefined, 't']
//= Infinity
//= 8
//= 'again'

//# changing a Map while walking it
const w = new Map([[1, 1], [2, 2], [3, 3]]); const seen = []; for (const [x] of w) { seen.push(x); if (x === 1) { w.delete(2); w.set(4, 4); } } print(seen); const c = new Map([[1, 1], [2, 2]]); const it = c.keys(); print(it.next().value); c.clear(); c.set(9, 9); print(it.next()); print(it.next()); c.set(10, 1); print(it.next()); const f = new Map([[1, 1]]); f.forEach((v, key) => { if (key < 4) f.set(key + 1, 1); }); print(f.size); const d = new Map([[1, 1], [2, 2]]); for (const [x] of d) { d.delete(x); if (x < 3) d.set(x + 2, 0); } print([...d.keys()]);
//= [1, 3, 4]
//= 1
//= {value: 9, done: false}
//= {value: undefined, done: true}
//= {value: undefined, done: true}
//= 4
//= []

//# Set
const s = new Set([1, 2, 2, NaN, NaN, 0, -0]); print(s.size); print([...s]); print(s.add(5) === s); print(s.has(NaN)); print(s.delete(1)); print(s.has(1)); print([...s.entries()][0]); print([...s.keys()]); s.forEach((v, k, set) => print([v, k, set === s])); s.clear(); print(s.size); print([...new Set("hello")].join("")); print(new Set().size); print(Set.prototype.keys === Set.prototype.values); print(Object.prototype.toString.call(new Set())); print(Object.is([...new Set([-0])][0], 0)); print(Set.length);
for (const f of [() => Set(), () => new Set(5), () => Set.prototype.has.call(new Map(), 1), () => Set.prototype.add.call([], 1)]) try { print(f()); } catch (e) { print(e); }
//= 4
//= [1, 2, NaN, 0]
//= true
//= true
//= true
//= false
//= [2, 2]
//= [2, NaN, 0, 5]
//= [2, 2, true]
//= [NaN, NaN, true]
//= [0, 0, true]
//= [5, 5, true]
//= 0
//= 'helo'
//= 0
//= true
//= '[object Set]'
//= true
//= 0
//= TypeError
//= TypeError
//= TypeError
//= TypeError

//# iterators of collections
print(Object.prototype.toString.call(new Map().keys())); print(Object.prototype.toString.call(new Set().values())); print(new Set([1]).values().next()); print(new Map([[1, 2]]).entries().next()); const si = new Set([1, 2]).values(); print([...si]); print(si.next()); print([...si]);
try { new Map().keys().next.call(new Set().keys()); } catch (e) { print(e); }
try { [].values().next.call({}); } catch (e) { print(e); }
//= '[object Map Iterator]'
//= '[object Set Iterator]'
//= {value: 1, done: false}
//= {value: [1, 2], done: false}
//= [1, 2]
//= {value: undefined, done: true}
//= []
//= TypeError
//= TypeError

//# collections together
const byKind = new Map(); for (const [kind, name] of [["a", 1], ["b", 2], ["a", 3]]) byKind.set(kind, [...(byKind.get(kind) ?? []), name]); print(Object.fromEntries(byKind)); print([...new Set([3, 1, 3, 2])].sort()); print(new Map(Object.entries({ x: 1 })).get("x")); const [first, ...rest] = new Set([1, 2, 3]); print([first, rest]); print(Math.max(...new Set([1, 5, 2]))); print(Array.from(new Map([[1, 2]]), ([x, y]) => x + y)); print(JSON.stringify([...new Map([["k", { a: 1 }]])]));
//= {a: [1, 3], b: [2]}
//= [1, 2, 3]
//= 1
//= [1, [2, 3]]
//= 5
//= [3]
//= '[["k",{"a":1}]]'
