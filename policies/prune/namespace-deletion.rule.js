import { cascade, pruneProtection } from "gitops-policy/prune";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "namespace-deletion",
  title: "Namespaces are not deleted in passing",
  description:
    "Deleting a namespace deletes everything in it, also what this repository does not know of, and no rule on those objects can stop that half-way.",
  severity: "critical",
  category: "data-loss",
  remediation: "Keep the namespace, protect it, or name it in an acknowledgement once it is empty.",
  match: {
    operations: ["delete", "replace"],
    kubernetes: { kinds: ["Namespace"] },
    terraform: { types: ["kubernetes_namespace", "kubernetes_namespace_v1"] },
    origins: ["diff", "plan", "review", "live"],
  },
  check(change, { report }) {
    const { resource } = change;
    if (resource.platform === "kubernetes" && resource.group !== "") return;
    const protection = pruneProtection(change);
    if (protection.protected || change.acknowledged) return;
    const taken = cascade(change).text;
    const unheeded = protection.powerless.map((guard) => `; ${guard} does not stand against this`).join("");
    report.deny(`${resource} would be deleted with everything in it${taken ? `; ${taken}` : ""}${unheeded}`, change);
  },
};
