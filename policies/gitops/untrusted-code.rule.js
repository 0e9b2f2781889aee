import { stepsOf } from "./steps.js";

// What a pull request from anywhere decides: its branch, its commit, its merge.
const foreign = /github\.event\.pull_request\.head\.(sha|ref)|github\.head_ref|github\.event\.workflow_run\.head_(sha|branch)|refs\/pull\/\$\{\{/;

/** @type {import("gitops-policy").Rule} */
export default {
  name: "untrusted-code",
  title: "Code of a pull request does not run with the repository's secrets",
  description:
    "On `pull_request_target` and `workflow_run` a workflow has the secrets and the write token of the repository. One that checks out the branch of the pull request and runs something from it hands both to whoever opens a pull request. " +
    "Denied where nothing stands in front of it; a condition or an `environment` of the job, which may ask a person, makes it a warning.",
  severity: "critical",
  category: "supply-chain",
  remediation: "Run the code on `pull_request`, without secrets, and hand results to a second workflow as artifacts; or put an `environment` with required reviewers in front of the job.",
  match: { operations: ["create", "update"], files: { kinds: ["GitHubWorkflow"] } },
  check(change, { report }) {
    const event = privileged(change.after.on);
    if (event === null) return;
    const steps = stepsOf(change.after, change.resource.kind);
    steps.forEach((step, index) => {
      if (!step.uses?.startsWith("actions/checkout@") || !foreign.test(String(step.inputs.ref ?? ""))) return;
      const runs = steps.slice(index + 1).some((later) => later.job === step.job && (later.script.length > 0 || later.uses?.startsWith("./")));
      if (!runs) return;
      const isBound = step.condition !== null || step.job.if !== undefined || step.job.environment !== undefined;
      const message = `on \`${event}\` this job runs the code of any pull request with the repository's secrets`;
      if (isBound) report.warn(message, step.inputs.ref);
      else report.deny(message, step.inputs.ref);
    });
  },
};

function privileged(on) {
  const events = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  return events.find((event) => event === "pull_request_target" || event === "workflow_run") ?? null;
}
