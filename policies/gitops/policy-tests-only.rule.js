import { lines } from "./shell.js";
import { stepsOf } from "./steps.js";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "policy-tests-only",
  title: "Policies are run on what is deployed, not only on their own tests",
  description:
    "`conftest verify` runs the unit tests of the policies. It looks at no manifest and no plan, so a pipeline that has nothing else lets everything through while it looks like a gate. The command that judges is " +
    "`conftest test`.",
  severity: "high",
  category: "gates",
  remediation: "Add `conftest test PATH`, with the manifests or the plan; keep `conftest verify` for the policies' own tests.",
  fixes: "Writes `test` for `verify` where the command names its policies and, besides, something to judge.",
  match: { operations: ["create", "update"], files: {} },
  check(change, { report }) {
    const found = stepsOf(change.after, change.resource.kind).flatMap((step) => lines(step.script, ["conftest"])).filter((line) => line.commands.some(({ text }) => /\bconftest\s+verify\b/.test(text)));
    if (found.length === 0 || /conftest(\s+-\S+)*\s+test\b|conftest-action/.test(JSON.stringify(change.after))) return;
    const judging = found[0].commands.find(({ text }) => /^conftest verify(\s+(-p|--policy)[=\s]\S+)+(\s+[^-\s]\S*)+$/.test(text));
    const fix = judging && { replace: [[found[0].where, judging.text, judging.text.replace("verify", "test")]] };
    report.warn("`conftest verify` tests the policies and judges nothing: there is no `conftest test` in this file", found[0].where, { fix });
  },
};
