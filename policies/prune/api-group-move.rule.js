import { isStateful } from "gitops-policy/prune";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "api-group-move",
  title: "A kind that moved to another API group is not pruned under its old one",
  description:
    "The stored object is one and the same under both groups. Flux, though, keeps group and kind in its inventory: it applies the object under its new " +
    "group, finds the old entry gone from Git and prunes it, which deletes the object just applied.",
  severity: "high",
  category: "data-loss",
  remediation: "Mark the object with `kustomize.toolkit.fluxcd.io/prune: disabled` and have that applied first; move it in a later change.",
  match: { operations: ["update", "replace"], kubernetes: { kinds: ["*"] }, origins: ["diff"] },
  check(change, { report }) {
    const { resource, previous, before } = change;
    if (!previous || previous.group === resource.group) return;
    if (pruneDisabled(before?.metadata)) return;
    const message = `${resource} moves from the API group ${previous.group || "core"} to ${resource.group}: Flux may delete it under its old group`;
    if (isStateful(change)) report.deny(message, change.after.apiVersion);
    else report.warn(message, change.after.apiVersion);
  },
};

function pruneDisabled(metadata) {
  const mark = "kustomize.toolkit.fluxcd.io/prune";
  return String(metadata?.annotations?.[mark] ?? metadata?.labels?.[mark]).toLowerCase() === "disabled";
}
