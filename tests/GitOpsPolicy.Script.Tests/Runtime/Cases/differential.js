// Programs that once meant something else here than under node; generated programs found them.

//# keys of a pattern that are indexes
const { 0: a, 1: b = 'none' } = ['x'];
print([a, b]);
const { 0: c, length } = 'yz';
print([c, length]);
((({ 0: d, '1': e }) => print([d, e]))({ 0: 'zero', 1: 'one' }));
//= ['x', 'none']
//= ['y', 2]
//= ['zero', 'one']

//# yield* hands on the results of the inner iterator as they are
const inner = { [Symbol.iterator]: () => ({ i: 0, next() { return { extra: true, done: ++this.i > 1, get value() { print('read'); return 'v'; } }; } }) };
function* outer() { print(yield* inner); }
const g = outer();
print(Object.keys(g.next()));
print(g.next());
print([...outer()]);
//= ['extra', 'done', 'value']
//= 'read'
//= 'v'
//= {value: undefined, done: true}
//= 'read'
//= 'read'
//= 'v'
//= ['v']

//# what a generator returns is no element
function* g() { yield 1; return 2; }
const [a, b, c] = g();
print([a, b, c]);
//= [1, undefined, undefined]

//# a hole in a pattern does not read the value it passes over
const source = { [Symbol.iterator]: () => ({ i: 0, next() { const i = this.i++; return { done: i > 2, get value() { print(['read', i]); return i; } }; } }) };
const [, , c] = source;
print(c);
//= ['read', 2]
//= 2

//# the length of a frozen array cannot be set, whatever the value
const a = Object.freeze([1, 2]);
try { a.length = -1; } catch (e) { print(e); }
try { a.length = { valueOf() { print('asked'); return 1; } }; } catch (e) { print(e); }
print(a);
//= TypeError
//= TypeError
//= [1, 2]

//# a broken descriptor leaves the object as it was
const o = {};
try { Object.defineProperties(o, { a: { value: 1 }, b: { get() { }, value: 2 } }); } catch (e) { print(e); }
print(Object.getOwnPropertyNames(o));
//= TypeError
//= []

//# with does not read the element it replaces
const l = { length: 2, get 0() { print('read 0'); return 1; }, get 1() { print('read 1'); return 2; } };
print(Array.prototype.with.call(l, 0, 'new'));
//= 'read 1'
//= ['new', 2]

//# sorting an empty frozen array changes nothing
const a = Object.freeze([]);
print(a.sort() === a);
//= true

//# a class as text
print(String(class A { x = 1; }));
print((class extends Array { constructor() { super(); } }).toString());
const o = class { static m() { } };
print(`${o}`);
//= 'class A { x = 1; }'
//= 'class extends Array { constructor() { super(); } }'
//= 'class { static m() { } }'

//# toSpliced reads only what it keeps
const l = { length: 3, get 0() { print('read 0'); return 0; }, get 1() { print('read 1'); return 1; }, get 2() { print('read 2'); return 2; } };
print(Array.prototype.toSpliced.call(l, 1, 1, 'new', 'newer'));
print(Array.prototype.toSpliced.call(l, 0));
//= 'read 0'
//= 'read 2'
//= [0, 'new', 'newer', 2]
//= []

//# a map without its prototype has no tag
print(Object.prototype.toString.call(Object.setPrototypeOf(new Map(), null)));
print(Object.prototype.toString.call(new Set()));
//= '[object Object]'
//= '[object Set]'

//# a generator among the parameters of an arrow may yield
const f = (a, b = (function* () { yield a; })()) => [...b];
print(f(1));
//= [1]
