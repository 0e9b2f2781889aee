/*---
description: an error at run time, by the name of its constructor
negative:
  phase: runtime
  type: Test262Error
---*/
throw new Test262Error();
