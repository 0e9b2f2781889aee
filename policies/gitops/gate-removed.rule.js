import { actionOf, gateOf, words } from "./gates.js";
import { lines } from "./shell.js";
import { stepsOf } from "./steps.js";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "gate-removed",
  title: "A check does not leave the pipeline unseen",
  description:
    "A pull request that takes a check out is judged without it from then on, and so is every one after. It is fine on purpose, in a change of its own. A check that moves to another file of the same change " +
    "has not gone.",
  severity: "high",
  category: "gates",
  remediation: "Keep the check, or take it out in a change that does nothing else and says why.",
  match: { files: {} },
  checkSet(set, { report }) {
    const now = new Set(set.files.flatMap((change) => gatesOf(change, change.after).map(({ name }) => name)));
    for (const change of set.files) {
      if (change.before === null || change.operation === "none") continue;
      const told = new Set();
      for (const { name, where } of gatesOf(change, change.before)) {
        if (now.has(name) || told.has(name)) continue;
        told.add(name);
        report.warn(`${change.resource} no longer runs \`${name}\`, and no other file does`, change.after === null ? where : change);
      }
    }
  },
};

function gatesOf(change, file) {
  if (file === null) return [];
  return stepsOf(file, change.resource.kind).flatMap((step) => {
    const action = step.uses === null ? null : actionOf(step.uses);
    const scripts = lines(step.script, words).flatMap(({ where, commands }) => commands.map(({ text }) => ({ gate: gateOf(text), where })));
    const found = scripts.filter(({ gate }) => gate !== null).map(({ gate, where }) => ({ name: gate.name, where }));
    return action === null ? found : [{ name: action.uses, where: step.uses }];
  });
}
