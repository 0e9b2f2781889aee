// ECMAScript 2023, 24.2 Set objects.

//# Set
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let s = new Set([1, 1, NaN, NaN, 0, -0, "1"]); print(s.size);
print(Object.is([...s][2], 0)); print(Set.prototype.keys === Set.prototype.values); fails(() => Set()); print(s.add(5) === s); print(s.has("1"));
print(s.delete(1)); print(JSON.stringify([...s.entries()][0][0])); let seen = [];
s.forEach((v, k, ss) => { seen.push(v === k || v !== v, ss === s); }); print(seen.every(x => x)); let r = new Set([1, 2, 3]); let o = [];
for (let x of r) { o.push(x); if (x === 1) { r.delete(2); r.add(9); } if (x === 9) { r.delete(1); r.add(1); if (o.length > 5) break; } } print(o);
print(String(s)); fails(() => new Set(1)); print(new Set("aab").size); fails(() => Set.prototype.add.call(new Map(), 1)); s.clear(); print(s.size);
//= 4
//= true
//= true
//= TypeError
//= true
//= true
//= true
//= 'null'
//= true
//= [1, 3, 9, 1]
//= '[object Set]'
//= TypeError
//= 2
//= TypeError
//= 0
