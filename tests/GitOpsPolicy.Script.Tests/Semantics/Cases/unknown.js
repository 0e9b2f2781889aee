// What is not known until a plan is applied: what stays known, what becomes unknown, what ends the run.

// operators give an unknown, and keep what it hangs on
doc.id // → (known after apply) @ /id needs /id
doc.id + 1 // → (known after apply)1 @ /id needs /id
1 + doc.id // → 1(known after apply) @ /id needs /id
doc.id + doc.arn // → (known after apply)(known after apply) @ /id needs /id /arn
doc.id - 1 // → (known after apply) @ /id needs /id
doc.replicas * doc.id // → (known after apply) @ /replicas needs /id
-doc.id // → (known after apply) @ /id needs /id
~doc.id // → (known after apply) @ /id needs /id
doc.id & 1 // → (known after apply) @ /id needs /id
let n = doc.id; n++;
n // → (known after apply) @ /id needs /id
let n = 1; n += doc.rules.group;
n // → 1(known after apply) @ /rules/group needs /rules/group
`${doc.name}-${doc.id}` // → web-(known after apply) @ /name needs /id
"x".concat(doc.id, doc.arn) // → x(known after apply)(known after apply) @ /id needs /id /arn
doc.id === "x" // → (known after apply) @ /id needs /id
doc.id !== "x" // → (known after apply) @ /id needs /id
doc.id === doc.arn // → (known after apply) @ /id needs /id /arn
doc.id == 1 // → (known after apply) @ /id needs /id
doc.id < 1 // → (known after apply) @ /id needs /id
1 >= doc.id // → (known after apply) @ /id needs /id
doc.id === null // → (known after apply) @ /id needs /id
typeof doc.id // → (known after apply) @ /id needs /id
!doc.id // → (known after apply) @ /id needs /id
!!doc.id // → (known after apply) @ /id needs /id
Number(doc.id) // → (known after apply) @ /id needs /id
String(doc.id) // → (known after apply) @ /id needs /id
parseInt(doc.id, 10) // → (known after apply) @ /id needs /id
Math.max(doc.replicas, doc.id, doc.arn) // → (known after apply) @ /replicas needs /id /arn
JSON.stringify({ id: doc.id }) // → {"id":(known after apply)} @ /id needs /id
[doc.id, doc.arn].join() // → (known after apply),(known after apply) @ /id needs /id /arn

// three-valued logic: what decides, decides
false && doc.id // → false
doc.id && false // → false
doc.id === "x" && doc.name === "db" // → false @ /name
doc.name === "db" && doc.id === "x" // → false @ /name
true && doc.id // → (known after apply) @ /id needs /id
doc.id && true // → (known after apply) @ /id needs /id
doc.id && doc.arn // → (known after apply) @ /id needs /id /arn
true || doc.id // → true
doc.id || true // → true
doc.id === "x" || doc.name === "web" // → true @ /name
false || doc.id // → (known after apply) @ /id needs /id
doc.id || false // → (known after apply) @ /id needs /id
doc.id || doc.arn // → (known after apply) @ /id needs /id /arn
!(doc.id === "x" && doc.name === "db") // → true @ /name
(doc.id && doc.arn) && false // → false
(doc.id || doc.arn) || true // → true
doc.id && (doc.arn && false) // → false
doc.id > 1 && doc.id.length > 3 && false // → false
doc.id && doc.id.length > 3 // → (known after apply) @ /id needs /id
doc.id && doc.arn.length > 3 // → (known after apply) @ /id needs /id /arn
doc.id && doc.missing.name // → (known after apply) @ /id needs /id
doc.name ?? doc.id // → web @ /name
doc.owner ?? doc.id // → (known after apply) @ /id needs /id
doc.id ?? "x" // → (known after apply) @ /id needs /id
let x = null; x ??= doc.id;
x // → (known after apply) @ /id needs /id
doc.ready ? doc.name : doc.id // → web @ /name
doc.ready ? doc.id : doc.name // → (known after apply) @ /id needs /id

// a right side that does something is not tried: whether it runs hangs on the left
doc.id && doc.name.startsWith("w") // → undetermined /id
let n = 0;
doc.id && n++ // → undetermined /id
let n = 0;
doc.id || (n = 1) // → undetermined /id

// it is never undefined, a function or a symbol
doc.id === undefined // → false @ /id
doc.id !== undefined // → true @ /id
doc.missing === undefined // → true
doc.id === Symbol.iterator // → false @ /id

// what asks for the value ends the run and says which it is
doc.id.length // → undetermined /id
doc.id.name // → undetermined /id
doc.id?.name // → undetermined /id
doc.id[0] // → undetermined /id
doc.id() // → undetermined /id
doc.id.startsWith("x") // → undetermined /id
doc[doc.id] // → undetermined /id
doc.id ? 1 : 2 // → undetermined /id
let n = 0; if (doc.id === doc.arn) n = 1;
n // → undetermined /id /arn
let n = 0; if (doc.id && doc.arn) n = 1;
n // → undetermined /id /arn
let n = 0; while (doc.id) { n++; break; }
n // → undetermined /id
let n = 0; do { n++; } while (doc.id > n);
n // → undetermined /id
let n = 0; for (; doc.id > n; n++);
n // → undetermined /id
let n = 0; for (const c of doc.id) n++;
n // → undetermined /id
let n = 0; for (const k in doc.id) n++;
n // → undetermined /id
let n = 0; switch (doc.id) { case "x": n = 1; }
n // → undetermined /id
let n = 0; switch (doc.name) { case doc.id: n = 1; }
n // → undetermined /id
[...doc.id] // → undetermined /id
Math.max(...doc.id) // → undetermined /id
({ ...doc.id }) // → undetermined /id
const { length } = doc.id;
length // → undetermined /id
const [first] = doc.id;
first // → undetermined /id
({ [doc.id]: 1 }) // → undetermined /id
doc.id instanceof Object // → undetermined /id
"x" in doc.id // → undetermined /id
doc.id in doc.labels // → undetermined /id
new Map([[doc.id, 1]]) // → undetermined /id
new Set([doc.id]) // → undetermined /id
new Map([[1, doc.id]]).get(1) // → (known after apply) @ /id needs /id
new Map().has(doc.id) // → undetermined /id
Boolean(doc.id) // → undetermined /id
Array.isArray(doc.id) // → undetermined /id
Object.keys(doc.id) // → undetermined /id
Array.from(doc.id) // → undetermined /id
JSON.parse(doc.id) // → undetermined /id
/x/.test(doc.id) // → undetermined /id
"abc".includes(doc.id) // → undetermined /id
"abc".replace("b", doc.id) // → undetermined /id
"abc".replace("b", () => doc.id) // → a(known after apply)c @ /id needs /id
"abc".slice(doc.id) // → undetermined /id
[1, 2].at(doc.id) // → undetermined /id
"x".repeat(doc.id) // → undetermined /id
isNaN(doc.id) // → undetermined /id
Number.isInteger(doc.id) // → undetermined /id
Object.is(doc.id, 1) // → undetermined /id

// no rule can swallow it
let n = 0; try { n = doc.id.length; } catch { n = -1; }
n // → undetermined /id
let n = 0; try { n = doc.id.length; } finally { n = 1; }
n // → undetermined /id
(() => { try { return doc.id.length; } finally { return 1; } })() // → undetermined /id
for (const x of [1]) { try { if (doc.id) break; } finally { continue; } }
1 // → undetermined /id
function* g() { try { yield doc.id.length; } finally { yield 1; } }
[...g()] // → undetermined /id
[1].map(() => doc.id.length) // → undetermined /id
JSON.stringify({ toJSON() { return doc.id.length; } }) // → undetermined /id
`${{ toString() { return doc.id.length; } }}` // → undetermined /id

// lists that are known in part
doc.zones.length // → 3 @ /zones
doc.zones[0] // → eu-1 @ /zones/0
doc.zones[1] // → (known after apply) @ /zones/1 needs /zones/1
doc.zones // → ["eu-1","(known after apply)","eu-3"] @ /zones
[...doc.zones].length // → 3
doc.zones.map((z) => `${z}a`)[2] // → eu-3a @ /zones/2
doc.zones.map((z) => `${z}a`)[1] // → (known after apply)a @ /zones/1 needs /zones/1
doc.zones.includes("eu-1") // → true
doc.zones.includes("eu-3") // → true
doc.zones.includes("eu-9") // → (known after apply) @ /zones/1 needs /zones/1
doc.zones.includes("eu-9") || doc.ready // → true @ /ready
[1, doc.id].includes(1) // → true
[doc.id, 1].includes(1) // → true
doc.zones.indexOf("eu-1") // → 0
doc.zones.indexOf("eu-3") // → undetermined /zones/1
doc.zones.lastIndexOf("eu-3") // → 2
doc.zones.some((z) => z === "eu-1") // → true
doc.zones.some((z) => z === "eu-3") // → true
doc.zones.some((z) => z === "eu-9") // → (known after apply) @ /zones/1 needs /zones/1
[doc.id, doc.arn].some((x) => x === 1) // → (known after apply) @ /id needs /id /arn
doc.zones.every((z) => z === "eu-1") // → false
doc.zones.every((z) => z !== "eu-3") // → false
doc.zones.every((z) => z !== "eu-9") // → (known after apply) @ /zones/1 needs /zones/1
doc.zones.every((z) => isUnknown(z) || z.startsWith("eu-")) // → true
doc.zones.some((z) => z.startsWith("eu-3")) // → undetermined /zones/1
isUnknown(doc.zones.some((z) => z === "eu-9")) // → true
let n = 0; if (doc.zones.some((z) => z === "eu-9")) n = 1;
n // → undetermined /zones/1
doc.zones.find((z) => z === "eu-1") // → eu-1 @ /zones/0
doc.zones.find((z) => z === "eu-3") // → undetermined /zones/1
doc.zones.findLast((z) => z === "eu-3") // → eu-3 @ /zones/2
doc.zones.filter((z) => z === "eu-3") // → undetermined /zones/1
doc.zones.filter((z) => !isUnknown(z)) // → ["eu-1","eu-3"] @ /zones
doc.zones.toSorted() // → undetermined /zones/1
[...doc.zones].sort((a, b) => (a < b ? -1 : 1)) // → undetermined /zones/1
doc.zones.toReversed()[1] // → (known after apply) @ /zones/1 needs /zones/1
doc.zones.join() // → eu-1,(known after apply),eu-3 @ /zones/0 needs /zones/1
doc.zones.reduce((all, z) => all + z, "") // → eu-1(known after apply)eu-3 @ /zones/0 needs /zones/1
new Set(doc.zones) // → undetermined /zones/1
const [first, second] = doc.zones;
first // → eu-1 @ /zones/0
JSON.stringify(doc.zones) // → ["eu-1",(known after apply),"eu-3"] @ /zones needs /zones/1

// objects that are known in part
doc.rules.cidr // → 10.0.0.0/8 @ /rules/cidr
Object.keys(doc.rules) // → ["cidr","group"] @ /rules
"group" in doc.rules // → true
doc.rules.group // → (known after apply) @ /rules/group needs /rules/group
({ ...doc.rules }).cidr // → 10.0.0.0/8 @ /rules/cidr
const { cidr, group = "none" } = doc.rules;
group // → (known after apply) @ /rules/group needs /rules/group
JSON.parse(JSON.stringify(doc.rules)) // → undetermined /rules/group
Object.values(doc.rules).includes("10.0.0.0/8") // → true

// asking first
isUnknown(doc.id) // → true
isUnknown(doc.name) // → false
isUnknown(doc.missing) // → false
isUnknown(doc.id + "x") // → true
isUnknown(doc.id === 1) // → true
isUnknown(doc.rules) // → false
isUnknown(doc.zones) // → false
isUnknown(doc.zones[1]) // → true
isUnknown([doc.id]) // → false
isUnknown(doc.id) ? "later" : doc.id.length // → later
!isUnknown(doc.id) && doc.id.length > 3 // → false
