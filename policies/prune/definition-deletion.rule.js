import { cascade, pruneProtection } from "gitops-policy/prune";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "definition-deletion",
  title: "Custom resource definitions are not deleted in passing",
  description:
    "Deleting a definition deletes every resource of its kind straight from storage, past admission: no rule on those resources is ever asked. " +
    "Flux and Helm delete definitions that they applied; Argo CD does not.",
  severity: "critical",
  category: "data-loss",
  remediation: "Delete the resources first, each on purpose, and the definition in a later change, named in an acknowledgement.",
  match: { operations: ["delete", "replace"], kubernetes: { kinds: ["apiextensions.k8s.io/CustomResourceDefinition"] }, origins: ["diff", "plan", "review", "live"] },
  check(change, { report }) {
    const protection = pruneProtection(change);
    if (protection.protected || change.acknowledged) return;
    const kind = change.before?.spec?.names?.kind ?? "resource";
    const taken = cascade(change).text;
    const unheeded = protection.powerless.map((guard) => `; ${guard} does not stand against this`).join("");
    report.deny(`${change.resource} would be deleted with every ${kind} in the cluster${taken ? `; ${taken}` : ""}${unheeded}`, change);
  },
};
