// Loops, labels, exceptions and scopes: where control goes, and which variable a closure keeps.
import { primitive, small, text } from "./values.mjs";

/** What leaves a statement early, where that is allowed. */
function leave(c, at) {
  const ways = ["throw 'x';", "throw new TypeError('y');"];
  if (at.inFunction) ways.push(`return t('ret', ${small(c)});`, "return;");
  for (const label of at.loops) ways.push(`continue ${label};`, `break ${label};`);
  for (const label of at.blocks) ways.push(`break ${label};`);
  if (at.loops.length > 0) ways.push("continue;", "break;");
  return c.pick(ways);
}

function statement(c, at, depth) {
  const inner = (change = {}) => block(c, { ...at, ...change }, depth - 1);
  const n = () => ++at.names.count;
  const say = () => `print(${n()});`;
  if (depth <= 0) return c.one(say, say, () => `if (${c.pick(at.conditions)}) ${leave(c, at)}`);
  const label = `L${n()}`, i = `i${n()}`;
  const looping = { loops: [...at.loops, label], conditions: [...at.conditions, `${i} === 1`, `${i} > 0`] };
  return c.one(
    say,
    () => `if (${c.pick(at.conditions)}) ${leave(c, at)}`,
    () => `if (${c.pick(at.conditions)}) { ${inner()} } else { ${inner()} }`,
    () => `try { ${inner()} } catch (e) { print(['caught', e]); ${c.once(3) ? inner() : ""} }`,
    () => `try { ${inner()} } finally { ${say()} ${c.once(2) ? inner() : ""} }`,
    () => `try { ${inner()} } catch ({ message: m = 'none' }) { print(m); ${inner()} } finally { ${inner()} }`,
    () => `${label}: for (let ${i} = 0; ${i} < 3 && go(); ${i}++) { ${inner(looping)} }`,
    () => `${label}: for (const ${i} of ${c.pick(["[0, 1, 2]", "'01'", "new Set([0, 1])", "it(3)", "it(2)"])}) { if (!go()) break; ${inner(looping)} }`,
    () => `{ let ${i} = 0; ${label}: while (${i}++ < 3 && go()) { ${inner(looping)} } }`,
    () => `{ let ${i} = 0; ${label}: do { ${inner(looping)} } while (${i}++ < 2 && go()); }`,
    () => `${label}: for (const ${i} in ${c.pick(["{ a: 1, 1: 2 }", "[7, , 8]", "'xy'"])}) { if (!go()) break; ${inner(looping)} }`,
    () => `${label}: { ${inner({ blocks: [...at.blocks, label] })} }`,
    () => `${label}: switch (${c.pick(["0", "1", "2", "'1'", "NaN"])}) { case t('c1', 1): ${inner({ blocks: [...at.blocks, label] })} default: ${inner({ blocks: [...at.blocks, label] })} case t('c0', 0): ${inner({ blocks: [...at.blocks, label] })} break; case t('cs', '1'): ${say()} }`,
    () => `print((() => { ${inner({ loops: [], blocks: [], inFunction: true })} })());`);
}

const block = (c, at, depth) => c.some(1, 3, () => statement(c, at, depth)).join(" ");

/** Completions of nested statements, `finally` and iterators included. */
export function control(c) {
  const at = { loops: [], blocks: [], inFunction: true, conditions: ["true", "left % 2 === 0", "left % 3 === 0"], names: { count: 0 } };
  return `const it = n => ({ [Symbol.iterator]: () => ({ i: 0, next() { return { done: this.i === n, value: this.i++ }; }, return() { print('closed'); return {}; } }) });
p(() => { ${c.some(2, 3, () => statement(c, at, 3)).join("\n")} });`;
}

/** Closures made in loops, and what they see afterwards. */
export function closures(c) {
  const body = () => c.one(
    () => "out.push(() => i);",
    () => "out.push(() => i++);",
    () => "if (i === 1) i++; out.push(() => i);",
    () => "{ let i = 'in'; out.push(() => i); }",
    () => "const k = i * 2; out.push(() => [i, k]);",
    () => "out.push(v => (v === undefined ? i : (i = v)));");
  const loop = () => c.one(
    () => `for (let i = 0; i < 3 && go(); i++) { ${body()} }`,
    () => `for (let i = 0, get = () => i; i < 3 && go(); i++) { out.push(get); ${body()} }`,
    () => `for (let i = 0; out.push(() => i), i < 2 && go(); i++) { ${body()} }`,
    () => `for (let i = 0; i < 3 && go(); out.push(() => i), i++) { ${body()} if (i > 0) continue; }`,
    () => `for (let [i, j] = [0, 3]; i < j && go(); [i, j] = [i + 1, j - 1]) { out.push(() => [i, j]); }`,
    () => `for (const v of [1, 2, 3]) { let i = v; ${body()} }`,
    () => `for (let i of ['a', 'b']) { out.push(() => i); i += '!'; }`,
    () => `for (let i in { a: 1, b: 2 }) { out.push(() => i); i = i + i; }`,
    () => `{ let i = 0; while (i < 3 && go()) { const n = i; out.push(() => [n, i]); i++; } }`,
    () => `for (const { x: i = ${small(c)}, ...rest } of [{ x: 1, y: 2 }, { y: 3 }]) out.push(() => [i, rest]);`);
  return `const out = [];
${c.some(1, 3, loop).join("\n")}
print(out.map(f => f()));
print(out.map(f => f(${small(c)})));
print(out.map(f => f()));`;
}

/** Names read before they have a value, shadowed, and constants written to. */
export function scopes(c) {
  const one = () => c.one(
    () => "p(() => { a; let a = 1; });",
    () => "p(() => { const f = () => typeof a; try { return f(); } finally { let b = 1; } let a; });",
    () => "p(() => { const f = () => a; const r = []; try { f(); } catch (e) { r.push(e.name); } let a = 2; r.push(f()); return r; });",
    () => "p(() => { let x = 1; { try { x; } catch (e) { print(e); } let x = 2; print(x); } return x; });",
    () => "p(() => { let [a = b, b] = []; });",
    () => `p(() => { let [a, b = a] = [${primitive(c)}]; return [a, b]; });`,
    () => "p((a = b, b = 1) => [a, b]);",
    () => "p((a = 1, b = a, c = () => [a, b]) => { a = 5; return c(); });",
    () => "p(() => { let a = 1; return ((x = a, f = () => a) => { let a = 2; return [x, f(), a]; })(); });",
    () => "p(() => { class A { static x = A.name; static f = () => A; } const B = A; return [A.x, B.f() === B]; });",
    () => "p(() => { class A extends (print('heritage'), A) { } });",
    () => "p(() => { class A { static [A] = 1; } });",
    () => "p(() => { { print(f()); function f() { return 1; } } return typeof p; });",
    () => "p(() => { switch (1) { case 0: let x = 1; break; case 1: try { x; } catch (e) { print(e); } x = 2; print(x); } });".replace("x = 2; print(x);", c.pick(["", "print(typeof x);"])),
    () => "p(() => { let x = 'outer'; for (const y of [x, x]) { let x = y + 1; print(x); } return x; });",
    () => "p(() => { try { throw 1; } catch (e) { let f = () => e; e = 2; return f(); } });",
    () => "p(() => { let f = 1; { let f = () => 2; print(f()); } return f; });",
    () => `p(() => { const o = { f() { return this; }, g: () => typeof this, h() { return (() => this === o)(); } }; const { f } = o; return [f(), o.g(), o.h(), (0, o.f)(), (o.f)() === o, o?.f() === o]; });`,
    () => `p(() => { function F() { return new.target === F; } const a = () => typeof F.prototype; return [F(), typeof new F(), a()]; });`,
    () => `p(() => [(function (a, b = 1, ...c) { }).length, ((a, { b }) => 1).length, (class { constructor(x, y) { } }).length, (() => { }).name, ({ m() { } }).m.name, ({ ['c' + 1]: () => 1 }).c1.name, ({ get g() { return 1; } }).g]);`,
    () => `p(() => { let f = () => 1, g = function () { }, h = class { }, i = { j: () => 1, ${text(c)}: function () { } }; return [f.name, g.name, h.name, i.j.name, Object.values(i)[1].name]; });`);
  return c.some(4, 9, one).join("\n");
}
