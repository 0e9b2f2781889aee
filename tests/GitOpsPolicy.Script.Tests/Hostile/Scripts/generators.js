// Generators and iterators without an end. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# a generator that never ends, spread
function* g() { for (;;) yield 1; } [...g()];
//= budget

//# a generator that never ends, walked
function* g() { for (;;) yield 1; } for (const x of g());
//= budget

//# yield* of itself
function* g() { yield* g(); } [...g()];
//= deep

//# a generator that starts itself
function* g() { const it = g(); it.next(); yield 1; } g().next();
//= deep

//# a finally that never ends
function* g() { try { yield 1; } finally { for (;;); } } const [a] = g();
//= budget

//# a generator that will not return
function* g() { for (;;) try { yield 1; } finally { continue; } } const it = g(); it.next(); for (;;) it.return();
//= budget

//# delegation, ever deeper
function* id(it) { yield* it; } let it = [1][Symbol.iterator](); for (;;) it = id(it);
//= budget

//# delegation, five thousand deep
function* id(it) { yield* it; } let it = [1, 2][Symbol.iterator](); for (let i = 0; i < 5000; i++) it = id(it); it.next();
//= deep

//# an iterator that is never done
const it = { [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }) }; } }; for (const x of it);
//= budget

//# an iterator whose return never ends
const it = { [Symbol.iterator]: () => ({ next: () => ({ done: false }), return() { for (;;); } }) }; for (const x of it) break;
//= budget

//# an iterator of iterators
const it = { [Symbol.iterator]() { return [...it][Symbol.iterator](); } }; const [a] = it;
//= deep

//# generators made for ever, kept
function* g() { yield 1; } const a = []; for (;;) { const it = g(); it.next(); a.push(it); }
//= budget

//# a generator that walks itself
function* g() { for (const x of g()) yield x; } [...g()];
//= deep

//# two generators that feed each other
function* a() { yield* b(); } function* b() { yield* a(); } a().next();
//= deep

//# primes without an end
function* sieve(it) { const p = it.next().value; yield p; yield* sieve((function* () { for (const n of it) if (n % p) yield n; })()); } function* from(n) { for (;;) yield n++; } for (const p of sieve(from(2)));
//= deep

//# permutations of twelve
function* perms(a) { if (a.length < 2) yield a; else for (let i = 0; i < a.length; i++) for (const p of perms(a.toSpliced(i, 1))) yield [a[i], ...p]; } [...perms([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])];
//= budget

//# throw into a generator for ever
function* g() { for (;;) try { yield 1; } catch { } } const it = g(); it.next(); for (;;) it.throw(1);
//= budget

//# destructuring from an endless generator, with a rest
function* g() { for (;;) yield 1; } const [a, ...r] = g();
//= budget

//# new Map of an endless generator
function* g() { for (let i = 0; ; i++) yield [i, i]; } new Map(g());
//= budget

//# new Set of an endless generator
function* g() { for (let i = 0; ; i++) yield i; } new Set(g());
//= budget

//# arguments from an endless generator
function* g() { for (;;) yield 1; } Math.max(...g());
//= budget

//# Array.from of an endless generator, mapped
function* g() { for (;;) yield 1; } Array.from(g(), x => [x]);
//= budget

//# fromEntries of an endless generator
function* g() { for (let i = 0; ; i++) yield ["k" + i, i]; } Object.fromEntries(g());
//= budget

//# an endless generator joined by a method
class A { *[Symbol.iterator]() { for (;;) yield 1; } } [...new A()].join();
//= budget
