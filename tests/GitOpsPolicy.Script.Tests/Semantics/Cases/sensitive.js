// What a rule can do with a secret, channel by channel, the way somebody would who wants it shown. In each the text stays covered.

// as it is, and put together with other text
doc.password // → (sensitive) @ /password
doc.pin // → (sensitive) @ /pin
doc.open // → (sensitive) @ /open
doc.login // → {"user":"(sensitive)","port":(sensitive)} @ /login
doc.phrases // → ["alpha","(sensitive)"] @ /phrases
"p=" + doc.password // → p=(sensitive) @ /password
doc.password + doc.password // → (sensitive) @ /password
`${doc.name}: ${doc.password}` // → web: (sensitive) @ /name
"".concat("<", doc.password, ">") // → <(sensitive)> @ /password
["a", doc.password].join("-") // → a-(sensitive) @ /password
["a", "b"].join(doc.password) // → a(sensitive)b @ /password
const raw = (texts, ...values) => texts.join("|") + values;
raw`<${doc.password}>` // → <|>(sensitive) @ /password
String.raw`<${doc.password}>` // → <(sensitive)> @ /password
String(doc.password) // → (sensitive) @ /password
`${[doc.password]}` // → (sensitive) @ /password
`${{ toString: () => doc.password }}` // → (sensitive) @ /password
`${{ [Symbol.toPrimitive]: () => doc.password }}` // → (sensitive) @ /password
let text = ""; text += doc.password; text += "!";
text // → (sensitive)! @ /password

// in pieces: each piece is as secret as the whole
doc.password.slice(1, 3) // → (sensitive) @ /password
doc.password.substring(0, 1) // → (sensitive) @ /password
doc.password.substr(-2) // → (sensitive) @ /password
doc.password[0] // → (sensitive) @ /password
doc.password["0"] // → (sensitive) @ /password
doc.password.at(-1) // → (sensitive) @ /password
doc.password.charAt(2) // → (sensitive) @ /password
doc.password.charCodeAt(0) // → (sensitive) @ /password
doc.password.codePointAt(0) // → (sensitive) @ /password
[...doc.password].join(" ") // → (sensitive) (sensitive) (sensitive) (sensitive) (sensitive) (sensitive) (sensitive) (sensitive) (sensitive) (sensitive) @ /password
doc.password.split("")[3] // → (sensitive) @ /password
doc.password.split("-") // → ["(sensitive)","(sensitive)"] @ /password
Array.from(doc.password)[0] // → (sensitive) @ /password
const [first] = doc.password;
first // → (sensitive) @ /password
const { 0: first } = doc.password;
first // → (sensitive) @ /password
({ ...doc.password })[0] // → (sensitive) @ /password
Object.values(doc.password)[0] // → (sensitive) @ /password
Object.entries(doc.password)[0][1] // → (sensitive) @ /password
Object.assign({}, doc.password)[0] // → (sensitive) @ /password
Object.getOwnPropertyDescriptor(doc.password, "0").value // → (sensitive) @ /password
let last; for (const c of doc.password) last = c;
last // → (sensitive) @ /password
doc.password[Symbol.iterator]().next().value // → (sensitive) @ /password
("p=" + doc.password).slice(0, 2) // → p= @ /password
("p=" + doc.password).slice(1, 4) // → =(sensitive) @ /password

// changed
doc.password.toUpperCase() // → (sensitive) @ /password
doc.password.toLowerCase() // → (sensitive) @ /password
doc.password.trim() // → (sensitive) @ /password
doc.password.padStart(12, "*") // → **(sensitive) @ /password
"x".padEnd(6, doc.password) // → x(sensitive) @ /password
doc.password.repeat(2) // → (sensitive) @ /password
doc.password.normalize() // → (sensitive) @ /password
[...doc.password].toReversed().join("") // → (sensitive) @ /password
encodeURIComponent(doc.password) // → (sensitive) @ /password
decodeURIComponent(encodeURIComponent(doc.password)) // → (sensitive) @ /password
String.fromCharCode(doc.password.charCodeAt(0)) // → (sensitive) @ /password
String.fromCodePoint(...[...doc.password].map((c) => c.codePointAt(0) + 1)) // → (sensitive) @ /password
doc.password.replace("hunter", "") // → (sensitive) @ /password
doc.password.replaceAll(/./g, (c) => c) // → (sensitive) @ /password
doc.password.replace(/(.)(.)/, "$2$1") // → (sensitive) @ /password
let seen = []; doc.password.replace(/./g, (c) => { seen.push(c); return c; });
seen.join(",") // → (sensitive),(sensitive),(sensitive),(sensitive),(sensitive),(sensitive),(sensitive),(sensitive),(sensitive),(sensitive) @ /password
"a-b".replace("-", doc.password) // → a(sensitive)b @ /password
"a-b".replace("-", () => doc.password) // → a(sensitive)b @ /password

// caught by patterns
doc.password.match(/(\w+)-(\w+)/)[2] // → (sensitive) @ /password
doc.password.match(/\w+/g)[1] // → (sensitive) @ /password
[...doc.password.matchAll(/\w/g)][0][0] // → (sensitive) @ /password
/(?<head>.)/.exec(doc.password).groups.head // → (sensitive) @ /password
/./.exec(doc.password).input // → (sensitive) @ /password
/-/.exec(doc.password).index // → (sensitive) @ /password
/-/d.exec(doc.password).indices[0][0] // → (sensitive) @ /password
const re = /-/g; re.test(doc.password);
re.lastIndex // → (sensitive)
const re = /\w/y; re.exec(doc.password);
re.exec(doc.password)[0] // → (sensitive) @ /password
let at; doc.password.replace(/-/, (m, place) => { at = place; return m; });
at // → (sensitive) @ /password
doc.password.search(/-/) // → (sensitive) @ /password
doc.password.indexOf("-") // → (sensitive) @ /password
doc.password.lastIndexOf("-") // → (sensitive) @ /password
"abcdefghijklmnopqrstuvwxyz".indexOf(doc.password[0]) // → (sensitive) @ /password
[..."abcdefghijklmnopqrstuvwxyz"].indexOf(doc.password[0]) // → (sensitive)

// numbers made of it and with it
doc.pin + 1 // → (sensitive) @ /pin
doc.pin * 1 // → (sensitive) @ /pin
-doc.pin // → (sensitive) @ /pin
doc.pin | 0 // → (sensitive) @ /pin
let n = doc.pin; n++;
n // → (sensitive) @ /pin
doc.pin % 10 // → (sensitive) @ /pin
"" + doc.pin // → (sensitive) @ /pin
doc.pin.toString(16) // → (sensitive) @ /pin
doc.pin.toFixed(2) // → (sensitive) @ /pin
Math.floor(doc.pin / 1000) // → (sensitive) @ /pin
Math.max(0, doc.pin) // → (sensitive) @ /pin
Number(doc.pin) // → (sensitive) @ /pin
parseInt(doc.pin, 10) // → (sensitive) @ /pin
Number(doc.password) // → (sensitive) @ /password
parseInt(doc.password, 36) // → (sensitive) @ /password
[1, doc.pin].reduce((a, b) => a + b) // → (sensitive) @ /pin
Number(doc.open) // → (sensitive) @ /open
+doc.open // → (sensitive) @ /open
`${doc.open}` // → (sensitive) @ /open
String(doc.open) // → (sensitive) @ /open
doc.open.toString() // → (sensitive) @ /open
doc.open + "" // → (sensitive) @ /open
!doc.open // → (sensitive) @ /open
!!doc.open // → (sensitive) @ /open
doc.open === true // → (sensitive) @ /open
Boolean(doc.open) // → (sensitive) @ /open
JSON.stringify({ open: doc.open }) // → {"open":(sensitive)} @ /open

// used to pick from what may be shown
"0123456789".charAt(doc.pin % 10) // → (sensitive)
"0123456789"[doc.pin % 10] // → (sensitive)
"0123456789".at(doc.pin % 10) // → (sensitive)
"0123456789".slice(doc.pin % 10) // → (sensitive)
"0123456789".substring(0, doc.pin % 10) // → (sensitive)
"0123456789".codePointAt(doc.pin % 10) // → (sensitive)
["zero", "one", "two"][doc.pin % 10] // → (sensitive)
["zero", "one", "two"].at(doc.pin % 10) // → (sensitive)
({ h: "the letter h" })[doc.password[0]] // → (sensitive)
({ h: 104 })[doc.password[0]] // → (sensitive)
const { [doc.password[0]]: found } = { h: "the letter h" };
found // → (sensitive)
new Map([["h", "the letter h"]]).get(doc.password[0]) // → (sensitive)
"x".repeat(doc.pin) // → throws TypeError: `repeat` takes a count that is not sensitive
"x".padStart(doc.pin) // → throws TypeError: a sensitive number cannot be a length
new Array(doc.pin).length // → throws TypeError: a sensitive number cannot be a length
Array.from({ length: doc.pin }).length // → throws TypeError: a sensitive number cannot be a length
const list = []; list.length = doc.pin;
list.length // → throws TypeError: a sensitive number cannot be a length

// JSON
JSON.stringify(doc.password) // → (sensitive) @ /password
JSON.stringify(doc.login) // → {"user":(sensitive),"port":(sensitive)} @ /login
JSON.stringify({ [doc.password]: 1 }) // → {(sensitive):1}
JSON.stringify({ toJSON: () => doc.password }) // → (sensitive) @ /password
JSON.stringify([1], () => doc.password) // → (sensitive) @ /password
JSON.stringify({ a: 1 }, [doc.password]) // → {}
JSON.stringify({ h: "the letter h" }, [doc.password[0]]) // → {(sensitive):(sensitive)}
Object.getOwnPropertyDescriptor({ h: "the letter h" }, doc.password[0]).value // → (sensitive)
(5).toFixed(doc.pin % 10) // → (sensitive)
JSON.stringify([1], null, doc.password) // → throws TypeError: `JSON.stringify` cannot indent by what is sensitive
JSON.stringify([1], null, doc.pin) // → throws TypeError: `JSON.stringify` cannot indent by what is sensitive
let keys = []; JSON.stringify({ [doc.password]: 1 }, (key, value) => { keys.push(key); return value; });
keys // → ["","(sensitive)"]
JSON.parse(JSON.stringify({ a: doc.password })).a // → (sensitive) @ /password
JSON.parse(`{"${doc.password}": 1}`) // → {"(sensitive)":1} @ /password
Object.keys(JSON.parse(`{"${doc.password}": 1}`))[0] // → (sensitive)
JSON.parse(doc.password) // → throws SyntaxError: the JSON text is not well formed; it is sensitive, so where is not told

// names: of properties, functions, classes, symbols, groups
Object.keys({ [doc.password]: 1 })[0] // → (sensitive)
Object.entries({ [doc.password]: 1 }) // → [["(sensitive)",1]]
Object.getOwnPropertyNames({ [doc.password]: 1 })[0] // → (sensitive)
let name; for (const key in { [doc.password]: 1 }) name = key;
name // → (sensitive)
({ ...{ [doc.password]: 1 } }) // → {"(sensitive)":1}
Object.assign({}, { [doc.password]: 1 }) // → {"(sensitive)":1}
const { a, ...rest } = { a: 1, [doc.password]: 2 };
rest // → {"(sensitive)":2}
Object.fromEntries([[doc.password, 1]]) // → {"(sensitive)":1}
Object.keys(Object.defineProperty({}, doc.password, { value: 1, enumerable: true }))[0] // → (sensitive)
const box = {}; box[doc.password] = 1;
box // → {"(sensitive)":1}
class Box { static [doc.password] = 1; }
Object.keys(Box)[0] // → (sensitive)
class Box { [doc.password]() {} }
Object.getOwnPropertyNames(Box.prototype)[1] // → (sensitive)
const f = { [doc.password]: () => 1 };
Object.values(f)[0].name // → (sensitive)
const f = { [doc.password]() {} };
String(Object.values(f)[0].name) // → (sensitive)
const f = { get [doc.password]() { return 1; } };
Object.getOwnPropertyDescriptor(f, doc.password).get.name // → get (sensitive)
const f = () => 1; Object.defineProperty(f, "name", { value: doc.password });
f.name // → (sensitive) @ /password
const f = () => 1; Object.defineProperty(f, "name", { value: doc.password });
f.bind(null).name === "bound " // → true
Symbol(doc.password) // → throws TypeError: a symbol cannot be described by sensitive text
Object.prototype.toString.call({ [Symbol.toStringTag]: doc.password }) // → [object (sensitive)] @ /password
new RegExp(doc.password) // → throws TypeError: a regular expression cannot be made from sensitive text, use `includes`
"a".match(doc.password) // → throws TypeError: a regular expression cannot be made from sensitive text, use `includes`

// collections
[...new Map([[doc.password, 1]]).keys()][0] // → (sensitive) @ /password
[...new Map([[doc.password, 1]]).entries()][0] // → ["(sensitive)",1]
[...new Set(doc.password)].join("") // → (sensitive) @ /password
const seen = new Set(); new Map([[doc.password, 1]]).forEach((v, k) => seen.add(k));
[...seen][0] // → (sensitive) @ /password
[doc.password, "~"].sort()[0] // → (sensitive) @ /password
[doc.password].toString() // → (sensitive) @ /password
[[doc.password]].flat()[0] // → (sensitive) @ /password

// variables, functions, closures, classes, generators
((x) => x)(doc.password) // → (sensitive) @ /password
(() => doc.password)() // → (sensitive) @ /password
class Box { #x = doc.password; get x() { return this.#x; } }
new Box().x // → (sensitive) @ /password
function* walk() { yield* doc.password; }
[...walk()][0] // → (sensitive) @ /password
(function () { return this; }).call(doc.password) // → (sensitive) @ /password
(doc.ready ? doc.password : "").slice(1) // → (sensitive) @ /password
doc.owner ?? doc.password // → (sensitive) @ /password
doc.name && doc.password // → (sensitive) @ /password

// errors
let message; try { throw new Error("bad " + doc.password); } catch (e) { message = e.message; }
message // → bad (sensitive) @ /password
let message; try { throw new Error(doc.password); } catch (e) { message = `${e}`; }
message // → Error: (sensitive) @ /password
(() => { throw new Error("bad " + doc.password); })() // → throws Error: bad (sensitive)
(() => { throw doc.password; })() // → throws the rule threw `(sensitive)`
(() => { throw doc.pin; })() // → throws the rule threw a number
(() => { throw { message: doc.password, name: doc.pin }; })() // → throws (sensitive)
(() => { const e = new Error("x"); e.name = doc.password; throw e; })() // → throws (sensitive): x
(() => { throw new Error("x", { cause: doc.password }); })() // → throws Error: x
(() => { class Failure extends Error { get message() { return doc.password; } } throw new Failure(); })() // → throws the rule threw an object
null[doc.password] // → throws TypeError: cannot read a property of null
doc[doc.password].x // → throws TypeError: cannot read `x` of undefined
doc[doc.password]() // → throws TypeError: undefined is not a function
Object.freeze({})[doc.password] = 1 // → throws TypeError: cannot assign to `(sensitive)`: the object is frozen
doc.labels[doc.password] = 1 // → throws TypeError: cannot assign to `(sensitive)`: the documents that a rule judges are read-only
doc.password in 5 // → throws TypeError: the right side of `in` is a number, not an object
doc.password() // → throws TypeError: `doc.password` is not a function, but a string
doc.password.x.y // → throws TypeError: cannot read `doc.password.x.y`: `doc.password.x` is undefined
new doc.password() // → throws TypeError: `doc.password` is not a constructor
"x".normalize(doc.password) // → throws RangeError: `normalize` takes NFC, NFD, NFKC or NFKD
(5).toString(doc.pin) // → throws RangeError: `toString` takes a radix from 2 to 36
decodeURIComponent("%" + doc.password) // → throws URIError: the text to decode is malformed

// what may be known of it
doc.password === "hunter2-Zq" // → true @ /password
doc.password !== doc.phrases[1] // → false @ /password
doc.password.length // → 10 @ /password
doc.password.length < 12 // → true @ /password
doc.password.startsWith("hunter") // → true @ /password
doc.password.includes("-") // → true @ /password
doc.password.indexOf("-") > 0 // → true @ /password
/^[a-z0-9]+$/i.test(doc.password) // → false @ /password
["changeme", "admin"].includes(doc.password) // → false
new Set(doc.phrases).has(doc.password) // → true
new Set([...doc.password]).size // → 10
doc.password.split("-").length // → 2
doc.password < "i" // → true @ /password
doc.pin > 1000 // → true @ /pin
doc.pin === 4711 // → true @ /pin
Number.isInteger(doc.pin) // → true
typeof doc.password // → string @ /password
typeof doc.pin // → number @ /pin
doc.open ? "open" : "closed" // → open
Object.keys(doc.login) // → ["user","port"] @ /login
doc.login.user.length // → 7 @ /login/user
isSensitive(doc.password) // → true
isSensitive(doc.password[0]) // → true
isSensitive(`x${doc.password}`) // → true
isSensitive(doc.pin + 1) // → true
isSensitive(doc.open) // → true
isSensitive(doc.login) // → true
isSensitive(doc.login.user) // → true
isSensitive(doc.phrases) // → false
isSensitive(doc.phrases[1]) // → true
isSensitive(doc.name) // → false
isSensitive([doc.password]) // → false
isSensitive(doc.password.length) // → false
