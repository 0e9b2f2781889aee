/*---
description: shows that a failure is counted
---*/
assert.sameValue(1 + 1, 3);
