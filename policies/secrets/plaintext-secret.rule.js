import { secretValues, sopsState } from "gitops-policy/secrets";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "plaintext-secret",
  title: "Secrets are not written in clear in Git",
  description:
    "Base64 is no encryption. Whoever can read the repository, a clone of it or a log of the pipeline has the value, and Git never forgets. " +
    "Values that are encrypted (SOPS, SealedSecret), references that a tool resolves (Argo CD Vault Plugin, vals, Vault), placeholders, " +
    "public keys and certificates, and empty ones are fine. A configuration file in which nothing secret is recognised is only warned of.",
  severity: "critical",
  category: "secrets",
  remediation: "Encrypt it with SOPS or Sealed Secrets, or let External Secrets fetch it; then change the value, as this one is known now.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Secret"] }, origins: ["manifest", "diff"] },
  check(change, { report }) {
    if (change.resource.group !== "" || sopsState(change.after).present) return;
    for (const value of secretValues(change.after)) {
      if (value.kind === "plain") report.deny(`\`${value.key}\` of ${change.resource} is in clear`, value.where);
      if (value.kind === "configuration") report.warn(`\`${value.key}\` of ${change.resource} is in clear, though nothing secret is recognised in it`, value.where);
    }
  },
};
