import { lines } from "./shell.js";
import { stepsOf } from "./steps.js";

const apply = /\b(terraform|tofu|terragrunt)\s+(.*\s)?(apply|destroy|apply-all)\b(.*)$/;
const words = ["terra", "tofu", "pulumi", "cdk"];
const asks = /(-auto-approve|--auto-approve|--terragrunt-non-interactive|--non-interactive)(?!=false)\b/;
const others = [
  { pattern: /\bpulumi\s+(up|destroy)\b.*(\s-y\b|\s--yes\b)/, says: "applies whatever comes of the program", fix: "Run `pulumi preview --save-plan plan.json`, have it reviewed, and run `pulumi up --plan plan.json`." },
  { pattern: /\bcdk\s+deploy\b.*--require-approval[= ]never\b/, says: "deploys wider rights and open ports unasked", fix: "Use `--require-approval broadening`, or deploy a change set that was reviewed." },
];

/** @type {import("gitops-policy").Rule} */
export default {
  name: "unreviewed-apply",
  title: "What is applied is the plan that was seen",
  description:
    "`apply -auto-approve` without a plan file makes a new plan and applies that: what was reviewed minutes or days ago may have been another one. The same goes for `destroy`. A job with an `environment`, whose protection " +
    "can ask a person, still applies another plan than the one seen.",
  severity: "high",
  category: "gates",
  remediation: "Plan with `-out=tfplan`, judge it (`terraform show -json tfplan | gitops-policy check --plan -`), keep it as an artifact, and apply that file: `terraform apply tfplan`.",
  match: { operations: ["create", "update"], files: {} },
  check(change, { report }) {
    for (const step of stepsOf(change.after, change.resource.kind)) {
      for (const { where, commands } of lines(step.script, words)) for (const { text } of commands) judge(text, where, report);
    }
  },
};

function judge(text, where, report) {
  if (/^(echo|printf|#)/.test(text)) return;
  const [, tool, , verb, rest] = apply.exec(text) ?? [];
  if (tool !== undefined && asks.test(text) && !hasPlanFile(rest)) {
    report.warn(`\`${tool} ${verb}\` ${verb === "destroy" ? "destroys" : "applies"} a plan that nobody has seen`, where);
  }
  const other = others.find(({ pattern }) => pattern.test(text));
  if (other !== undefined && !/--plan\b/.test(text)) report.warn(`this step ${other.says}`, where, { remediation: other.fix });
}

// What stands by itself after the options is the file; the options that take a word of their own are those of `terraform apply -help`.
function hasPlanFile(rest) {
  const plain = rest.replace(/\$\{\{.*?\}\}/g, "x").replace(/'[^']*'|"[^"]*"/g, "x").replace(/\d?>>?\s*\S+/g, "");
  const words = plain.replace(/\s-(var|var-file|target|replace|lock-timeout|parallelism|state|state-out|backup)\s+\S+/g, "").split(/\s+/).filter((word) => word !== "");
  return words.some((word) => !word.startsWith("-"));
}
