// ECMAScript 2023, 13.13 Logical operators.

//# expressions/coalesce-and-logical-assignment
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
let o = { get a() { return 1; } }; o.a ||= 2; o.a ??= 3;
fails(() => { o.a &&= 3; }); let x = null; x ??= "d"; print(x); let f; f ||= function () {}; print(f.name); let g = 1; g &&= () => 1; print(g.name);
print(0 ?? 1); print((null || undefined) ?? "z"); let log = []; ({ get p() { log.push("g"); return 0; }, set p(v) { log.push("s"); } }).p ||= 1;
print(log);
//= TypeError
//= 'd'
//= 'f'
//= 'g'
//= 0
//= 'z'
//= ['g', 's']
