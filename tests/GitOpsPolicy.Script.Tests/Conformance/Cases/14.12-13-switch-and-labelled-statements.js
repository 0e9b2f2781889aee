// ECMAScript 2023, 14.12-13 Switch and labelled statements.

//# statements/labeled
a: b: for (let i = 0; i < 3; i++) { for (;;) { continue a; } } x: { break x; print(false); } y: if (true) { break y; } let n = 0; z: do { n++;
continue z; } while (n < 3); print(n); w: while (true) { try { continue w; } finally { break w; } }
//= 3
