/*---
description: shows that an error which does not come is a failure
negative:
  phase: parse
  type: SyntaxError
---*/
let fine;
