import { approvals, owners } from "gitops-policy/promotion";
import { isStateful } from "gitops-policy/prune";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "required-approvals",
  title: "Changes have the approvals that their kind asks for",
  description:
    "Asks for nothing until the configuration says how many approvals a change needs, for all environments or in the `parameters` of one. Who has approved is " +
    "told by `--approvals`, which the pipeline writes from what the forge says; without it the change is denied, as nobody says. The author's own approval does not count.",
  severity: "high",
  category: "promotion",
  remediation: "Ask for the approvals that are missing, and run the check again.",
  match: { operations: ["create", "update", "replace", "delete", "forget"], origins: ["diff", "plan"] },
  parameters: {
    count: { type: "integer", default: 0, minimum: 0, description: "approvals that a change needs" },
    stateful: { type: "integer", default: 0, minimum: 0, description: "approvals that a change of what holds state needs" },
    owner: { type: "boolean", default: false, description: "one of them is by an owner of the file, where it has owners" },
  },
  check(change, { params, report }) {
    const needed = isStateful(change) ? Math.max(params.count, params.stateful) : params.count;
    if (needed === 0 && !params.owner) return;
    const known = approvals(change);
    if (!known) {
      report.deny(`${change.resource} needs approvals, and nobody says who has approved: give \`--approvals\``, change);
      return;
    }
    const by = new Set(known.by.filter((name) => name !== known.author));
    if (by.size < needed) report.deny(`${change.resource} needs ${needed} approvals and has ${by.size}`, change);
    if (params.owner) reportOwner(change, by, known.teams, report);
  },
};

function reportOwner(change, by, teams, report) {
  const own = owners(change) ?? [];
  if (own.length === 0 || own.some((owner) => by.has(owner.replace(/^@/, "")) || teams[owner]?.some((name) => by.has(name)))) return;
  report.deny(`${change.resource} needs the approval of one of its owners, ${own.join(", ")}`, change);
}
