import { counterpart, previousEnvironment } from "gitops-policy/promotion";

const mark = "gitopspolicy.dev/only-in";
const arriving = ["create", "update", "replace"];

/** @type {import("gitops-policy").Rule} */
export default {
  name: "missing-in-previous",
  title: "What comes to an environment has been in the one before",
  description:
    "A resource that is made in production alone was tried nowhere. It needs its like in the environment before, or says by an annotation or label " +
    "`gitopspolicy.dev/only-in` with the environment's name that it is meant for this one alone. A resource that is deleted in the environment before first is " +
    "on its way out, and may still be changed. Without the files of the environment before there is nothing to compare with, which is denied rather than passed over.",
  severity: "high",
  category: "promotion",
  remediation: "Add the resource to the environment before first, or mark it with `gitopspolicy.dev/only-in`. Give the check the files of both environments.",
  match: { operations: arriving, kubernetes: {}, origins: ["manifest", "diff"] },
  parameters: {
    exceptKinds: { type: "array", items: "string", default: [], description: "kinds whose resources may be in one environment alone" },
  },
  checkSet(set, { params, report }) {
    const told = new Set();
    for (const change of set.changes) {
      const previous = arriving.includes(change.operation) ? previousEnvironment(change) : null;
      if (!previous) continue;
      if (previous.known) reportMissing(change, previous.name, params, report);
      else if (!told.has(change.environment)) {
        told.add(change.environment);
        report.deny(`nothing of ${previous.name} is among what is checked, so ${change.environment} cannot be compared with it`, change);
      }
    }
  },
};

function reportMissing(change, previous, params, report) {
  const { resource, environment } = change;
  if (change.operation !== "create" || params.exceptKinds.includes(resource.kind) || counterpart(change)) return;
  const { annotations, labels } = change.after.metadata ?? {};
  const only = annotations?.[mark] ?? labels?.[mark];
  if (only === environment) return;
  const why = only === undefined ? "" : `, and \`${mark}\` says ${only}`;
  report.deny(`${resource} would be in ${environment} and is not in ${previous}${why}`, change);
}
