// Conversions, getters, setters and iterators that lead back to where they were called from. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# toString that calls itself
const o = { toString() { return `${o}`; } }; `${o}`;
//= deep

//# valueOf that calls itself
const o = { valueOf() { return +o; } }; +o;
//= deep

//# toPrimitive that calls itself
const o = { [Symbol.toPrimitive]: () => o + 1 }; o + 1;
//= deep

//# a getter that calls itself
const o = { get x() { return o.x; } }; o.x;
//= deep

//# a setter that calls itself
const o = { set x(v) { o.x = v; } }; o.x = 1;
//= deep

//# an iterator within an iterator
const i = { [Symbol.iterator]: () => { [...i]; return [][Symbol.iterator](); } }; [...i];
//= deep

//# hasInstance that calls itself
const o = { [Symbol.hasInstance]: v => v instanceof o }; 1 instanceof o;
//= deep

//# a getter in a spread
const o = { get x() { return { ...o }; } }; ({ ...o });
//= deep

//# a getter in assign
const o = { get x() { return Object.assign({}, o); } }; Object.assign({}, o);
//= deep

//# a getter in entries
const o = { get x() { return Object.entries(o); } }; Object.entries(o);
//= deep

//# a getter in values
const o = { get x() { return Object.values(o); } }; Object.values(o);
//= deep

//# a getter in a pattern
const o = { get x() { const { x } = o; return x; } }; const { x } = o;
//= deep

//# a getter in a rest
const o = { get x() { const { ...r } = o; return r; } }; const { ...r } = o;
//= deep

//# a getter in descriptors
const o = { get value() { return Object.defineProperty({}, "x", o); } }; Object.defineProperty({}, "x", o);
//= deep

//# a getter for the length
const l = { get length() { return Array.from(l).length; } }; Array.from(l);
//= deep

//# a getter for an element
const l = { length: 1, get 0() { return Array.prototype.join.call(l); } }; Array.prototype.join.call(l);
//= deep

//# a getter for done
const it = { [Symbol.iterator]: () => ({ next: () => ({ get done() { return [...it]; } }) }) }; [...it];
//= deep

//# a getter for value
const it = { [Symbol.iterator]: () => ({ next: () => ({ done: false, get value() { return [...it]; } }) }) }; [...it];
//= deep

//# a getter for next
const it = { [Symbol.iterator]: () => ({ get next() { return [...it]; } }) }; [...it];
//= deep

//# a getter for return
const it = { [Symbol.iterator]: () => ({ next: () => ({ done: false }), get return() { const [] = it; } }) }; const [] = it;
//= deep

//# a getter for then
const o = { get a() { return o?.a?.b; } }; o?.a;
//= deep

//# a getter for the tag
const o = { get [Symbol.toStringTag]() { return Object.prototype.toString.call(o); } }; Object.prototype.toString.call(o);
//= deep

//# a getter for toPrimitive
const o = { get [Symbol.toPrimitive]() { return +o; } }; +o;
//= deep

//# a getter for toString
const o = { get toString() { return () => `${o}`; } }; `${o}`;
//= deep

//# a getter for toJSON
const o = { get toJSON() { return JSON.stringify(o); } }; JSON.stringify(o);
//= deep

//# a getter for message
const o = { get message() { return Error.prototype.toString.call(o); } }; Error.prototype.toString.call(o);
//= deep

//# a getter for cause
const o = { get cause() { return new Error("", o); } }; new Error("", o);
//= deep

//# a getter for lastIndex
const r = /a/g; r.lastIndex = { valueOf() { return r.exec("a"); } }; r.exec("a");
//= deep

//# a getter for name
const f = Object.defineProperty(() => 1, "name", { get() { return f.bind(); } }); f.bind();
//= deep

//# a getter for raw
const o = { get raw() { return String.raw(o); } }; String.raw(o);
//= deep

//# a setter that sets itself by a compound
const o = { get x() { return 1; }, set x(v) { o.x += v; } }; o.x++;
//= deep

//# a setter in a pattern
const o = { set x(v) { [o.x] = [v]; } }; [o.x] = [1];
//= deep

//# a setter in assign
const o = { set x(v) { Object.assign(o, { x: v }); } }; o.x = 1;
//= deep

//# toString in slice
const o = { valueOf() { return "abc".slice(o); } }; "abc".slice(o);
//= deep

//# toString in at
const o = { valueOf() { return [1].at(o); } }; [1].at(o);
//= deep

//# valueOf in indexOf
const o = { valueOf() { return "abc".indexOf("a", o); } }; "abc".indexOf("a", o);
//= deep

//# toString in includes
const o = { toString() { return "abc".includes(o); } }; "abc".includes(o);
//= deep

//# toString in startsWith
const o = { toString() { return "abc".startsWith(o); } }; "abc".startsWith(o);
//= deep

//# valueOf in repeat
const o = { valueOf() { return "a".repeat(o); } }; "a".repeat(o);
//= deep

//# valueOf in padEnd
const o = { valueOf() { return "a".padEnd(o); } }; "a".padEnd(o);
//= deep

//# toString in split
const o = { toString() { return "a".split(o); } }; "a".split(o);
//= deep

//# valueOf in the limit of split
const o = { valueOf() { return "a".split("", o); } }; "a".split("", o);
//= deep

//# toString in replace
const o = { toString() { return "a".replace(o, ""); } }; "a".replace(o, "");
//= deep

//# toString in a replacement
const o = { toString() { return "a".replace("a", o); } }; "a".replace("a", o);
//= deep

//# toString in what a replacer returns
const o = { toString() { return "a".replace("a", () => o); } }; "a".replace("a", () => o);
//= deep

//# toString in concat
const o = { toString() { return "".concat(o); } }; "".concat(o);
//= deep

//# toString in localeCompare
const o = { toString() { return "a".localeCompare(o); } }; "a".localeCompare(o);
//= deep

//# toString in a pattern
const o = { toString() { return new RegExp(o); } }; new RegExp(o);
//= deep

//# toString in match
const o = { toString() { return "a".match(o); } }; "a".match(o);
//= deep

//# toString in test
const o = { toString() { return /a/.test(o); } }; /a/.test(o);
//= deep

//# toString in join
const o = { toString() { return [o].join(); } }; [o].join();
//= deep

//# toString in sort
const o = { toString() { return [o, o].sort(); } }; [o, o].sort();
//= deep

//# toString as a key
const o = { toString() { return ({})[o]; } }; ({})[o];
//= deep

//# toString in `in`
const o = { toString() { return o in {}; } }; o in {};
//= deep

//# toString as a computed key
const o = { toString() { return { [o]: 1 }; } }; ({ [o]: 1 });
//= deep

//# toString as a key of a class
const o = { toString() { class A { [o]() { } } } }; class A { [o]() { } }
//= deep

//# toString in fromEntries
const o = { toString() { return Object.fromEntries([[o, 1]]); } }; Object.fromEntries([[o, 1]]);
//= deep

//# toString in defineProperty
const o = { toString() { Object.defineProperty({}, o, {}); } }; Object.defineProperty({}, o, {});
//= deep

//# toString in hasOwn
const o = { toString() { return Object.hasOwn({}, o); } }; Object.hasOwn({}, o);
//= deep

//# toString in String
const o = { toString() { return String(o); } }; String(o);
//= deep

//# toString in Symbol
const o = { toString() { return Symbol(o); } }; Symbol(o);
//= deep

//# toString in parseInt
const o = { toString() { return parseInt(o); } }; parseInt(o);
//= deep

//# toString in parseFloat
const o = { toString() { return parseFloat(o); } }; parseFloat(o);
//= deep

//# toString in encodeURIComponent
const o = { toString() { return encodeURIComponent(o); } }; encodeURIComponent(o);
//= deep

//# toString in JSON.parse
const o = { toString() { return JSON.parse(o); } }; JSON.parse(o);
//= deep

//# toString in an error
const o = { toString() { return new Error(o).message; } }; new Error(o);
//= deep

//# toString in String.raw
const o = { toString() { return String.raw`${o}`; } }; String.raw`${o}`;
//= deep

//# valueOf in Number
const o = { valueOf() { return Number(o); } }; Number(o);
//= deep

//# valueOf in isNaN
const o = { valueOf() { return isNaN(o); } }; isNaN(o);
//= deep

//# valueOf in Math.max
const o = { valueOf() { return Math.max(o); } }; Math.max(o);
//= deep

//# valueOf in Math.hypot
const o = { valueOf() { return Math.hypot(o); } }; Math.hypot(o);
//= deep

//# valueOf in toFixed
const o = { valueOf() { return (1).toFixed(o); } }; (1).toFixed(o);
//= deep

//# valueOf in a radix
const o = { valueOf() { return (1).toString(o); } }; (1).toString(o);
//= deep

//# valueOf in fromCharCode
const o = { valueOf() { return String.fromCharCode(o); } }; String.fromCharCode(o);
//= deep

//# valueOf in splice
const o = { valueOf() { return [1].splice(o); } }; [1].splice(o);
//= deep

//# valueOf in fill
const o = { valueOf() { return [1].fill(0, o); } }; [1].fill(0, o);
//= deep

//# valueOf in copyWithin
const o = { valueOf() { return [1].copyWithin(o); } }; [1].copyWithin(o);
//= deep

//# valueOf in flat
const o = { valueOf() { return [1].flat(o); } }; [1].flat(o);
//= deep

//# valueOf in with
const o = { valueOf() { return [1].with(o, 1); } }; [1].with(o, 1);
//= deep

//# valueOf in a length
const a = [], o = { valueOf() { a.length = o; } }; a.length = o;
//= deep

//# valueOf in an array-like
const l = { length: { valueOf() { return Array.from(l); } } }; Array.from(l);
//= deep

//# valueOf in a comparator's answer
const o = { valueOf() { [2, 1].sort(() => o); return 1; } }; [2, 1].sort(() => o);
//= deep

//# valueOf in less than
const o = { valueOf() { return o < 1; } }; o < 1;
//= deep

//# valueOf in equals
const o = { valueOf() { return o == 1; } }; o == 1;
//= deep

//# valueOf in increments
const o = { valueOf() { let x = o; return x++; } }; let x = o; x++;
//= deep

//# valueOf in shifts
const o = { valueOf() { return o << 1; } }; o << 1;
//= deep

//# valueOf in exponents
const o = { valueOf() { return o ** 2; } }; o ** 2;
//= deep

//# valueOf in negation
const o = { valueOf() { return -o; } }; -o;
//= deep

//# toPrimitive in a template
const o = { [Symbol.toPrimitive]() { return `${o}`; } }; `${o}`;
//= deep

//# toPrimitive in a sum with text
const o = { [Symbol.toPrimitive]() { return "" + o; } }; "" + o;
//= deep

//# hasInstance through an array
const o = { [Symbol.hasInstance]: v => [1].some(x => x instanceof o) }; 1 instanceof o;
//= deep

//# toString that never ends
const o = { toString() { for (;;); } }; `${o}`;
//= budget

//# valueOf that never ends
const o = { valueOf() { for (;;); } }; o + 1;
//= budget

//# a getter that never ends
const o = { get x() { for (;;); } }; o.x;
//= budget

//# toString that grows what is joined
const a = [{ toString() { a.push(a[0]); return "x"; } }]; for (;;) a.join();
//= budget
