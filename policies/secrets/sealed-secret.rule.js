import { findSecrets, isPlaceholder, isSecretName, sealedProblems } from "gitops-policy/secrets";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "sealed-secret",
  title: "SealedSecrets are sealed",
  description:
    "A value under `encryptedData` that is not ciphertext ends up in no Secret and is in clear in Git. " +
    "Values under `spec.template.data` are not encrypted at all: they are for text around the sealed values.",
  severity: "critical",
  category: "secrets",
  remediation: "Seal the value with `kubeseal`, and change it, as it is known now.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["bitnami.com/SealedSecret"] } },
  check(change, { report }) {
    for (const { key, where, problem } of sealedProblems(change.after)) {
      report.deny(`\`${key}\` of ${change.resource} ${problem}`, where);
    }
    const template = change.after.spec?.template;
    for (const part of ["data", "stringData"]) {
      for (const [key, value] of Object.entries(template?.[part] ?? {})) {
        if (isTemplate(value)) continue;
        if (isSecretName(key) || findSecrets(value).length > 0) report.deny(`\`${key}\` in the template of ${change.resource} is in clear`, value);
        else report.warn(`\`${key}\` in the template of ${change.resource} is not sealed`, value);
      }
    }
  },
};

// A template that is filled with sealed values names them: {{ index . "password" }}.
function isTemplate(value) {
  return value === "" || isPlaceholder(value) || value.includes("{{");
}
