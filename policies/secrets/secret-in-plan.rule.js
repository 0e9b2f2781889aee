import { findSecrets, isSecretName } from "gitops-policy/secrets";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "secret-in-plan",
  title: "Variables, the configuration and data sources carry no secret in clear",
  description:
    "What is written out in the configuration is in Git, even where the provider masks the attribute. The value of a variable that is not declared sensitive, and what a data source has read, " +
    "are shown by every plan and stored by whoever keeps it.",
  severity: "critical",
  category: "secrets",
  remediation: "Read it from a secret store, or pass it in a variable that says `sensitive = true`, set outside of Git; then change the value, as it is known now.",
  match: { operations: ["read"], terraform: { types: ["*"] }, origins: ["plan"] },
  check(change, { report }) {
    const { resource } = change;
    for (const secret of findSecrets(change)) {
      if (secret.masked) continue;
      const name = secret.key && secret.key !== resource.name ? `\`${secret.key}\` of ${resource}` : `${resource}`;
      const sentence = `${name} ${says(resource)} ${secret.detector === "name" ? "a secret in clear, by its name" : secret.kind}${secret.encoded ? " in base64" : ""}`;
      const isSure = secret.detector === "copy" ? isSecretName(secret.key) : secret.confidence !== "possible";
      if (isSure) report.deny(sentence, secret.where);
      else report.warn(`${sentence}: is it a real one?`, secret.where);
    }
  },
};

function says({ type }) {
  if (type === "configuration") return "writes out";
  return type === "variable" ? "is not declared sensitive and holds" : "holds";
}
