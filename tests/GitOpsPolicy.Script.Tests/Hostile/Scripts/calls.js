// Functions that call themselves. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# call of call of call
let f = () => 1; for (let i = 0; i < 5000; i++) f = f.bind(null, 1); f();
//= budget

//# bind with ever more arguments
let f = (...a) => a.length; for (let i = 0; i < 60; i++) f = f.bind(null, ...Array(1000).fill(0)); for (;;) f();
//= budget

//# a function that calls itself
const f = () => f(); f();
//= deep

//# a function that is not finished when it calls itself
function f() { return 1 + f(); } f();
//= deep

//# two functions that call each other
const f = () => g(), g = () => f(); f();
//= deep

//# three ways of calling itself
function f(...a) { return f.call(this, ...a) || f.apply(this, a) || f.bind(this)(); } f(1);
//= deep

//# bind of itself
const f = g.bind(null); function g() { f(); } g();
//= deep

//# ever longer chains of closures
let f = x => x; for (;;) { const g = f; f = x => g(x); f(1); }
//= deep

//# a function with a rest of everything
((...a) => a)(..."x".repeat(10000000));
//= budget

//# spread that doubles its arguments
const f = (...a) => f(...a, ...a); f(1);
//= budget

//# apply with an array that is longer each time
let a = [1]; for (;;) { a = ((...r) => [...r, ...r]).apply(null, a); }
//= budget

//# the text of a function, for ever
const f = () => "a long function, with much text in it ................................................................"; let n = 0; for (;;) n += String(f).length;
//= budget

//# a default that calls the function
const f = (x = f()) => x; f();
//= deep

//# ackermann
const a = (m, n) => (m === 0 ? n + 1 : n === 0 ? a(m - 1, 1) : a(m - 1, a(m, n - 1))); a(4, 4);
//= deep

//# fibonacci of 60
const f = n => (n < 2 ? n : f(n - 1) + f(n - 2)); f(60);
//= budget

//# hanoi with 60 discs
const h = (n, a, b, c) => n && (h(n - 1, a, c, b), h(n - 1, c, b, a)); h(60, 1, 2, 3);
//= budget

//# the y combinator without an end
(f => f(f))(f => f(f));
//= deep

//# a tag that calls its own template
const t = () => t`x`; t`x`;
//= deep

//# a tag that is given itself
const t = (s, ...v) => t`${t}${v}`; t`${1}`;
//= deep

//# new of a function that makes itself
function F() { return new F(); } new F();
//= deep

//# a constructor that returns what it constructs
class A { constructor() { return new this.constructor(); } } new A();
//= deep

//# calls through an array of functions
const fs = [() => fs.map(f => f())]; fs[0]();
//= deep
