// Generates programs at the corners of the language and writes down what node prints for each.
//
//   node tests/GitOpsPolicy.Script.Tests/tools/generate-programs.mjs                   writes Differential/programs.jsonl.gz anew
//   node tests/GitOpsPolicy.Script.Tests/tools/generate-programs.mjs --seeds 7 1000    prints 1,000 programs from seed 7 on
//
// The first line holds what stands before each program; every other line is one program: its area and seed, its text, and the lines printed.
// The same seed gives the same program everywhere. A program that node refuses to load is left out.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { classes } from "./programs/classes.mjs";
import { coercion } from "./programs/coercion.mjs";
import { closures, control, scopes } from "./programs/control.mjs";
import { destructuring } from "./programs/destructuring.mjs";
import { generators, iterators } from "./programs/iteration.mjs";
import { arrays, collections, errors, json, sorting } from "./programs/lists.mjs";
import { chains, objects, symbols } from "./programs/objects.mjs";
import { order } from "./programs/order.mjs";
import { Chance } from "./programs/random.mjs";
import { numbers, patterns, strings, templates } from "./programs/texts.mjs";
import { whole } from "./programs/whole.mjs";
import { run } from "./printed.mjs";

const areas = { arrays, chains, classes, closures, coercion, collections, control, destructuring, errors, generators, iterators, json, numbers, objects, order, patterns, scopes, sorting, strings, symbols, templates, whole };
const [committedFrom, committedCount] = [1, 5720];

/** Loops and functions ask `go()` before each round, so every program ends; `t` tells what is evaluated when; `p` goes on after an error. */
const prelude = `let left = 50;
const go = () => --left > 0;
const t = (label, value) => { print(label); return value; };
const p = work => { try { print(work()); } catch (e) { print(["!", e instanceof Error ? e.name : e]); } };
`;

const longest = 20_000;

function* programs(from, count) {
  const names = Object.keys(areas);
  for (let seed = from; seed < from + count; seed++) {
    const area = names[seed % names.length];
    const text = areas[area](new Chance(seed));
    const lines = run(prelude + text);
    const expected = lines.join("\n");
    if (lines.at(-1) !== "throws SyntaxError" && expected.length <= longest) yield { name: `${area} ${seed}`, text, expected };
  }
}

const [mode, from, count] = process.argv.slice(2);
if (mode === "--seeds") {
  process.stdout.write([{ prelude }, ...programs(Number(from), Number(count))].map(line => JSON.stringify(line) + "\n").join(""));
} else {
  const lines = [{ prelude }, ...programs(committedFrom, committedCount)].map(line => JSON.stringify(line) + "\n");
  const file = join(dirname(fileURLToPath(import.meta.url)), "..", "Differential", "programs.jsonl.gz");
  writeFileSync(file, gzipSync(lines.join(""), { level: 9 }));
  console.error(`${lines.length - 1} programs of ${committedCount} seeds`);
}
