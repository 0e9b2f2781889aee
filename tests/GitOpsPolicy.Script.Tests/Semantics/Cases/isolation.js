// What a rule is given cannot be changed, and what all rules share cannot either.

// the documents
doc.name = "x" // → throws TypeError: cannot assign to `name`: the documents that a rule judges are read-only
doc.fresh = "x" // → throws TypeError: cannot assign to `fresh`: the documents that a rule judges are read-only
doc["name"] += "x" // → throws TypeError: cannot assign to `name`: the documents that a rule judges are read-only
doc.replicas++ // → throws TypeError: cannot assign to `replicas`: the documents that a rule judges are read-only
doc.owner ??= "me" // → throws TypeError: cannot assign to `owner`: the documents that a rule judges are read-only
doc.labels.app = "x" // → throws TypeError: cannot assign to `app`: the documents that a rule judges are read-only
delete doc.name // → throws TypeError: cannot delete `name`: the documents that a rule judges are read-only
delete doc.missing // → true
doc.tags[0] = "x" // → throws TypeError: cannot assign to `0`: the documents that a rule judges are read-only
doc.tags.length = 0 // → throws TypeError: cannot assign to `length`: the documents that a rule judges are read-only
doc.tags.push("d") // → throws TypeError: cannot assign to `3`: the documents that a rule judges are read-only
doc.tags.pop() // → throws TypeError: cannot delete `2`: the documents that a rule judges are read-only
doc.tags.sort() // → throws TypeError: cannot sort in place what is read-only, use `toSorted`
[doc.name] = ["x"] // → throws TypeError: cannot assign to `name`: the documents that a rule judges are read-only
({ name: doc.name } = { name: "x" }) // → throws TypeError: cannot assign to `name`: the documents that a rule judges are read-only
for (doc.name of ["x"]);
1 // → throws TypeError: cannot assign to `name`: the documents that a rule judges are read-only
Object.assign(doc, { name: "x" }) // → throws TypeError: cannot assign to `name`: the documents that a rule judges are read-only
Object.defineProperty(doc, "name", { value: "x" }) // → throws TypeError: the documents that a rule judges are read-only
Object.setPrototypeOf(doc, null) // → throws TypeError: the documents that a rule judges are read-only
Array.prototype.push.call(doc.tags, "d") // → throws TypeError: cannot assign to `3`: the documents that a rule judges are read-only
Object.isFrozen(doc) // → true
Object.isFrozen(doc.tags) // → true
Object.isExtensible(doc) // → false
Object.freeze(doc) === doc // → true

// a copy is the rule's own
const mine = { ...doc.labels }; mine.app = "x";
mine // → {"app":"x","tier":"front"}
const mine = [...doc.tags]; mine.push("d");
mine // → ["a","b","c","d"]
doc.tags.toSorted((a, b) => (a < b ? 1 : -1)) // → ["c","b","a"] @ /tags

// the language's own objects
Array.prototype.extra = 1 // → throws TypeError: cannot assign to `extra`: the object is frozen
Array.prototype.map = null // → throws TypeError: cannot assign to `map`: the object is frozen
Object.prototype.toString = () => "x" // → throws TypeError: cannot assign to `toString`: the object is frozen
Object.prototype.extra = 1 // → throws TypeError: cannot assign to `extra`: the object is frozen
String.prototype.trim = null // → throws TypeError: cannot assign to `trim`: the object is frozen
[].constructor.prototype.extra = 1 // → throws TypeError: cannot assign to `extra`: the object is frozen
({}).__proto__ // → undefined
(function* () {}).constructor("yield 1") // → throws TypeError: functions cannot be made from text, write the function in the rule
Object.getPrototypeOf(function* () {}).extra = 1 // → throws TypeError: cannot assign to `extra`: the object is frozen
Object.getPrototypeOf([][Symbol.iterator]()).next = null // → throws TypeError: cannot assign to `next`: the object is frozen
Array.prototype[Symbol.iterator] = null // → throws TypeError: cannot assign to `Symbol(Symbol.iterator)`: the object is frozen
Math.PI = 3 // → throws TypeError: cannot assign to `PI`: the object is frozen
Math.extra = 1 // → throws TypeError: cannot assign to `extra`: the object is frozen
JSON.parse = null // → throws TypeError: cannot assign to `parse`: the object is frozen
delete Math.max // → throws TypeError: cannot delete `max`: it may not be removed
delete Array.prototype.map // → throws TypeError: cannot delete `map`: it may not be removed
Object.defineProperty(Array.prototype, "extra", { value: 1 }) // → throws TypeError: cannot redefine property `extra`
Object.defineProperty(Object.prototype, "name", { get() { return 1; } }) // → throws TypeError: cannot redefine property `name`
Object.setPrototypeOf(Array.prototype, null) // → throws TypeError: cannot change what this object inherits from
Object.setPrototypeOf(Object.prototype, {}) // → throws TypeError: cannot change what this object inherits from
Object.assign(Math, { max: null }) // → throws TypeError: cannot assign to `max`: the object is frozen
Map.prototype.get.extra = 1 // → throws TypeError: cannot assign to `extra`: the object is frozen
Error.prototype.message = "x" // → throws TypeError: cannot assign to `message`: the object is frozen
Symbol.iterator.extra = 1 // → throws TypeError: cannot create `extra` on a symbol
RegExp.prototype.exec = null // → throws TypeError: cannot assign to `exec`: the object is frozen
isUnknown.extra = 1 // → throws TypeError: cannot assign to `extra`: the object is frozen
Object.isFrozen(Array.prototype) // → true
Object.isFrozen(Math) // → true

// the rule's own objects may still differ from them
class Odd extends Array { map() { return "mine"; } }
new Odd().map() // → mine
const o = { toString: () => "mine" };
`${o}` // → mine
const e = new Error("x"); e.message = "mine";
e.message // → mine
const list = [1]; list.map = () => "mine";
list.map() // → mine
