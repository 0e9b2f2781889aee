// Asks node whether the verdicts of the syntax cases are right: it must accept what is marked `accept` or `refuse`, and reject the rest.
// Usage: node --experimental-vm-modules check-syntax-cases.mjs ../Syntax/Cases/*.cases
import { readFileSync } from "node:fs";
import { SourceTextModule } from "node:vm";

let wrong = 0, count = 0;
for (const file of process.argv.slice(2)) {
  const cases = readFileSync(file, "utf8").trimEnd().split(/^(?====)/m).filter((text) => text.startsWith("==="));
  for (const text of cases) {
    const [, verdict, source] = /^=== (\w+)[^\n]*\n([^]*?)\n?$/.exec(text);
    const decoded = source.replace(/«U\+([0-9A-F]{4})»/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
    count++;
    let error = null;
    try { new SourceTextModule(decoded); } catch (e) { error = e; }
    if ((error !== null) === (verdict === "reject")) continue;
    wrong++;
    console.log(`${file}: ${verdict}, but node says ${error ?? "nothing"}:\n${source}\n`);
  }
}
console.log(`${count} cases, ${wrong} wrong`);
process.exit(wrong === 0 ? 0 : 1);
