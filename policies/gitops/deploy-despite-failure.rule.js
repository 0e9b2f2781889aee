import { lines } from "./shell.js";
import { stepsOf } from "./steps.js";

const deploys = /\b(terraform|tofu|terragrunt)\s+(.*\s)?apply\b|\bkubectl\s+(.*\s)?(apply|replace|create|set image|rollout restart)\b(?!.*--dry-run)|\bhelm\s+(upgrade|install)\b(?!.*--dry-run)|\bargocd\s+app\s+sync\b|\bflux\s+reconcile\b|\bpulumi\s+up\b/;
const words = ["terra", "tofu", "kubectl", "helm", "argocd", "flux", "pulumi"];
const regardless = /\b(always|failure|succeededOrFailed|failed)\(\)|!\s*cancelled\(\)|^(always|on_failure|on_fail)$/;

/** @type {import("gitops-policy").Rule} */
export default {
  name: "deploy-despite-failure",
  title: "Nothing is deployed after a check has failed",
  description:
    "A step with `if: always()`, `!cancelled()` or `failure()`, a GitLab job with `when: always`, runs although a check before it has failed. Fine for reports and for cleaning up; a deployment that does so has no gate.",
  severity: "high",
  category: "gates",
  remediation: "Take the condition off the step that deploys; keep it on those that report.",
  match: { operations: ["create", "update"], files: {} },
  check(change, { report }) {
    for (const step of stepsOf(change.after, change.resource.kind)) {
      const condition = [step.condition, step.job?.if, step.job?.condition].find((text) => regardless.test(String(text ?? "")) && !asksForSuccess(String(text)));
      if (condition === undefined) continue;
      const line = lines(step.script, words).find(({ commands }) => commands.some(({ text }) => deploys.test(text) && !/^(echo|printf)\b/.test(text)));
      if (line !== undefined) report.warn(`this step deploys also after a check has failed: \`${condition}\``, condition);
    }
  },
};

// `always() && needs.check.result == 'success'` asks for what the condition gave up.
const asksForSuccess = (text) => /result\s*==\s*'success'|outcome\s*==\s*'success'|result\s*!=\s*'failure'|succeeded\(/.test(text);
