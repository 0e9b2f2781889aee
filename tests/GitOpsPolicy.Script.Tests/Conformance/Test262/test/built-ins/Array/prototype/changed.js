/*---
description: built-in objects may be changed, and the next test finds them as new
includes: [counting.js]
---*/
Array.prototype.push = count;
assert.sameValue([].push("a"), 1);
assert.sameValue(delete Array.prototype.pop, true);
assert.sameValue([].pop, undefined);
