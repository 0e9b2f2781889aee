// Values at the corners of the language, as source text.
const numbers = ["0", "-0", "1", "-1", "2", "3", "7", "0.5", "-1.5", "10", "1e21", "1e-7", "123456789", "2 ** 31", "2 ** 32", "2 ** 53", "-(2 ** 31)", "NaN", "Infinity", "-Infinity", "0.1", "4294967295", "1e300", "5e-324", "255", "1.005", "99.995", "1_000"];
const texts = ["''", "' '", "'0'", "'-0'", "'1'", "'01'", "'0x10'", "'1e3'", "' 12 '", "'\\n'", "'abc'", "'b'", "'B'", "'\\u00e9'", "'\\ud83d\\ude00'", "'\\ud83d'", "'Infinity'", "'NaN'", "'true'", "'1,2'", "'length'", "'constructor'", "'null'", "'.5'", "'5.'", "'1_0'", "'0b11'", "'+1'", "'--1'", "'aXbXc'", "'\\u0130'", "'\\ufb01'"];
const others = ["true", "false", "null", "undefined"];

export const number = c => c.pick(numbers);
export const small = c => String(c.between(-3, 6));
export const text = c => c.pick(texts);
export const primitive = c => c.pick([numbers, numbers, texts, texts, others].map(list => c.pick(list)));

/** An object that says when it is made a primitive, and how. */
export function convertible(c) {
  const result = () => (c.once(8) ? c.pick(["{}", "[]", "Symbol('s')"]) : primitive(c));
  return c.one(
    () => `{ valueOf() { return t('v', ${result()}); }, toString() { return t('s', ${result()}); } }`,
    () => `{ toString() { return t('s', ${result()}); } }`,
    () => `{ valueOf() { return t('v', ${result()}); } }`,
    () => `{ [Symbol.toPrimitive](hint) { return t(hint, ${result()}); } }`,
    () => `{ get [Symbol.toPrimitive]() { return t('get', ${c.pick(["undefined", "null", "1", "() => 2"])}); }, valueOf() { return t('v', ${primitive(c)}); } }`,
    () => `Object.assign(Object.create({ valueOf() { return t('pv', ${primitive(c)}); } }), { a: 1 })`,
    () => `[${primitive(c)}, { toString: () => t('e', ${primitive(c)}) }]`);
}

export const plain = c => c.pick(["{}", "[]", "[1]", "[1, 2]", "[[]]", "[null]", "[, 1]", "[undefined]", "['a', 'b']", "{ a: 1 }", "{ length: 2, 0: 'x' }", "Object.create(null)", "[[1], [2, [3]]]", "new Map([[1, 2]])", "new Set([1])", "/x/g", "new Error('m')", "Symbol('q')", "{ [Symbol.toStringTag]: 'T' }", "Object(true ? {} : 1)"]);

export const anything = c => c.one(() => primitive(c), () => primitive(c), () => plain(c), () => convertible(c));

/** An array as source text: with holes, nested, of mixed kinds. */
export function array(c, element = primitive) {
  return `[${c.some(0, 6, () => (c.once(6) ? "" : element(c))).join(", ")}${c.once(5) ? "," : ""}]`;
}

export const key = c => c.pick(["a", "b", "c", "d", "0", "1", "2", "10", "-1", "01", "length", "z"]);
export const keyText = c => JSON.stringify(key(c));
