// Operators on values of every kind: what is made a primitive, in which order, and what comes of it.
import { anything, convertible, primitive } from "./values.mjs";

const binary = ["+", "-", "*", "/", "%", "**", "==", "!=", "===", "!==", "<", ">", "<=", ">=", "&", "|", "^", "<<", ">>", ">>>", "&&", "||", "??"];
const unary = ["+", "-", "!", "~", "typeof ", "void "];
const assigned = ["+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??="];

function operation(c) {
  const a = `(${anything(c)})`, b = `(${anything(c)})`;
  return c.one(
    () => `${a} ${c.pick(binary)} ${b}`,
    () => `${a} ${c.pick(binary)} ${b}`,
    () => `${c.pick(unary)}${a}`,
    () => `\`\${${a}}-\${${b}}\``,
    () => `{ let x = ${a}; return [x ${c.pick(assigned)} ${b}, x]; }`,
    () => `{ const o = { x: ${a} }; return [o.x${c.pick(["++", "--"])}, o.x]; }`,
    () => `{ let x = ${a}; return [${c.pick(["++", "--"])}x, x]; }`,
    () => `({ [${a}]: 1 })`,
    () => `{ const o = {}; o[${a}] = 1; return Object.keys(o); }`,
    () => `${a} in ${c.pick(["[1, 2]", "{ a: 1, 1: 2, null: 3, undefined: 4, true: 5 }", "{}"])}`,
    () => `[1, 2, 3][${a}]`,
    () => `'abc'[${a}]`,
    () => `[${a}, ${b}].join()`,
    () => `[${["Number", "String", "Boolean", "isNaN", "isFinite", "parseInt", "parseFloat"].map(f => `p(() => ${f}(${c.once(3) ? convertible(c) : primitive(c)}))`).join(", ")}].length`,
    () => `${c.pick(["Math.max", "Math.min"])}(${a}, ${b})`,
    () => `${a} ? 'y' : 'n'`,
    () => `Object.is(${a}, ${b})`,
    () => `{ switch (${a}) { case ${b}: return 'same'; default: return 'other'; } }`);
}

export function coercion(c) {
  return c.some(4, 9, () => {
    const made = operation(c);
    return made.startsWith("{ ") ? `p(() => ${made});` : `p(() => (${made}));`;
  }).join("\n");
}
