/*---
flags: [module]
negative:
  phase: resolution
  type: SyntaxError
---*/
import { missing } from "./exports_FIXTURE.js";
