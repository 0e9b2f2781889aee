// Loops and exceptions without an end. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# errors for ever
for (;;) try { null.x; } catch (e) { }
//= budget

//# errors with causes for ever
let e; for (;;) e = new Error("x".repeat(1000), { cause: e });
//= budget

//# a thrown giant
throw new Error("x".repeat(1000000));
//= throws Error

//# a thrown object that cannot be read
throw { get message() { throw 1; }, get name() { for (;;); } };
//= throws

//# a loop without anything in it
for (;;);
//= budget

//# while true
while (true) { }
//= budget

//# do while true
do { } while (true);
//= budget

//# a loop that its own finally keeps alive
for (;;) { try { for (;;); } finally { continue; } }
//= budget

//# throw and catch for ever
for (let i = 0; ; i++) { try { throw i; } catch { } }
//= budget

//# a label that goes on for ever
lbl: for (;;) { for (;;) continue lbl; }
//= budget

//# a switch with a loop in it
switch (1) { default: for (;;); }
//= budget

//# a loop over an object that points to itself
const o = {}; o.o = o; for (let x = o; ; x = x.o);
//= budget

//# a condition that is the loop
while ([1, 2, 3].some(x => x > 0)) { }
//= budget

//# a finally that throws into a loop
for (;;) { try { try { throw 1; } finally { throw 2; } } catch { } }
//= budget

//# return overridden by finally, for ever
const f = () => { for (;;) { try { return 1; } finally { continue; } } }; f();
//= budget

//# three loops inside one another
let n = 0; for (let i = 0; i < 1e6; i++) for (let j = 0; j < 1e6; j++) for (let k = 0; k < 1e6; k++) n++;
//= budget

//# counting to infinity in fractions
for (let x = 0; x < 1; x += 1e-300);
//= budget

//# patterns taken apart for ever
for (;;) { const [x, ...y] = "abcdefghijkl"; }
//= budget

//# objects taken apart for ever
for (;;) { const { x, ...y } = { x: 1, a: 2, b: 3 }; }
//= budget

//# defaults that loop
const f = (x = (() => { for (;;); })()) => x; f();
//= budget

//# a comma that never ends
for (let i = 0; ; i++, i--, i += 2, i -= 2);
//= budget

//# optional chains for ever
const o = { a: null }; for (;;) o?.a?.b?.c?.d?.();
//= budget
