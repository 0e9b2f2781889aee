import { cascade, isStateful, pruneProtection, resourceClass } from "gitops-policy/prune";
import { accident } from "gitops-policy/terraform";

// Namespaces and definitions lose more than themselves and have rules of their own.
const judgedElsewhere = ["namespaces", "definitions"];

/** @type {import("gitops-policy").Rule} */
export default {
  name: "no-unprotected-prune",
  title: "What holds state is deleted only on purpose",
  description:
    "Deleting, pruning or replacing a database, a volume, a bucket, a key or a queue loses what Git cannot give back. " +
    "Protection is read where it counts, on the object as it is before the change: a guard added or removed together with the deletion does not matter. " +
    "A mark that keeps a tool from pruning stops nobody who deletes the object otherwise, nor the tool from making it anew. " +
    "What was protected, state or not, is not deleted in the change that takes the protection away.",
  severity: "critical",
  category: "data-loss",
  remediation:
    "Keep it, protect it and let it live on unmanaged, or name it in an acknowledgement in this pull request.",
  match: { operations: ["delete", "replace"], origins: ["diff", "plan", "review", "live"] },
  parameters: {
    exceptClasses: {
      type: "array",
      items: "string",
      default: [],
      description: "classes of the drift table whose resources may be deleted",
    },
  },
  check(change, { params, report }) {
    const of = resourceClass(change);
    if (judgedElsewhere.includes(of.name) || params.exceptClasses.includes(of.name)) return;
    const protection = pruneProtection(change);
    if (protection.acknowledged || protection.protected) return;
    if (isStateful(change)) report.deny([sentence(change, of), ...reasons(change, protection)].join("; "), change);
    else if (protection.lost.some((guard) => guard.against.includes("delete"))) {
      const how = change.operation === "replace" ? "destroyed and made again" : "deleted";
      report.deny(`${change.resource} was protected and would be ${how}; ${reasons(change, protection).join("; ")}`, change);
    }
  },
};

function sentence(change, of) {
  const why = of.why ? ` (${of.why})` : "";
  if (change.operation === "replace") {
    const paths = change.replacePaths.map((steps) => `\`${steps.join(".")}\``).join(", ");
    return `${change.resource} holds state and would be destroyed and made again${paths ? ` because of ${paths}` : ""}${why}`;
  }
  const how = change.cause === "prune" ? "pruned" : "deleted";
  return `${change.resource} holds state and would be ${how}${why}`;
}

function reasons(change, protection) {
  const because = accident(change);
  const taken = cascade(change).text;
  return [
    ...(taken ? [taken] : []),
    ...(because ? [because] : []),
    ...protection.dangers.map((danger) => danger.does),
    ...protection.powerless.map((guard) => `${guard} does not stand against this`),
    ...protection.lost.map((guard) => `its guard ${guard.by} goes in the same change`),
    ...(change.pairedWith ? [`this looks like a rename to ${change.pairedWith.resource}`] : []),
  ];
}
