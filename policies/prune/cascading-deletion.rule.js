import { cascade, isStateful, pruneProtection } from "gitops-policy/prune";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "cascading-deletion",
  title: "State does not go down with something that holds none",
  description:
    "What is deleted may be cheap to make again and take with it what is not: by owner references, by a claim retention policy, by a controller that " +
    "deletes what it made. None of that is written in the change.",
  severity: "critical",
  category: "data-loss",
  remediation: "Keep the data apart first (orphan it, or change the retention policy, in an earlier change), or acknowledge the deletion by name.",
  match: { operations: ["delete", "replace"], origins: ["diff", "plan", "live"] },
  check(change, { report }) {
    if (change.acknowledged || isStateful(change) || change.resource.isData) return;
    const { stateful, text } = cascade(change);
    if (stateful.length === 0 || pruneProtection(change).protected) return;
    report.deny(`${change.resource} would be deleted, and state with it: ${text}`, change);
  },
};
