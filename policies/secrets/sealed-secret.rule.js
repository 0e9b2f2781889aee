import { annotations } from "gitops-policy/kubernetes";
import { findSecrets, isPlaceholder, isSecretName, sealedProblems } from "gitops-policy/secrets";

const scopes = ["cluster-wide", "namespace-wide"];

/** @type {import("gitops-policy").Rule} */
export default {
  name: "sealed-secret",
  title: "SealedSecrets are sealed, for one place",
  description:
    "A value under `encryptedData` that is not ciphertext ends up in no Secret and is in clear in Git. " +
    "Values under `spec.template.data` are not encrypted at all: they are for text around the sealed values. A cluster-wide scope lets whoever may create a SealedSecret in any namespace " +
    "have the controller decrypt this one there.",
  severity: "critical",
  category: "secrets",
  remediation: "Seal the value with `kubeseal`, and change it, as it is known now.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["bitnami.com/SealedSecret"] } },
  check(change, { report }) {
    const { resource, after } = change;
    for (const { key, where, problem } of sealedProblems(after)) report.deny(`\`${key}\` of ${resource} ${problem}`, where);
    judgeTemplate(change, report);
    if (typeof after.spec?.data === "string") report.warn(`${resource} uses \`spec.data\`, which the controller no longer reads`, after.spec.data);
    const chosen = scopes.filter((scope) => isTrue(annotations(change)[`sealedsecrets.bitnami.com/${scope}`]));
    const wide = annotations(change)["sealedsecrets.bitnami.com/cluster-wide"];
    if (chosen.length > 1) report.warn(`${resource} says both ${chosen.join(" and ")}, of which the wider counts`, wide);
    else if (chosen[0] === "cluster-wide") {
      report.warn(`${resource} can be decrypted in every namespace of the cluster`, wide, { remediation: "Seal it without `--scope cluster-wide`, once for each namespace." });
    }
  },
};

function judgeTemplate({ resource, after }, report) {
  for (const part of ["data", "stringData"]) {
    for (const [key, value] of Object.entries(after.spec?.template?.[part] ?? {})) {
      if (isTemplate(value)) continue;
      if (isSecretName(key) || findSecrets(value).length > 0) report.deny(`\`${key}\` in the template of ${resource} is in clear`, value);
      else report.warn(`\`${key}\` in the template of ${resource} is not sealed`, value);
    }
  }
}

// A template that is filled with sealed values names them: {{ index . "password" }}.
function isTemplate(value) {
  return isPlaceholder(value) || String(value).includes("{{");
}

function isTrue(value) {
  return value === "true" || value === true;
}
