// ECMAScript 2023, 14.2-3 Blocks and declarations.

//# statements/block/functions
{ print(typeof f); function f() {} } if (true) { function g() { return 1; } print(g()); } switch (1) { case 1: function h() {} }
//= 'function'
//= 1

//# statements/let/tdz
const fails = f => { try { f(); print("no error"); } catch (e) { print(e); } };
fails(() => { x; let x = 1; }); fails(() => { x = 1; let x; });
fails(() => { let x = x; }); fails(() => { (function () { return y; })(); let y; }); let u; print(u); fails(() => { const { a = b, b } = {}; });
fails(() => { (function (a = b, b) {})(); }); fails(() => { typeof z; const z = 1; }); { let u = 2; { let u = 3; } print(u); } fails(() => { f();
function f() { return q; } let q = 1; });
//= ReferenceError
//= ReferenceError
//= ReferenceError
//= ReferenceError
//= undefined
//= ReferenceError
//= ReferenceError
//= ReferenceError
//= 2
//= ReferenceError
