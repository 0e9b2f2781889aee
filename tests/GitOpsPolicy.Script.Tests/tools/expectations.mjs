// Writes what node prints for every case into the case files, as the `//=` lines below each program.
//
//   node tests/GitOpsPolicy.Script.Tests/tools/expectations.mjs [FILE…]
//
// A case is `//# name`, then the body of a function that may call print(value), then the `//=` lines.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./printed.mjs";

const tests = join(dirname(fileURLToPath(import.meta.url)), "..");
const inFolder = folder => readdirSync(folder).filter(f => f.endsWith(".js")).map(f => join(folder, f));
const given = process.argv.slice(2);
const files = given.length > 0 ? given : ["Runtime", "Builtins", "Conformance"].flatMap(area => inFolder(join(tests, area, "Cases")));

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
