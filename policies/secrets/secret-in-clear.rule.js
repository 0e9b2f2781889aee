import { findSecrets } from "gitops-policy/secrets";

// Attributes that more people and machines read than the resource itself: consoles, metadata services, process lists.
const published = /\/(user_data|user_data_base64|custom_data|startup_script|metadata_startup_script|container_definitions|environment|env|variables|command|args|tags|labels|metadata|description)(\/|$)/;

/** @type {import("gitops-policy").Rule} */
export default {
  name: "secret-in-clear",
  title: "No resource carries a secret in clear",
  description:
    "Tokens are recognised by the structure that their issuers give them, also base64-encoded once or twice, packed with gzip and inside JSON, YAML, scripts or URLs: environment variables, " +
    "arguments, ConfigMaps, annotations, user data, Terraform attributes and outputs, values of charts, workflows. A value whose name says that it is secret is denied when it is made like one, and warned of when it may be a " +
    "default. A copy of what Terraform masks elsewhere is denied where others read it, and warned of in other places. Randomness alone denies nothing.",
  severity: "critical",
  category: "secrets",
  remediation: "Refer to a Secret or a secret store instead, and change the value, as it is known now.",
  match: {
    operations: ["create", "update", "replace", "import"],
    kubernetes: { kinds: ["*"] },
    terraform: { types: ["*"] },
    files: { kinds: ["*"] },
    origins: ["manifest", "diff", "plan", "review", "live"],
  },
  check(change, { report }) {
    const { resource } = change;
    for (const secret of findSecrets(change)) {
      // What Terraform masks is meant to be there, and so is the data of a Secret, which is judged as a Secret.
      if (secret.masked) continue;
      const name = secret.key ? `\`${secret.key}\` of ${resource}` : `${resource}`;
      const sentence = `${name} holds ${secret.detector === "name" ? "a secret in clear, by its name" : secret.kind}${secret.encoded ? " in base64" : ""}`;
      if (secret.detector === "copy") {
        const isRead = resource.type === "output" || published.test(secret.pointer);
        if (isRead) report.deny(sentence, secret.where);
        else report.warn(`${sentence}, which nothing masks here`, secret.where);
      } else if (secret.confidence === "possible") {
        report.warn(`${sentence}: is it ${secret.detector === "name" ? "one" : "a real one"}?`, secret.where);
      } else {
        report.deny(sentence, secret.where);
      }
    }
  },
};
