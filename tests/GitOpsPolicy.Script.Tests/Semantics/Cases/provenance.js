// Where a value says it came from, after everything that a rule can do with it.

// reading
doc.name // → web @ /name
doc["name"] // → web @ /name
doc.labels.tier // → front @ /labels/tier
doc?.labels?.tier // → front @ /labels/tier
doc.missing // → undefined
doc.missing?.name // → undefined
doc.tags[1] // → b @ /tags/1
doc.tags["1"] // → b @ /tags/1
doc.tags.at(-1) // → c @ /tags/2
doc.tags.length // → 3 @ /tags
doc.image.length // → 29 @ /image
doc.image[0] // → r @ /image
doc.ports[0] // → {"name":"http","number":80} @ /ports/0
doc.owner // → null @ /owner
doc.ready // → true @ /ready

// arithmetic: the first operand that came from somewhere
doc.replicas + 1 // → 4 @ /replicas
1 + doc.replicas // → 4 @ /replicas
doc.replicas + doc.ports[0].number // → 83 @ /replicas
doc.replicas - 1 // → 2 @ /replicas
2 - doc.replicas // → -1 @ /replicas
doc.replicas * 2 // → 6 @ /replicas
2 * doc.replicas // → 6 @ /replicas
6 / doc.replicas // → 2 @ /replicas
7 % doc.replicas // → 1 @ /replicas
2 ** doc.replicas // → 8 @ /replicas
doc.replicas << 1 // → 6 @ /replicas
doc.replicas >> 1 // → 1 @ /replicas
doc.replicas >>> 1 // → 1 @ /replicas
doc.replicas & 1 // → 1 @ /replicas
doc.replicas | 4 // → 7 @ /replicas
doc.replicas ^ 1 // → 2 @ /replicas
~doc.replicas // → -4 @ /replicas
-doc.replicas // → -3 @ /replicas
+doc.replicas // → 3 @ /replicas
+doc.ratio // → 0.5 @ /ratio
doc.ratio * 2 // → 1 @ /ratio
let n = doc.replicas; n += 1;
n // → 4 @ /replicas
let n = doc.replicas; n++;
n // → 4 @ /replicas
let n = doc.replicas;
n++ // → 3 @ /replicas
let n = doc.replicas; --n;
n // → 2 @ /replicas

// conditions
doc.replicas > 2 // → true @ /replicas
2 < doc.replicas // → true @ /replicas
doc.name === "web" // → true @ /name
"web" === doc.name // → true @ /name
doc.name == "web" // → true @ /name
doc.name !== "web" // → false @ /name
doc.owner === null // → true @ /owner
!doc.ready // → false @ /ready
!!doc.name // → true @ /name
typeof doc.name // → string @ /name
doc.name && doc.image // → registry.example.com/web:v1.2 @ /image
doc.owner && doc.image // → null @ /owner
doc.name || doc.image // → web @ /name
doc.owner || doc.image // → registry.example.com/web:v1.2 @ /image
doc.owner ?? doc.image // → registry.example.com/web:v1.2 @ /image
doc.name ?? doc.image // → web @ /name
doc.ready ? doc.name : doc.image // → web @ /name
let x = null; x ??= doc.name;
x // → web @ /name
let x = ""; x ||= doc.name;
x // → web @ /name
let x = 1; x &&= doc.name;
x // → web @ /name
(0, doc.name) // → web @ /name

// text: the first part that came from somewhere
"a" + doc.name // → aweb @ /name
doc.name + doc.image // → webregistry.example.com/web:v1.2 @ /name
"image " + doc.image + " of " + doc.name // → image registry.example.com/web:v1.2 of web @ /image
`${1} of ${doc.replicas} for ${doc.name}` // → 1 of 3 for web @ /replicas
const show = (texts, ...values) => texts[0] + values.join("/");
show`x: ${doc.name} ${doc.image}` // → x: web/registry.example.com/web:v1.2 @ /name
String.raw`\n${doc.name}` // → \nweb @ /name
String(doc.replicas) // → 3 @ /replicas
doc.replicas.toString() // → 3 @ /replicas
doc.replicas.toString(2) // → 11 @ /replicas
doc.replicas.toFixed(1) // → 3.0 @ /replicas
doc.replicas.toPrecision(2) // → 3.0 @ /replicas
doc.replicas.toExponential() // → 3e+0 @ /replicas
Number(doc.ratio) // → 0.5 @ /ratio
Number.parseFloat(doc.ratio) // → 0.5 @ /ratio
parseInt(doc.ratio, 10) // → 0 @ /ratio
Math.max(1, doc.replicas) // → 3 @ /replicas
Math.abs(doc.replicas) // → 3 @ /replicas
Boolean(doc.name) // → true @ /name

// methods of text
doc.name.at(0) // → w @ /name
doc.name.charAt(0) // → w @ /name
doc.name.charCodeAt(0) // → 119 @ /name
doc.name.codePointAt(0) // → 119 @ /name
doc.name.concat("!") // → web! @ /name
"<".concat(doc.name) // → <web @ /name
doc.image.indexOf("/") // → 20 @ /image
doc.image.lastIndexOf(".") // → 27 @ /image
doc.image.search(/\//) // → 20 @ /image
doc.name.normalize() // → web @ /name
doc.name.padEnd(5, "*") // → web** @ /name
doc.name.padStart(5, "*") // → **web @ /name
doc.name.repeat(2) // → webweb @ /name
doc.image.slice(-4) // → v1.2 @ /image
doc.image.substring(0, 8) // → registry @ /image
doc.image.substr(0, 8) // → registry @ /image
doc.name.toUpperCase() // → WEB @ /name
doc.name.toLowerCase() // → web @ /name
(" " + doc.name).trim() // → web @ /name
(" " + doc.name).trimStart() // → web @ /name
(" " + doc.name).trimEnd() // →  web @ /name
doc.name.toString() // → web @ /name
doc.name.valueOf() // → web @ /name
doc.image.split("/")[1] // → web:v1.2 @ /image
doc.image.split(/[/:]/)[2] // → v1.2 @ /image
doc.image.split("/") // → ["registry.example.com","web:v1.2"] @ /image
doc.image.replace("web", "db") // → registry.example.com/db:v1.2 @ /image
doc.image.replace(/v(\d+)/, "r$1") // → registry.example.com/web:r1.2 @ /image
doc.image.replace(/v\d/, m => m.toUpperCase()) // → registry.example.com/web:V1.2 @ /image
doc.image.replaceAll(".", "_") // → registry_example_com/web:v1_2 @ /image
"x-y".replace("y", doc.name) // → x-web @ /name
doc.image.match(/:(.+)/)[1] // → v1.2 @ /image
doc.image.match(/[a-z]+/g)[1] // → example @ /image
[...doc.image.matchAll(/[a-z]+/g)][1][0] // → example @ /image
/:(?<tag>.+)/.exec(doc.image).groups.tag // → v1.2 @ /image
[...doc.name][2] // → b @ /name
encodeURIComponent(doc.image) // → registry.example.com%2Fweb%3Av1.2 @ /image
decodeURIComponent(doc.name) // → web @ /name
doc.name.startsWith("w") // → true @ /name
doc.name.endsWith("w") // → false @ /name
doc.name.includes("e") // → true @ /name
doc.name.localeCompare("web") // → 0
/w/.test(doc.name) // → true @ /name

// variables, functions, closures
((x) => x)(doc.name) // → web @ /name
((x = doc.name) => x)() // → web @ /name
((...xs) => xs[1])(1, doc.name) // → web @ /name
const keep = () => doc.name;
keep() // → web @ /name
function outer(x) { return () => x + "!"; }
outer(doc.name)() // → web! @ /name
((x) => x).call(null, doc.name) // → web @ /name
((x) => x).apply(null, [doc.name]) // → web @ /name
((x) => x).bind(null, doc.name)() // → web @ /name
let last; for (const tag of doc.tags) last = tag;
last // → c @ /tags/2
let last; for (const key in doc.labels) last = key;
last // → tier @ /labels/tier
let last; for (const key in doc.tags) last = key;
last // → 2
let total = 0; for (const port of doc.ports) total += port.number;
total // → 9170 @ /ports/0/number
let found; switch (doc.name) { case "web": found = doc.image; break; default: found = 0; }
found // → registry.example.com/web:v1.2 @ /image
let caught; try { throw doc.name; } catch (e) { caught = e; }
caught // → web @ /name
let caught; try { throw new Error(`bad ${doc.name}`); } catch (e) { caught = e.message; }
caught // → bad web @ /name

// taking apart and putting together
const { name } = doc;
name // → web @ /name
const { labels: { tier } } = doc;
tier // → front @ /labels/tier
const { missing = doc.name } = doc;
missing // → web @ /name
const { name, ...rest } = doc;
rest.image // → registry.example.com/web:v1.2 @ /image
const [first, , third] = doc.tags;
third // → c @ /tags/2
const [first, ...rest] = doc.tags;
rest[0] // → b @ /tags/1
const [a, b, c, d = doc.name] = doc.tags;
d // → web @ /name
const [letter] = doc.name;
letter // → w @ /name
[...doc.tags, "z"][1] // → b @ /tags/1
({ ...doc.labels }).app // → web @ /labels/app
({ name: doc.name }).name // → web @ /name
({ get name() { return doc.name; } }).name // → web @ /name
({ [doc.name]: doc.image }).web // → registry.example.com/web:v1.2 @ /image
({ name: doc.name }) // → {"name":"web"}
[doc.name] // → ["web"]
Object.freeze([doc.name])[0] // → web @ /name

// classes and generators
class Box { constructor(x) { this.x = x; } get twice() { return this.x + this.x; } }
new Box(doc.name).twice // → webweb @ /name
class Box { #x; constructor(x) { this.#x = x; } open() { return this.#x; } }
new Box(doc.name).open() // → web @ /name
class Base { constructor(x) { this.x = x; } } class Heir extends Base { static of = doc.image; }
[new Heir(doc.name).x, Heir.of].join(" ") // → web registry.example.com/web:v1.2 @ /name
function* walk() { yield doc.name; yield* doc.tags; }
[...walk()][2] // → b @ /tags/1
function* echo() { const got = yield; yield got; }
const it = echo(); it.next();
it.next(doc.name).value // → web @ /name

// lists
const byName = {}; for (const port of doc.ports) (byName[port.name] ??= []).push(port);
byName.metrics[0].number // → 9090 @ /ports/1/number
const byName = {}; for (const port of doc.ports) byName[port.name] = port;
Object.keys(byName)[1] // → metrics
doc.tags.map((t) => t + "!")[1] // → b! @ /tags/1
doc.tags.filter((t) => t !== "a")[0] // → b @ /tags/1
doc.tags.find((t) => t === "b") // → b @ /tags/1
doc.tags.findLast((t) => t !== "c") // → b @ /tags/1
doc.tags.findIndex((t) => t === "b") // → 1
doc.tags.flatMap((t) => [t, t])[3] // → b @ /tags/1
[[doc.tags]].flat(2)[1] // → b @ /tags/1
doc.tags.reduce((all, t) => all + t, "") // → abc @ /tags/0
doc.tags.reduceRight((all, t) => all + t) // → cba @ /tags/2
doc.tags.slice(1)[0] // → b @ /tags/1
doc.tags.concat(["z"])[1] // → b @ /tags/1
[].concat(doc.tags)[1] // → b @ /tags/1
doc.tags.join("-") // → a-b-c @ /tags/0
doc.tags.toReversed()[0] // → c @ /tags/2
doc.tags.toSorted((a, b) => (a < b ? 1 : -1))[0] // → c @ /tags/2
doc.tags.with(0, "z")[1] // → b @ /tags/1
doc.tags.toSpliced(0, 1)[0] // → b @ /tags/1
[...doc.tags].sort().at(-1) // → c @ /tags/2
[...doc.tags].reverse()[0] // → c @ /tags/2
const list = [doc.name]; list.push(doc.image);
list.pop() // → registry.example.com/web:v1.2 @ /image
const list = [doc.name, 1];
list.shift() // → web @ /name
const list = [1, 2]; list.splice(1, 0, doc.name);
list[1] // → web @ /name
const list = [1, 2]; list.fill(doc.name);
list[1] // → web @ /name
const list = [doc.name, 1, 2]; list.copyWithin(1, 0, 1);
list[1] // → web @ /name
Array.from(doc.tags)[1] // → b @ /tags/1
Array.from(doc.tags, (t) => t)[1] // → b @ /tags/1
Array.from({ length: 1 }, () => doc.name)[0] // → web @ /name
Array.of(doc.name)[0] // → web @ /name
[...doc.tags.entries()][1][1] // → b @ /tags/1
[...doc.tags.values()][1] // → b @ /tags/1
doc.tags.keys().next().value // → 0
doc.tags.includes("b") // → true

// objects
Object.keys(doc.labels)[1] // → tier @ /labels/tier
Object.values(doc.labels)[1] // → front @ /labels/tier
Object.entries(doc.labels)[1][0] // → tier @ /labels/tier
Object.entries(doc.labels)[1][1] // → front @ /labels/tier
Object.fromEntries(Object.entries(doc.labels)).tier // → front @ /labels/tier
Object.fromEntries(doc.tags.map((t, i) => [i, t]))[1] // → b @ /tags/1
Object.assign({}, doc.labels).tier // → front @ /labels/tier
Object.getOwnPropertyDescriptor(doc, "name").value // → web @ /name
Object.getOwnPropertyNames(doc.labels)[0] // → app @ /labels/app
Object.defineProperty({}, "x", { value: doc.name }).x // → web @ /name
Object.create(doc.owner ?? null, { x: { value: doc.name } }).x // → web @ /name
Object.create({ x: doc.name }).x // → web @ /name

// maps and sets: keys, values and what comes out of walking them
new Map(Object.entries(doc.labels)).get("tier") // → front @ /labels/tier
[...new Map([[doc.name, 1]]).keys()][0] // → web @ /name
[...new Map([[1, doc.name]]).values()][0] // → web @ /name
[...new Map([[doc.name, 1]])][0][0] // → web @ /name
[...new Set(doc.tags)][1] // → b @ /tags/1
[...new Set([doc.name, "web"])].length // → 1
const seen = new Set(["web"]); seen.add(doc.name);
[...seen][0] // → web
let found; new Map([[1, doc.name]]).forEach((v) => { found = v; });
found // → web @ /name

// JSON: what is read out of a text points to the text
JSON.stringify(doc.labels) // → {"app":"web","tier":"front"} @ /labels
JSON.stringify({ x: doc.name }) // → {"x":"web"} @ /name
JSON.parse(doc.settings).level // → debug @ /settings
JSON.parse(doc.settings).limits[1] // → 2 @ /settings
JSON.parse(JSON.stringify(doc.labels)).tier // → front @ /labels
JSON.parse(JSON.stringify(doc.ports))[1].name // → metrics @ /ports
JSON.parse(doc.settings, (key, value) => value).level // → debug @ /settings
JSON.stringify({ x: 1 }, () => doc.name) // → "web" @ /name

// what a rule makes of its own came from nowhere
"web" // → web
1 + 2 // → 3
[1, 2] // → [1,2]
new Map([[1, 2]]).size // → 1
