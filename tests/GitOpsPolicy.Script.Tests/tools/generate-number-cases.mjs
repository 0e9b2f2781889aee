// Writes Builtins/numbers.cases.jsonl: how node writes and reads numbers drawn from a fixed seed.
// Run: node tests/GitOpsPolicy.Script.Tests/tools/generate-number-cases.mjs
// A line is [bits of the number in hexadecimal, method, argument or null, text] or ["", function, text given, bits of the number].
import { writeFileSync } from "node:fs";

let seed = 77n;
const next = () => { seed = (seed * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn; return seed; };
const random = n => Number((next() >> 33n) % BigInt(n));
const view = new DataView(new ArrayBuffer(8));
const bitsOf = number => { view.setFloat64(0, number); return view.getBigUint64(0).toString(16).padStart(16, "0"); };
const anyBits = () => { view.setBigUint64(0, next()); const x = view.getFloat64(0); return Number.isFinite(x) ? x : anyBits(); };
const scale = () => 10 ** (random(40) - 20);
const numbers = [
  anyBits, anyBits, () => random(1000), () => random(100000) / 100, () => -random(1e6) / 1000, () => random(1e9) * scale(),
  () => (random(2000) + 0.5) * scale(), () => 2 ** (random(2000) - 1000), () => random(1e9) * 2 ** random(60), () => (random(20000) - 10000) / 2 ** random(12),
];
const pick = list => list[random(list.length)];
const lines = [];
for (let i = 0; i < 4000; i++) {
  const number = pick(numbers)();
  const [method, argument] = pick([
    ["toString", null], ["toString", null], ["toString", 2 + random(35)], ["toFixed", random(25)], ["toExponential", random(22)], ["toExponential", null], ["toPrecision", 1 + random(25)],
  ]);
  lines.push([bitsOf(number), method, argument, argument === null ? number[method]() : number[method](argument)]);
}
const digits = n => Array.from({ length: 1 + random(n) }, () => random(10)).join("");
for (let i = 0; i < 1500; i++) {
  const text = pick([() => digits(25), () => digits(5) + "." + digits(25), () => "-" + digits(20) + "e" + (random(700) - 350), () => digits(3) + "." + digits(3) + "E+" + random(30), () => " " + digits(17) + " ", () => "." + digits(20), () => digits(4) + pick(["px", ".", "e", "_1", " 2", "."])])();
  const name = pick(["Number", "parseFloat", "parseInt"]);
  lines.push(["", name, text, bitsOf(globalThis[name](text))]);
}
writeFileSync(new URL("../Builtins/numbers.cases.jsonl", import.meta.url), lines.map(line => JSON.stringify(line)).join("\n") + "\n");
