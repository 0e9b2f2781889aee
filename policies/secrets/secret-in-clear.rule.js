import { findSecrets } from "gitops-policy/secrets";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "secret-in-clear",
  title: "No resource carries a secret in clear",
  description:
    "Tokens are recognised by the structure that their issuers give them, also base64-encoded once or twice and inside JSON, YAML or URLs: environment variables, arguments, " +
    "ConfigMaps, annotations, user data, Terraform attributes and outputs. A value whose name says that it is secret is denied when it is made like one, and warned of when it may be a default. " +
    "Randomness alone denies nothing.",
  severity: "critical",
  category: "secrets",
  remediation: "Refer to a Secret or a secret store instead, and change the value, as it is known now.",
  match: { operations: ["create", "update", "replace", "import"], origins: ["manifest", "diff", "plan", "review", "live"] },
  check(change, { report }) {
    const { resource } = change;
    const isSecret = resource.platform === "kubernetes" && resource.kind === "Secret" && resource.group === "";
    for (const secret of findSecrets(change)) {
      // What Terraform masks is meant to be there; the data of a Secret is judged as a Secret.
      if (secret.masked || (isSecret && secret.inData)) continue;
      const name = secret.key ? `\`${secret.key}\` of ${resource}` : `${resource}`;
      const encoded = secret.encoded ? " in base64" : "";
      if (secret.detector === "name") {
        const sentence = `${name} holds a secret in clear, by its name`;
        if (secret.confidence === "likely") report.deny(sentence, secret.where);
        else report.warn(`${sentence}: is it one?`, secret.where);
      } else if (secret.confidence === "certain") {
        report.deny(`${name} holds ${secret.kind}${encoded}`, secret.where);
      } else {
        report.warn(`${name} holds ${secret.kind}${encoded}: is it a real one?`, secret.where);
      }
    }
  },
};
