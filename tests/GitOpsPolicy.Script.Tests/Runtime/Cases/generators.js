// Generators.

//# next, return values and done
function* g() { const a = yield 1; print("got " + a); const b = yield a + 1; return a + b; }
const it = g(); print(it.next("ignored")); print(it.next(10)); print(it.next(5)); print(it.next()); print(typeof it[Symbol.iterator]); print(it[Symbol.iterator]() === it);
print([...g()].length); print(Object.prototype.toString.call(it)); print(it instanceof g); print(g.prototype === Object.getPrototypeOf(it)); try { new g(); } catch (e) { print(e); } print(g.name); print(g.length);
//= {value: 1, done: false}
//= 'got 10'
//= {value: 11, done: false}
//= {value: 15, done: true}
//= {value: undefined, done: true}
//= 'function'
//= true
//= 'got undefined'
//= 2
//= '[object Generator]'
//= true
//= true
//= TypeError
//= 'g'
//= 0

//# loops and laziness
function* count(from = 0) { let n = from; while (true) yield n++; } function* take(n, it) { let i = 0; for (const x of it) { if (i++ >= n) return; yield x; } }
print([...take(3, count(5))]); const [a, b] = count(); print([a, b]); for (const x of count(1)) { if (x > 3) break; print(x); }
function* evens() { for (let i = 0; ; i += 2) { if (i > 6) return; yield i; } } print([...evens()]); function* fs() { for (let i = 0; i < 3; i++) yield () => i; } print([...fs()].map(f => f()));
function* dw() { let i = 0; do { yield i; } while (++i < 2); } print([...dw()]); function* inn() { for (const k in { a: 1, b: 2 }) yield k; } print([...inn()]);
function* lab() { outer: for (const a of [1, 2, 3]) { for (const b of [1, 2, 3]) { if (b === 2) continue outer; if (a === 3) break outer; yield [a, b]; } } } print([...lab()]);
//= [5, 6, 7]
//= [0, 1]
//= 1
//= 2
//= 3
//= [0, 2, 4, 6]
//= [0, 1, 2]
//= [0, 1]
//= ['a', 'b']
//= [[1, 1], [2, 1]]

//# try, throw and return
function* g() { try { yield 1; yield 2; } catch (e) { print("caught " + e); yield 3; } finally { print("finally"); yield 4; } yield 5; }
let it = g(); print(it.next()); print(it.throw("x")); print(it.next()); print(it.next()); print(it.next()); it = g(); it.next(); print(it.return(9)); print(it.next()); print(it.next());
it = g(); print(it.return(7)); print(it.next()); it = g(); try { it.throw(new RangeError()); } catch (e) { print(e); } print(it.next());
function* h() { try { yield 1; } finally { print("closed"); } } for (const x of h()) break; const [q] = h(); try { for (const x of h()) throw 1; } catch (e) { print(e); }
function* k() { try { return "a"; } finally { yield "f"; } } print([...k()]); it = k(); print(it.next()); print(it.next()); function* o() { try { yield 1; } finally { return 2; } } it = o(); it.next(); print(it.return(5));
function* t() { yield 1; throw new TypeError(); } it = t(); it.next(); try { it.next(); } catch (e) { print(e); } print(it.next());
//= {value: 1, done: false}
//= 'caught x'
//= {value: 3, done: false}
//= 'finally'
//= {value: 4, done: false}
//= {value: 5, done: false}
//= {value: undefined, done: true}
//= 'finally'
//= {value: 4, done: false}
//= {value: 9, done: true}
//= {value: undefined, done: true}
//= {value: 7, done: true}
//= {value: undefined, done: true}
//= RangeError
//= {value: undefined, done: true}
//= 'closed'
//= 'closed'
//= 'closed'
//= 1
//= ['f']
//= {value: 'f', done: false}
//= {value: 'a', done: true}
//= {value: 2, done: true}
//= TypeError
//= {value: undefined, done: true}

//# delegation
function* inner() { const x = yield "i1"; print("inner got " + x); try { yield "i2"; } catch (e) { print("inner caught " + e); yield "i3"; } return "ret"; } function* outer() { const r = yield* inner(); print(r); yield* [1, 2]; yield* "ab"; return "end"; }
const it = outer(); print(it.next()); print(it.next("v")); print(it.throw("err")); print(it.next()); print(it.next()); print(it.next()); print(it.next()); print(it.next());
function* tree(n) { if (n) { yield* tree(n.l); yield n.v; yield* tree(n.r); } } print([...tree({ v: 2, l: { v: 1 }, r: { v: 3 } })]); const it2 = outer(); it2.next(); print(it2.return("z")); try { [...(function* () { yield* 5; })()]; } catch (e) { print(e); }
//= {value: 'i1', done: false}
//= 'inner got v'
//= {value: 'i2', done: false}
//= 'inner caught err'
//= {value: 'i3', done: false}
//= 'ret'
//= {value: 1, done: false}
//= {value: 2, done: false}
//= {value: 'a', done: false}
//= {value: 'b', done: false}
//= {value: 'end', done: true}
//= [1, 2, 3]
//= {value: 'z', done: true}
//= TypeError

//# yield inside expressions
function* g() { const log = []; log.push(yield 1, yield 2); log.push((yield 3) + (yield 4) * 2); log.push([yield 5, 6, yield 7]); log.push(`${yield 8}-${yield 9}`); log.push({ a: yield 10, b: 1 }); return log; }
let it = g(), r = it.next(), i = 0; while (!r.done) r = it.next(++i * 10); print(r.value);
function* c() { const a = (yield "t") ? yield "then" : yield "else"; const b = (yield "x") && (yield "y"); const d = (yield "n") ?? (yield "m"); const o = {}; o[yield "k"] = 1; return [a, b, d, o]; }
it = c(); print(it.next()); print(it.next(true)); print(it.next("A")); print(it.next(0)); print(it.next(null)); print(it.next("D")); print(it.next("key"));
function* m() { const o = { v: 1, f(x) { return this.v + x; } }; o.p = yield 1; let n = 5; n += yield 2; print(o.f(yield 3)); print(Math.max(...[1, 2], yield 4)); print(!(yield 5)); print((yield 6).x); const { a, b: [c] } = yield 7; print([a, c]); return [o.p, n]; }
it = m(); it.next(); it.next("P"); it.next(10); it.next(7); it.next(9); it.next(0); it.next({ x: "X" }); print(it.next({ a: 1, b: [2] }));
function* order() { const f = x => { print(x); return x; }; return [f(1), yield f(2), f(3)]; } it = order(); it.next(); print(it.next("y").value); function* w() { while (yield "more") print("again"); return "done"; } it = w(); it.next(); it.next(true); print(it.next(false));
//= [10, 20, 110, [50, 6, 60], '70-80', {a: 90, b: 1}]
//= {value: 't', done: false}
//= {value: 'then', done: false}
//= {value: 'x', done: false}
//= {value: 'n', done: false}
//= {value: 'm', done: false}
//= {value: 'k', done: false}
//= {value: ['A', 0, 'D', {key: 1}], done: true}
//= 8
//= 9
//= true
//= 'X'
//= [1, 2]
//= {value: ['P', 15], done: true}
//= 1
//= 2
//= 3
//= [1, 'y', 3]
//= 'again'
//= {value: 'done', done: true}

//# methods, classes and objects
const o = { *gen() { yield this.v; }, v: 4, *[Symbol.iterator]() { yield 1; yield 2; } }; print([...o.gen()]); print([...o]); class C { *items() { yield* this.list; } list = [1, 2]; static *s() { yield "s"; } } print([...new C().items()]); print([...C.s()]);
class Tree { #kids = []; add(k) { this.#kids.push(k); return this; } *walk() { yield this; for (const k of this.#kids) yield* k.walk(); } } print([...new Tree().add(new Tree()).add(new Tree().add(new Tree())).walk()].length);
function* args(a, b = a * 2, ...c) { yield a; yield b; yield c; } print([...args(1)]); print([...args(1, 2, 3, 4)]); try { const g = (function* (x = null.y) { })(); } catch (e) { print(e); }
//= [4]
//= [1, 2]
//= [1, 2]
//= ['s']
//= 4
//= [1, 2, []]
//= [1, 2, [3, 4]]
//= TypeError

//# re-entry and misuse
let it; function* g() { try { it.next(); } catch (e) { print(e); } yield 1; } it = g(); print(it.next()); try { it.next.call({}); } catch (e) { print(e); } print(it.next()); function* e() { } print([...e()]); print(e().next());
function* sw(x) { switch (x) { case 1: yield "one"; case 2: yield "two"; break; default: yield "other"; } yield "end"; } print([...sw(1)]); print([...sw(2)]); print([...sw(3)]); function* bl() { b: { yield 1; break b; } yield 2; if (true) { yield 3; } else yield 4; } print([...bl()]);
print(Array.from((function* () { yield 1; yield 2; })(), x => x * 2)); print(new Map((function* () { yield ["a", 1]; })()).get("a")); print(Math.max(...(function* () { yield 3; yield 8; })())); const [x, ...y] = (function* () { yield 1; yield 2; yield 3; })(); print([x, y]);
//= TypeError
//= {value: 1, done: false}
//= TypeError
//= {value: undefined, done: true}
//= []
//= {value: undefined, done: true}
//= ['one', 'two', 'end']
//= ['two', 'end']
//= ['other', 'end']
//= [1, 2, 3]
//= [2, 4]
//= 1
//= 8
//= [1, [2, 3]]
