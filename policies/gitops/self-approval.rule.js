import { lines } from "./shell.js";
import { stepsOf } from "./steps.js";

const actions = ["hmarr/auto-approve-action", "juliangruber/approve-pull-request-action"];
const commands = [
  { pattern: /\bgh\s+pr\s+review\b.*(\s--approve\b|\s-a\b)/, says: "approves the pull request by itself" },
  { pattern: /\bgh\s+pr\s+merge\b.*\s--admin\b/, says: "merges past the protection of the branch" },
  { pattern: /\bglab\s+mr\s+approve\b/, says: "approves the merge request by itself" },
  { pattern: /\bgit\s+push\b.*\s(--no-verify|-o\s+ci\.skip|--push-option=ci\.skip)/, says: "pushes past the checks" },
];

/** @type {import("gitops-policy").Rule} */
export default {
  name: "self-approval",
  title: "No workflow gives the approval that it should wait for",
  description:
    "An approval is worth what a second pair of eyes sees. A step that approves every pull request, or merges with the rights of an administrator, turns a required review into none. Where the step or its job has a " +
    "condition, such as one for a bot's updates, it is only warned of.",
  severity: "critical",
  category: "gates",
  remediation: "Take the step out. For updates by a bot, allow just that bot: `if: github.event.pull_request.user.login == 'dependabot[bot]'`, with the kinds of update that may pass.",
  match: { operations: ["create", "update"], files: {} },
  check(change, { report }) {
    for (const step of stepsOf(change.after, change.resource.kind)) {
      const isBound = step.condition !== null || step.job?.if !== undefined || step.job?.rules !== undefined || step.job?.environment !== undefined;
      const tell = isBound ? report.warn : report.deny;
      const action = actions.find((name) => step.uses?.startsWith(`${name}@`));
      if (action !== undefined) tell(`\`${action}\` approves the pull request by itself`, step.uses);
      for (const line of lines(step.script, ["gh", "glab", "git push"])) {
        const command = commands.find(({ pattern }) => line.commands.some(({ text }) => pattern.test(text)));
        if (command !== undefined) tell(`this step ${command.says}`, line.where);
      }
    }
  },
};
