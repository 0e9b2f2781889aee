// ECMAScript 2023, 14.15 The try statement.

//# statements/try/completion
function f() { try { return 1; } finally { return 2; } } print(f());
function g() { for (;;) { try { return 1; } finally { break; } } return 3; } print(g());
function h() { try { throw 1; } catch (e) { return e; } finally { } } print(h());
function k() { l: try { return 1; } finally { break l; } return 9; } print(k()); let x = 0;
function m() { try { return x; } finally { x = 5; } } print(m());
try { try { throw 1; } finally { throw 2; } } catch (e) { print(e); } function c() { for (let i = 0; i < 3;
i++) { try { continue; } finally { if (i === 1) return i; } } } print(c());
try { throw { a: [1] }; } catch ({ a: [b], c = 2 }) { print(b + c); } try { throw undefined; } catch { } let e = 1;
try { throw 2; } catch (e) { { let e = 3; } print(e); } print(e);
//= 2
//= 3
//= 1
//= 9
//= 0
//= 2
//= 1
//= 3
//= 2
//= 1
