import { owners, previousEnvironment } from "gitops-policy/promotion";
import { resourceClass } from "gitops-policy/prune";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "owned-environment",
  title: "What reaches an environment after another has owners",
  description:
    "Forges ask the owners of a file to approve its changes, and nobody where it has none. Every changed file of an environment that comes after another, and of " +
    "the classes that are named, needs a line with owners in the `CODEOWNERS` of the base. A repository without such a file is left alone unless you require one.",
  severity: "medium",
  category: "promotion",
  remediation: "Add a line with owners to `CODEOWNERS`, in a change of its own.",
  match: { operations: ["create", "update", "replace", "delete"], kubernetes: {}, files: { kinds: ["Kustomization", "HelmValues"] }, origins: ["diff"] },
  parameters: {
    classes: { type: "array", items: "string", default: [], description: "classes of the drift table whose resources need owners everywhere" },
    required: { type: "boolean", default: false, description: "there has to be a `CODEOWNERS`" },
    exceptEnvironments: { type: "array", items: "string", default: [], description: "environments that need no owners" },
  },
  checkSet(set, { params, report }) {
    const told = new Set();
    for (const change of [...set.changes, ...set.files]) {
      if (change.operation === "none" || !needsOwners(change, params)) continue;
      const own = owners(change);
      if (own === null) {
        if (params.required) report.deny("there is no `CODEOWNERS`, so nobody in particular has to approve this", change);
        return;
      }
      if (own.length > 0 || told.has(change.file)) continue;
      told.add(change.file);
      report.deny(`nobody owns the file of ${change.resource}: anybody may approve it`, change);
    }
  },
};

function needsOwners(change, params) {
  if (previousEnvironment(change) && !params.exceptEnvironments.includes(change.environment)) return true;
  return params.classes.length > 0 && change.resource.platform !== "file" && params.classes.includes(resourceClass(change).name);
}
