/*---
description: ends by its budget, which is a failure
---*/
for (;;) { }
