/*---
description: a var is there from the start of its function
---*/
assert.sameValue(typeof late, "undefined");
function f() {
  if (true) { var inner = 1; }
  for (var i = 0; i < 2; i++) { }
  return [inner, i, typeof after];
  var after;
}
var late = 1;
assert.sameValue(f().join(), "1,2,undefined");
