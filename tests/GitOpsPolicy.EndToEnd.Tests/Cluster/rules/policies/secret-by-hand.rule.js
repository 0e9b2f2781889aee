import { secretValues } from "gitops-policy/secrets";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "secret-by-hand",
  title: "Secrets are made by the operator, not by hand",
  severity: "high",
  category: "secrets",
  remediation: "Write an ExternalSecret and let the operator make it.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Secret"] }, origins: ["review", "live"] },
  check(change, { report }) {
    if (change.after.type !== "Opaque" || change.after.metadata.ownerReferences?.length) return;
    for (const value of secretValues(change.after))
      if (value.kind !== "empty") report.deny(`\`${value.key}\` of ${change.resource} was typed in: ${change.after.data[value.key]}`, value.where);
  },
};
