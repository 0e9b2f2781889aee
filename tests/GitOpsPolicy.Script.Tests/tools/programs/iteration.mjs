// Generators and the iterator protocol: what is called, in which order, and who closes whom.
import { primitive, small } from "./values.mjs";

function inGenerator(c, depth) {
  const inner = () => c.some(1, 2, () => inGenerator(c, depth - 1)).join(" ");
  const y = () => c.one(() => `print(yield ${small(c)});`, () => `yield ${primitive(c)};`, () => `print(['got', yield, yield 'second']);`, () => `print([(yield 1) + (yield 2)]);`, () => `print({ a: yield 'a', b: yield 'v' });`, () => "print(`${yield 't'}-${yield 'u'}`);", () => "t(yield 'arg1', yield 'arg2');", () => "print((yield 'cond') ? yield 'yes' : yield 'no');", () => "{ let [x = 'dx', y] = (yield 'list') ?? []; print([x, y]); }");
  if (depth <= 0) return c.one(y, y, y, () => "return t('r', 9);", () => "throw 'inside';", () => "print('step');");
  return c.one(
    y, y,
    () => `try { ${inner()} } catch (e) { print(['caught', e]); ${c.once(2) ? inner() : ""} }`,
    () => `try { ${inner()} } finally { print('finally'); ${c.once(2) ? inner() : ""} }`,
    () => `for (let i = 0; i < 2 && go(); i++) { ${inner()} }`,
    () => `for (const v of sub()) { if (!go()) break; print(v); ${inner()} }`,
    () => `print(['delegated', yield* ${c.pick(["sub()", "[1, 2]", "'ab'", "odd", "odd", "inner()"])}]);`,
    () => { const label = `L${c.below(1e6)}`; return `${label}: { ${inner()} if (left % 2) break ${label}; ${inner()} }`; },
    () => `switch (yield 'pick') { case 1: ${inner()} default: ${inner()} }`,
    () => `if (yield 'if') { ${inner()} } else { ${inner()} }`);
}

export function generators(c) {
  const body = c.some(2, 4, () => inGenerator(c, 2)).join("\n  ");
  const steps = c.some(3, 8, () => c.one(() => `g.next(${small(c)})`, () => `g.next(${small(c)})`, () => "g.next()", () => "g.throw('thrown')", () => `g.return(${small(c)})`, () => "[...g]", () => "g[Symbol.iterator]() === g", () => "(([a, b]) => [a, b])(g)"));
  return `const odd = { [Symbol.iterator]: () => ({ i: 0, next(v) { print(['next', v]); return { done: ++this.i > 2, value: this.i }; }, ${c.pick(["", "throw(e) { print(['throw', e]); return { done: " + c.pick(["true", "false"]) + ", value: 'th' }; },"])} ${c.pick(["", "return(v) { print(['return', v]); return " + c.pick(["{ done: true, value: 'rt' }", "{ done: false, value: 'more' }", "{}", "7"]) + "; },"])} }) };
function* sub() { try { print(yield 's1'); print(yield 's2'); return 's3'; } finally { print('sub closed'); } }
function* inner() { try { yield 'i1'; yield* sub(); } catch (e) { print(['inner caught', e]); yield 'i2'; } }
function* main(a = t('default', 1)) {
  ${body}
}
const g = main();
${steps.map(s => `p(() => ${s});`).join("\n")}`;
}

export function iterators(c) {
  const maker = () => `{ [Symbol.iterator]() { print('open'); ${c.once(12) ? "return 1;" : ""} let i = 0; return { ${c.once(10) ? "get next() { print('get next'); return () => ({ done: i >= 2, value: i++ }); }" : `next() { print('next'); ${c.once(10) ? "if (i === 1) throw 'broken';" : ""} ${c.once(12) ? "return 1;" : ""} return { ${c.pick(["done: i >= 3", "get done() { return t('done', i >= 3); }", "done: i >= 3 ? 1 : 0"])}, ${c.pick(["value: i++", "value: i++", "get value() { return t('value', i++); }", `value: [i++, ${small(c)}]`])} }; }`}, ${c.pick(["", "return() { print('return'); return {}; }", "return() { print('return'); return 1; }", "return() { throw 'in return'; }", "return: null", "return: 1"])} }; } }`;
  const use = () => c.one(
    () => "[...it()]", () => "Math.max(...it())", () => "Array.from(it())", () => "Array.from(it(), (x, i) => t(i, x))", () => "Array.from(it(), () => { throw 'map'; })",
    () => "{ const [a, b] = it(); return [a, b]; }", () => "{ const [] = it(); }", () => "{ const [, , , , e] = it(); return e; }", () => "{ const [a, ...r] = it(); return [a, r]; }", () => "{ const [{ x }] = it(); return x; }", () => "{ const [a = (() => { throw 'default'; })()] = it(); }",
    () => "{ for (const x of it()) { print(x); break; } }", () => "{ for (const x of it()) { print(x); throw 'body'; } }", () => "{ for (const x of it()) { if (x === 1) return x; } }", () => "{ L: for (const a of [1, 2]) for (const x of it()) { print([a, x]); if (a === 1) continue L; } }",
    () => "{ for (const [a, b] of it()) print([a, b]); }", () => "new Map(it()).size", () => "new Set(it()).size", () => "Object.fromEntries(it())", () => "{ function* g() { yield* it(); } const h = g(); print(h.next()); return h.return('r'); }", () => "{ function* g() { return yield* it(); } const h = g(); h.next(); return h.throw('e'); }",
    () => "{ let o = {}; [o.a, o.b = t('d', 2)] = it(); return o; }", () => "{ let o = { set a(v) { throw 'setter'; } }; [o.a, o.b] = it(); return o; }", () => "{ try { for (const x of it()) { try { throw 'e1'; } finally { break; } } } finally { print('out'); } }", () => "{ for (const x of it()) { for (const y of it()) { if (!go()) break; return [x, y]; } } }", () => "((...r) => r.length)(...it(), 'end')", () => "new (class { constructor(...a) { this.a = a; } })(...it())");
  // node closes an iterator whose `next` is broken in `fromEntries`; the standard does not.
  return c.some(2, 4, () => { const made = maker(); return `{ const it = () => (${made});\n${c.some(1, 2, () => `p(() => ${use()});`).filter(line => !(made.includes("  return 1;") && line.includes("fromEntries"))).join("\n")} }`; }).join("\n");
}
