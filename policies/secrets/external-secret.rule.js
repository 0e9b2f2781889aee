import { findSecrets, isPlaceholder, isSecretName } from "gitops-policy/secrets";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "external-secret",
  title: "External secrets come from outside",
  description: "The template of an ExternalSecret is for text around the fetched values, and the Fake generator and provider hand out what is written in Git.",
  severity: "high",
  category: "secrets",
  remediation: "Put the value into the store and fetch it with `data` or `dataFrom`.",
  match: {
    operations: ["create", "update"],
    kubernetes: {
      kinds: [
        "external-secrets.io/ExternalSecret",
        "external-secrets.io/ClusterExternalSecret",
        "external-secrets.io/SecretStore",
        "external-secrets.io/ClusterSecretStore",
        "generators.external-secrets.io/Fake",
      ],
    },
  },
  check(change, { report }) {
    const { kind } = change.resource;
    const spec = change.after.spec ?? {};
    if (kind === "Fake" || spec.provider?.fake) {
      report.warn(`${change.resource} hands out values that are written in Git`, spec);
      return;
    }
    const target = (kind === "ClusterExternalSecret" ? spec.externalSecretSpec : spec)?.target;
    for (const [key, value] of Object.entries(target?.template?.data ?? {})) {
      if (typeof value !== "string" || value === "" || value.includes("{{") || isPlaceholder(value)) continue;
      if (isSecretName(key) || findSecrets(value).length > 0) {
        report.deny(`\`${key}\` in the template of ${change.resource} is in clear`, value);
      }
    }
  },
};
