// Writes what node prints for every case into the case files, as the `//=` lines below each program.
//
//   node tests/GitOpsPolicy.Script.Tests/tools/expectations.mjs [FILE…]
//
// A case is `//# name`, then the body of a function that may call print(value), then the `//=` lines.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const tests = join(dirname(fileURLToPath(import.meta.url)), "..");
const inFolder = folder => readdirSync(folder).filter(f => f.endsWith(".js")).map(f => join(folder, f));
const given = process.argv.slice(2);
const files = given.length > 0 ? given : ["Runtime", "Builtins", "Conformance"].flatMap(area => inFolder(join(tests, area, "Cases")));

function printed(value, depth = 0) {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "string") {
    return "'" + [...Array(value.length).keys()].map(i => value[i]).map(c => (c >= " " && c <= "~" && c !== "\\" ? c : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"))).join("") + "'";
  }
  if (typeof value === "symbol") return value.toString();
  if (value instanceof Error) return value.name;
  if (typeof value === "function") return `function ${value.name}`.trimEnd();
  if (value === null || typeof value !== "object") return String(value);
  if (depth > 5) return "...";
  if (Array.isArray(value)) {
    return "[" + Array.from({ length: value.length }, (_, i) => (i in value ? printed(value[i], depth + 1) : "hole")).join(", ") + "]";
  }
  return "{" + Object.keys(value).map(k => `${k}: ${printed(value[k], depth + 1)}`).join(", ") + "}";
}

function run(body) {
  const lines = [];
  try {
    new Function("print", '"use strict";\n' + body)(value => { lines.push(printed(value)); });
  } catch (error) {
    lines.push(`throws ${printed(error)}`);
  }
  return lines;
}

for (const file of files) {
  const out = [];
  for (const part of readFileSync(file, "utf8").split(/^(?=\/\/# )/m)) {
    if (!part.startsWith("//# ")) { out.push(part.trimEnd()); continue; }
    const lines = part.split("\n").filter(line => !line.startsWith("//="));
    while (lines.at(-1).trim() === "") lines.pop();
    out.push([...lines, ...run(lines.slice(1).join("\n")).map(line => `//= ${line}`)].join("\n"));
  }
  writeFileSync(file, out.filter(part => part !== "").join("\n\n") + "\n");
}
