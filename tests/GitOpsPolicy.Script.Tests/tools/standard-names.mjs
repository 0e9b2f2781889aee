// Writes Language/standard-names.txt: the globals that rules share with ECMAScript 2023 and every member of theirs, as node has them.
// Run: node tests/GitOpsPolicy.Script.Tests/tools/standard-names.mjs
import { writeFileSync } from "node:fs";

const globals = [
  "isNaN", "isFinite", "parseInt", "parseFloat", "encodeURI", "encodeURIComponent", "decodeURI", "decodeURIComponent", "undefined", "NaN", "Infinity",
  "Object", "Function", "Array", "String", "Number", "Boolean", "Symbol", "Math", "JSON", "RegExp", "Map", "Set",
  "Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError",
];
// Newer than ECMAScript 2023, or node's own.
const others = /^(isWellFormed|toWellFormed|groupBy|fromAsync|captureStackTrace|prepareStackTrace|stackTraceLimit|caller|arguments|unicodeSets|dispose|asyncDispose|input|last(Match|Paren)|(left|right)Context|\$.*|length|name|prototype)$/;
const membersOf = object => Reflect.ownKeys(object).filter(key => !others.test(typeof key === "symbol" ? key.description : key))
  .map(key => (typeof key === "symbol" ? `[${key.description}]` : `.${key}`));
const names = [...globals];
for (const name of globals) {
  const value = globalThis[name];
  if (typeof value !== "function" && typeof value !== "object") continue;
  names.push(...membersOf(value).map(member => name + member));
  if (value.prototype) names.push(...membersOf(value.prototype).filter(member => member !== ".constructor").map(member => `${name}.prototype${member}`));
}
writeFileSync(new URL("../Language/standard-names.txt", import.meta.url), names.join("\n") + "\n");
