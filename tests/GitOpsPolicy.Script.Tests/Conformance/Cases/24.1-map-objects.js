// ECMAScript 2023, 24.1 Map objects.

//# Map
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
class E extends Error {}
let m = new Map([[NaN, 1], [0, 2]]);
print(m.get(NaN)); print(m.get(-0)); print([...m.keys()][1]); print(Object.is([...new Map([[-0, 1]]).keys()][0], 0)); fails(() => Map());
fails(() => new Map(5)); fails(() => new Map([1])); print(new Map(null).size); print(m.set("k", 1) === m); print(m.delete("k")); print(m.delete("k"));
let log = []; m.forEach(function (v, k, mm) { log.push(k, v, mm === m, this.t); }, { t: 1 }); print(log.length); fails(() => m.forEach());
fails(() => Map.prototype.get.call(new Set(), 1)); let it = m.entries(); it.next(); m.set("late", 1); m.delete(0); print(it.next().value[0]);
print(it.next().done); m.set("later", 1); print(it.next().done); let g = new Map([[1, 1], [2, 2], [3, 3]]); let seen = [];
g.forEach((v, k) => { seen.push(k); if (k === 1) { g.delete(2); g.set(4, 4); } }); print(seen); m.clear(); print(m.size); print(String(m));
fails(() => Object.getOwnPropertyDescriptor(Map.prototype, "size").get.call(new Set())); let closed = 0;
fails(() => new Map({ [Symbol.iterator]() { return { next() { return { done: false, value: 1 }; }, return() { closed++; return {}; } }; } }));
print(closed); class M extends Map { set(k, v) { return super.set(k, v + 1); } } print(new M([[1, 1]]).get(1));
class Bad extends Map { } Bad.prototype.set = 1; fails(() => new Bad([[1, 1]])); print(Map.prototype[Symbol.iterator] === Map.prototype.entries);
//= 1
//= 2
//= 0
//= true
//= TypeError
//= TypeError
//= TypeError
//= 0
//= true
//= true
//= false
//= 8
//= TypeError
//= TypeError
//= 'late'
//= true
//= true
//= [1, 3, 4]
//= 0
//= '[object Map]'
//= TypeError
//= TypeError
//= 1
//= 2
//= TypeError
//= true
