// Writes RegularExpressions/patterns.cases.jsonl: what node answers for patterns made from a fixed seed and by hand.
// Run: node tests/GitOpsPolicy.Script.Tests/tools/generate-pattern-cases.mjs
// A line is [pattern, flags, input, start, answer]; the answer is "error" (the pattern does not load), null (no match) or the
// indexes of the match and its groups, -1 for a group that took no part.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "RegularExpressions");
let seed = 20231;
const random = n => { seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff; return (seed >>> 8) % n; };
const pick = list => list[random(list.length)];

const letters = ["a", "b", "c", "a", "b", "-", "1", "A", "\u00e9", "\\d", "\\w", "\\W", ".", "[ab]", "[^a]", "[a-c]", "\\s", "\u{1F600}", "[\u{1F600}b]", "\\S", "[^\\w-]", "k", "\u212a", "[^]", "[A-Z]"];
const quantifiers = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}", "{0}", "{,2}"];
const zeroWidth = ["^", "$", "\\b", "\\B"];

function atom(depth) {
  const kind = random(depth > 0 ? 14 : 8);
  if (kind < 7) return pick(letters);
  if (kind === 7) return pick(zeroWidth);
  if (kind < 11) return "(" + disjunction(depth - 1) + ")";
  if (kind === 11) return "(?:" + disjunction(depth - 1) + ")";
  return pick(["(?=", "(?!", "(?<=", "(?<!"]) + disjunction(depth - 1) + ")";
}
const term = depth => atom(depth) + (random(3) === 0 ? pick(quantifiers) : "");
const alternative = depth => Array.from({ length: random(4) }, () => term(depth)).join("");
const disjunction = depth => Array.from({ length: 1 + (random(3) === 0 ? 1 + random(2) : 0) }, () => alternative(depth)).join("|");
const text = () => Array.from({ length: random(9) }, () => pick(["a", "b", "c", "a", "b", "-", "1", "A", " ", "\n", "\u00e9", "\u00c9", "\u{1F600}", "\ud83d", "k", "K", "\u212a"])).join("");
const flags = () => ["i", "m", "s", "u", "y"].filter(() => random(4) === 0).join("");

// Patterns in which an empty round of a loop decides the answer.
const empties = ["a?", "a*", "b??", "(a?)", "(|a)", "(a|)", "(?:a?)", "(a*)", "b?", "(?=a)", "()", "(?:|b)", "(b*?)", "a", "\\b"];
const emptyLoops = () => {
  const body = () => Array.from({ length: 1 + random(3) }, () => pick(empties)).join(pick(["", "", "|"]));
  const loop = inner => "(" + pick(["", "?:"]) + inner + ")" + pick(["*", "+", "*?", "+?", "{2,}", "{0,3}", "{1,3}?"]);
  return loop(pick(["", "a", "b?"]) + (random(2) ? loop(body()) : body()) + pick(["", "b", "b*"])) + pick(["", "b", "$", "c"]);
};

function answer(pattern, flags, input, start) {
  let regexp;
  try { regexp = new RegExp(pattern, flags + "d" + (flags.includes("y") || flags.includes("g") ? "" : "g")); } catch { return "error"; }
  regexp.lastIndex = start;
  const match = regexp.exec(input);
  return match && match.indices.flatMap(pair => pair ?? [-1, -1]);
}

// node lets an empty match with flag u stand between the halves of a surrogate pair; the standard (22.2.7.2 step 15.c) steps over it.
const splitsPair = (input, indexes) => indexes.some(i => /^[\ud800-\udbff][\udc00-\udfff]/.test(input.slice(i - 1, i + 1)));

const lines = new Set();
const add = (pattern, flags, input, start) => {
  const expected = answer(pattern, flags, input, start);
  if (flags.includes("u") && Array.isArray(expected) && splitsPair(input, expected.filter(i => i > 0))) return;
  lines.add(JSON.stringify(expected === "error" ? [pattern, flags, "", 0, expected] : [pattern, flags, input, start, expected]));
};
for (const line of readFileSync(join(folder, "patterns.by-hand.jsonl"), "utf8").split("\n").filter(Boolean)) {
  const [pattern, flags, ...inputs] = JSON.parse(line);
  for (const input of inputs.length ? inputs : [""]) {
    add(pattern, flags, input, 0);
    if (input.length > 4) add(pattern, flags, input, 1);
  }
}
const more = count => { const goal = lines.size + count; return () => lines.size < goal; };
let wanted = more(2500);
while (wanted()) add(disjunction(3), flags(), text(), 0);
wanted = more(1000);
while (wanted()) add(emptyLoops(), random(5) === 0 ? "i" : "", Array.from({ length: random(7) }, () => pick(["a", "b", "a", "b", "c"])).join(""), 0);
wanted = more(600);
while (wanted()) { const input = text() + text(); add(disjunction(2), flags(), input, random(input.length + 1)); }
writeFileSync(join(folder, "patterns.cases.jsonl"), [...lines].join("\n") + "\n");
