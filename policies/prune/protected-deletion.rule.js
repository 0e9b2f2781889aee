import { isStateful, pruneProtection } from "gitops-policy/prune";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "protected-deletion",
  title: "A protected resource that leaves Git is told of, not forgotten",
  description:
    "A guard keeps the resource, but nothing manages it from then on: it goes on running, costs money and drifts, while every dashboard is green. " +
    "A Terraform resource that is protected in the state makes the apply fail.",
  severity: "medium",
  category: "data-loss",
  remediation: "Bring it back to Git, or take it apart on purpose in two steps: first the guard, then, once that is applied, the resource.",
  match: { operations: ["delete", "replace"], origins: ["diff", "plan", "review"] },
  check(change, { report }) {
    const protection = pruneProtection(change);
    if (!protection.protected || !isStateful(change)) return;
    const by = protection.by.join(" and ");
    if (change.acknowledged) {
      // Data that stays is no hindrance; a guard that keeps the object is.
      if (protection.effects.every((effect) => effect === "retains")) return;
      report.warn(`the deletion of ${change.resource} is acknowledged, and ${by} still stands against it: take that off first, in a change of its own`, protection.where);
      return;
    }
    if (change.resource.platform === "terraform") {
      const kept = protection.effects.includes("prevents");
      report.warn(`${change.resource} is protected by ${by}, so ${kept ? "this apply will fail" : "it lives on, unmanaged"}`, protection.where);
    } else if (change.operation === "replace") {
      report.warn(`${change.resource} would be made anew, and what it holds is kept by ${by}: the new one starts without it`, protection.where);
    } else if (change.origin === "review") {
      report.warn(`${change.resource} would be deleted, and what it holds is kept by ${by}`, protection.where);
    } else {
      report.warn(`${change.resource} leaves Git and is kept by ${by}: it lives on, and nothing manages it any more`, protection.where);
    }
  },
};
