import { isStateful } from "gitops-policy/prune";
import { annotations, labels } from "gitops-policy/kubernetes";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "forced-recreation",
  title: "What holds state is never recreated by force",
  description:
    "Flux with `force` and Argo CD with `Replace=true` or `Force=true` delete an object and make it again when they cannot change it in place. " +
    "For a database that is its end.",
  severity: "high",
  category: "data-loss",
  remediation: "Take the option off this object; make the change that needs it in two steps.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["*"] } },
  check(change, { report }) {
    if (!isStateful(change)) return;
    const force = "kustomize.toolkit.fluxcd.io/force";
    const flux = annotations(change.after)[force] ?? labels(change.after)[force];
    if (String(flux).toLowerCase() === "enabled") report.deny(`${change.resource} holds state and may be recreated: \`${force}: enabled\` (Flux)`, flux);
    const options = annotations(change.after)["argocd.argoproj.io/sync-options"];
    if (typeof options !== "string") return;
    for (const option of options.split(",").map((word) => word.trim())) {
      // Argo CD itself turns a replace of these two into an update.
      if (option === "Replace=true" && ["Namespace", "CustomResourceDefinition"].includes(change.resource.kind)) continue;
      if (option === "Replace=true" || option === "Force=true") {
        report.deny(`${change.resource} holds state and may be recreated: \`${option}\` (Argo CD)`, options);
      }
    }
  },
};
