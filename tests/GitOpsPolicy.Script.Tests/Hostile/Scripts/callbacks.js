// Built-ins that are called in their own callbacks. How each has to end: `budget` (fuel or memory), `deep`, `load`, or `throws NAME`.

//# forEach in its own callback
const f = () => [1].forEach(f); f();
//= deep

//# map in its own callback
const f = () => [1].map(f); f();
//= deep

//# filter in its own callback
const f = () => [1].filter(f); f();
//= deep

//# some in its own callback
const f = () => [1].some(f); f();
//= deep

//# every in its own callback
const f = () => [1].every(f); f();
//= deep

//# find in its own callback
const f = () => [1].find(f); f();
//= deep

//# findIndex in its own callback
const f = () => [1].findIndex(f); f();
//= deep

//# findLast in its own callback
const f = () => [1].findLast(f); f();
//= deep

//# findLastIndex in its own callback
const f = () => [1].findLastIndex(f); f();
//= deep

//# reduce in its own callback
const f = () => [1, 2].reduce(f); f();
//= deep

//# reduceRight in its own callback
const f = () => [1, 2].reduceRight(f); f();
//= deep

//# flatMap in its own callback
const f = () => [1].flatMap(f); f();
//= deep

//# sort in its own comparator
const f = () => { [2, 1].sort(f); return 0; }; f();
//= deep

//# toSorted in its own comparator
const f = () => { [2, 1].toSorted(f); return 0; }; f();
//= deep

//# Array.from in its own mapper
const f = () => Array.from([1], f); f();
//= deep

//# replace in its own replacer
const f = () => "a".replace("a", f); f();
//= deep

//# replaceAll in its own replacer
const f = () => "a".replaceAll("a", f); f();
//= deep

//# replace of a pattern in its own replacer
const f = () => "a".replace(/a/g, f); f();
//= deep

//# Map forEach in its own callback
const m = new Map([[1, 1]]), f = () => m.forEach(f); f();
//= deep

//# Set forEach in its own callback
const s = new Set([1]), f = () => s.forEach(f); f();
//= deep

//# stringify in its own replacer
const f = () => JSON.stringify(1, f); f();
//= deep

//# parse in its own reviver
const f = () => JSON.parse("1", f); f();
//= deep

//# forEach of an array that grows under it
const a = [1]; for (;;) a.forEach(() => a.push(1));
//= budget

//# callbacks that never end
[1].map(() => { for (;;); });
//= budget

//# a replacer that never ends
"a".replace("a", () => { for (;;); });
//= budget

//# a reviver that never ends
JSON.parse("1", () => { for (;;); });
//= budget

//# an array walked by ever more walkers
const a = Array(100).fill(0), f = n => a.forEach(() => f(n + 1)); f(0);
//= deep
