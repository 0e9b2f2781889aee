import { isStateful, pruneProtection, resourceClass } from "gitops-policy/prune";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "confirmed-deletion",
  title: "Deletions that others feel are confirmed",
  description:
    "Entry points, access rules, guardrails and the like can be made again from Git, but until then an address is gone, someone is locked out, or something is allowed that was not.",
  severity: "medium",
  category: "availability",
  remediation: "Make sure that nothing uses it any more, or acknowledge the deletion by name.",
  match: { operations: ["delete", "replace"], origins: ["diff", "plan"] },
  check(change, { report }) {
    const of = resourceClass(change);
    if (of.prune === "allow" || change.acknowledged || isStateful(change) || change.resource.isData) return;
    if (pruneProtection(change).protected) return;
    const verb = change.operation === "replace" ? "destroyed and made again" : "deleted";
    const rename = change.pairedWith ? `; this looks like a rename to ${change.pairedWith.resource}` : "";
    report.warn(`${change.resource} would be ${verb}: ${of.why}${rename}`, change);
  },
};
