/*---
features: [Proxy]
---*/
