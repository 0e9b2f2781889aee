/*---
description: the loader says that it leaves this out
---*/
eval("1");
