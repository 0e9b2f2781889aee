/*---
description: what rules hear of when they load is an error at run time here
---*/
const c = 1;
const errors = [];
for (const f of [() => nowhere, () => { c = 2; }, () => { nowhere = 1; }]) {
  try { f(); } catch (e) { errors.push(e.name); }
}
assert.sameValue(errors.join(), "ReferenceError,TypeError,ReferenceError");
assert.sameValue(typeof nowhere, "undefined");
