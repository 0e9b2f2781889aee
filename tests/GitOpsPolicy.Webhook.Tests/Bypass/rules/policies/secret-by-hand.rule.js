import { secretValues } from "gitops-policy/secrets";

export default {
  name: "secret-by-hand",
  title: "Secrets are made by the operator, not by hand",
  severity: "high",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Secret"] }, origins: ["review"] },
  check(change, { report }) {
    for (const value of secretValues(change.after))
      if (value.kind !== "empty") report.deny(`\`${value.key}\` of ${change.resource} was typed in`, value.where);
  },
};
