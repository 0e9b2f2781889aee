// Taking apart: defaults, holes, rest, nesting, getters read once and in order, iterators closed when done early.
import { primitive } from "./values.mjs";

const names = ["a", "b", "c", "d"];

function pattern(c, depth, used) {
  const name = () => { const free = names.filter(n => !used.has(n)); if (free.length === 0) return null; const n = c.pick(free); used.add(n); return n; };
  const target = () => (depth > 0 && c.once(3) ? pattern(c, depth - 1, used) : name());
  const withDefault = made => (c.once(2) ? `${made} = t('d', ${made.startsWith("[") ? c.pick(["[]", "'xy'", "[1]"]) : made.startsWith("{") ? c.pick(["{}", "{ a: 1 }", "[3]"]) : primitive(c)})` : made);
  const parts = [];
  if (c.once(2)) {
    for (const _ of Array(c.between(1, 3))) { const made = c.once(5) ? "" : target(); if (made === null) break; parts.push(made === "" ? "" : withDefault(made)); }
    const rest = c.once(3) ? name() : null;
    if (rest) parts.push(`...${rest}`);
    return `[${parts.join(", ")}]`;
  }
  for (const _ of Array(c.between(1, 3))) {
    const made = target();
    if (made === null) break;
    const key = c.pick(["a", "b", "x", "length", "0", "[t('key', 'x')]", "'a'"]);
    parts.push(/^[a-d]$/.test(made) && c.once(2) ? withDefault(made) : `${key}: ${withDefault(made)}`);
  }
  const rest = c.once(3) ? name() : null;
  if (rest) parts.push(`...${rest}`);
  return `{ ${parts.join(", ")} }`;
}

function source(c) {
  return c.one(
    () => "[1, 2, 3]", () => "[undefined, [4, 5], null]", () => "'xyz'", () => "{ a: 1, b: undefined, x: [1] }", () => "look(3)", () => "look(1)", () => "look(0)",
    () => "{ get a() { return t('get a', 1); }, get x() { return t('get x', undefined); }, b: 2 }", () => "[[1, [2]], { a: 3 }]", () => "new Map([[1, 2], [3, 4]])",
    () => primitive(c), () => "[{ x: 1, length: 7 }, 'ab']", () => "[, , 3]", () => "Object.create({ a: 'inherited', x: 9 })", () => "(function* () { try { yield 1; yield* [2, 3]; } finally { print('done'); } })()");
}

export function destructuring(c) {
  const one = () => {
    const used = new Set(), made = pattern(c, 2, used), read = `[${[...used].join(", ")}]`;
    return c.one(
      () => `p(() => { const ${made} = ${source(c)}; return ${read}; });`,
      () => `p(() => { let ${[...used].map(n => `${n} = 'old'`).join(", ") || "z"}; (${made} = ${source(c)}); return ${read}; });`,
      () => `p(() => ((${made}) => ${read})(${source(c)}));`,
      () => `p(() => (function (${made} = ${source(c)}, last = t('last', 1)) { return ${read.replace("]", used.size > 0 ? ", last]" : "last]")}; })(${c.pick(["", "undefined", "null", "[]"])}));`,
      () => `p(() => { const r = []; for (const ${made} of [${source(c)}, ${source(c)}]) r.push(${read}); return r; });`,
      () => `p(() => { try { throw ${source(c)}; } catch (${made}) { return ${read}; } });`,
      () => `p(() => { const o = {}; [o.x, o['y'], ...o.z] = ${source(c)}; return o; });`,
      () => `p(() => { const o = { set x(v) { t('set', v); } }; ({ a: o.x = t('default', 1), ...o.rest } = ${source(c)}); return o.rest; });`,
      () => `p(() => { let ${[...used].join(", ") || "z"}; const whole = (${made} = ${source(c)}); return [typeof whole, ${read}]; });`);
  };
  return `const look = n => ({ [Symbol.iterator]() { print('open'); let i = 0; return { next() { print(['next', i]); return { done: i >= n, value: i++ }; }, return() { print('close'); return ${c.pick(["{}", "{}", "{}", "1", "undefined"])}; } }; } });
${c.some(3, 6, one).join("\n")}`;
}
