/*---
description: a module with what it imports
flags: [module]
includes: [counting.js]
---*/
import { name } from "./exports_FIXTURE.js";
assert.sameValue(name, "fixture");
assert.sameValue(count(name), 1);
