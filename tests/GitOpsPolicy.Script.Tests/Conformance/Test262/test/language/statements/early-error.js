/*---
description: a mistake that is to be found before the text runs
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
let x; let x;
