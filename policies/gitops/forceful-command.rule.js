import { lines } from "./shell.js";
import { stepsOf } from "./steps.js";

// A row for each: what it does, and what to do instead.
const commands = [
  { word: "--prune", pattern: /\bkubectl\s.*\bapply\b(?=.*\s--prune\b)(?!.*\s(-l|--selector|--applyset)\b)/, says: "deletes whatever the files at hand do not name", fix: "Give `--prune` an `--applyset`, or leave deleting to the reconciler." },
  { word: "--force", pattern: /\bkubectl\s.*\b(apply|replace)\b.*\s--force(?!-conflicts)(=true)?(\s|$)/, says: "deletes and makes again what cannot be changed", fix: "Leave `--force` out, and make the change that needs it in two steps." },
  { word: "--force", pattern: /\bkubectl\s.*\bdelete\b(?=.*\s--force\b)(?=.*\s--grace-period[= ]0\b)/, says: "takes objects out of the record while they may still run", fix: "Leave out `--force --grace-period=0`; find out what keeps the object." },
  { word: "--all", pattern: /\bkubectl\s.*\bdelete\s+(.*\s)?(ns|namespaces?|crds?|customresourcedefinitions?)\b.*\s--all(=true)?(\s|$)/, says: "deletes all of a kind that takes others with it", fix: "Name what shall go." },
  { word: "finalizers", pattern: /\bkubectl\s.*\bpatch\b.*finalizers["']?\s*:\s*(null|\[\s*\])/, says: "blanks finalizers, which leaves behind what they were to clean up", fix: "Find out what the finalizer waits for, and mend that." },
  { word: "--prune", pattern: /\bargocd\s+app\s+sync\b(?=.*\s--prune\b)(?=.*\s--force\b)/, says: "prunes and recreates with force", fix: "Sync without `--force`; prune what has been looked at." },
  { word: "--force", pattern: /\bhelm\s+(upgrade|rollback)\b.*\s--force(=true)?(\s|$)/, says: "replaces objects instead of changing them", fix: "Leave `--force` out." },
  { word: "rolebinding", pattern: /\bkubectl\s+(.*\s)?create\s+(cluster)?rolebinding\s+\S*(deny|block|lock|freeze|forbid)/, says: "gives rights under a name that promises to take them away: roles only add up", fix: "Take the bindings away that give the right, or deny the change on admission." },
  { word: "state", pattern: /\b(terraform|tofu)\s+(.*\s)?state\s+rm\b/, says: "makes Terraform forget what lives on", fix: "Use a `removed` block, which a plan shows." },
  { word: "force-unlock", pattern: /\b(terraform|tofu)\s+(.*\s)?force-unlock\s+(.*\s)?-force\b/, says: "takes away a lock that may be held", fix: "Unlock by hand, when it is known that nobody applies." },
];

const words = [...new Set(commands.map(({ word }) => word))];

/** @type {import("gitops-policy").Rule} */
export default {
  name: "forceful-command",
  title: "No step of a pipeline deletes past what guards it",
  description:
    "Commands that delete what is not named, delete and make again, blank finalizers or forget state are remedies for a person who looks. In a pipeline they run unseen, each time.",
  severity: "high",
  category: "data-loss",
  match: { operations: ["create", "update"], files: {} },
  remediation: "Take the option out, or the step.",
  parameters: {
    scratch: { type: "array", items: "string", default: ["kind", "k3d", "minikube"], description: "a file that names one of these makes clusters of its own, in which nothing is lost" },
  },
  check(change, { params, report }) {
    const text = JSON.stringify(change.after);
    if (params.scratch.some((word) => new RegExp(`\\b${word}\\b`).test(text))) return;
    for (const step of stepsOf(change.after, change.resource.kind)) {
      for (const line of lines(step.script, words)) for (const command of line.commands) judge(command.text, line.where, report);
    }
  },
};

function judge(text, where, report) {
  if (/^(echo|printf|#)/.test(text)) return;
  for (const { word, pattern, says, fix } of commands) {
    if (text.includes(word) && pattern.test(text)) report.warn(`\`${text.length <= 60 ? text : `${text.slice(0, 60)}…`}\` ${says}`, where, { remediation: fix });
  }
}
