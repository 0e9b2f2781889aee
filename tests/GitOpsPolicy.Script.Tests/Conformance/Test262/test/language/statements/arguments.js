/*---
description: arguments holds what a function was given, and does not follow its parameters in strict code
flags: [onlyStrict]
---*/
function f(a) {
  a = 9;
  return [arguments.length, arguments[0], (() => arguments[1])()].join();
}
assert.sameValue(f(1, 2), "2,1,2");
