/*---
includes: [counting.js]
---*/
assert.sameValue(Array.prototype.push.name, "push");
assert.sameValue(typeof [].pop, "function");
assert.sameValue(counted.length, 0, "the harness starts anew too");
