/*---
description: the evaluator says that it leaves this out, even when the test catches that
---*/
try { (() => { }).constructor("return 1"); } catch (e) { }
