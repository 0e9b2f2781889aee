/*---
flags: [noStrict]
---*/
