import { isStateful, pruneProtection } from "gitops-policy/prune";

// Switches that make a later deletion worse, by attribute.
const dangerous = {
  force_destroy: true,
  force_delete: true,
  skip_final_snapshot: true,
  skip_final_backup: true,
  delete_contents_on_destroy: true,
  close_on_deletion: true,
  recovery_window_in_days: 0,
};

/** @type {import("gitops-policy").Rule} */
export default {
  name: "guard-removed",
  title: "Protection does not go away unseen",
  description:
    "Taking a guard off is the first half of a deletion. It is fine on purpose, in a change of its own; it should never pass as a detail of another one.",
  severity: "high",
  category: "data-loss",
  remediation: "Keep the guard, or take it off in a change that does nothing else and says why.",
  match: { operations: ["update", "replace"], origins: ["diff", "plan", "review"] },
  check(change, { report }) {
    // What holds state and is made anew is denied, its guards told.
    if (change.operation === "replace" && isStateful(change)) return;
    if (deletesReleasedVolume(change)) {
      report.deny(`${change.resource} is released, and its storage is deleted at once: its reclaim policy becomes Delete`, change.after.spec.persistentVolumeReclaimPolicy);
      return;
    }
    for (const guard of pruneProtection(change).lost) {
      report.warn(`${change.resource} loses its protection: ${guard.by} goes`, change.after);
    }
    reportSwitches(change, report);
    reportArgoOptions(change, report);
  },
};

// A volume without its claim waits for this word alone; no deletion follows that another rule could stop.
function deletesReleasedVolume({ resource, before, after }) {
  if (resource.group !== "" || resource.kind !== "PersistentVolume") return false;
  const isReleased = ["Released", "Failed"].includes(before.status?.phase);
  return isReleased && before.spec?.persistentVolumeReclaimPolicy !== "Delete" && after.spec?.persistentVolumeReclaimPolicy === "Delete";
}

function reportSwitches(change, report) {
  if (change.resource.platform !== "terraform" || !isStateful(change)) return;
  for (const [name, worse] of Object.entries(dangerous)) {
    if (isUnknown(change.after[name])) continue;
    if (change.after[name] === worse && change.before[name] !== worse) {
      report.warn(`${change.resource} would be lost for good when it is destroyed: \`${name}\` becomes ${worse}`, change.after[name]);
    }
  }
}

// Options of an Application hold for every resource of it that says nothing itself.
function reportArgoOptions(change, report) {
  const { resource, before, after } = change;
  if (resource.group !== "argoproj.io" || resource.kind !== "Application") return;
  const was = before.spec?.syncPolicy?.syncOptions ?? [];
  const is = after.spec?.syncPolicy?.syncOptions ?? [];
  for (const option of ["Prune=false", "Prune=confirm", "Delete=false", "Delete=confirm"]) {
    if (was.includes(option) && !is.some((other) => String(other).startsWith(option.split("=")[0] + "="))) {
      report.warn(`every resource of ${resource} loses its protection: \`${option}\` goes`, after.spec?.syncPolicy ?? after);
    }
  }
}
