import { findSecrets, isPlaceholder, isSecretName } from "gitops-policy/secrets";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "external-secret",
  title: "External secrets come from outside",
  description:
    "The template of an ExternalSecret or PushSecret is for text around the fetched values, a store refers to its credentials, and the Fake generator and provider hand out what is written in Git. " +
    "`deletionPolicy: Delete` lets one deletion in the store, or in Git, take the other side along.",
  severity: "high",
  category: "secrets",
  remediation: "Put the value into the store and fetch it with `data` or `dataFrom`; let a store refer to its credentials with `secretRef`.",
  match: {
    operations: ["create", "update"],
    kubernetes: { kinds: ["external-secrets.io/*", "generators.external-secrets.io/*"] },
  },
  check(change, { report }) {
    const { resource } = change;
    const spec = change.after.spec ?? {};
    if (resource.kind === "Fake" || spec.provider?.fake) {
      report.warn(`${resource} hands out values that are written in Git`, spec);
    } else if (resource.kind.endsWith("ExternalSecret")) {
      judgeTarget(resource, (spec.externalSecretSpec ?? spec).target, report);
    } else if (resource.kind.endsWith("PushSecret")) {
      judgePush(resource, spec.pushSecretSpec ?? spec, report);
    } else {
      judgeCredentials(resource, spec, report);
    }
  },
};

function judgeTarget(resource, target, report) {
  judgeTemplate(resource, target?.template, report);
  if (target?.deletionPolicy === "Delete") {
    report.warn(`${resource} deletes its Secret when the store no longer has the value`, target.deletionPolicy, { remediation: "Use `deletionPolicy: Retain`, so that an outage or a mistake in the store is none in the cluster." });
  }
}

function judgePush(resource, spec, report) {
  judgeTemplate(resource, spec.template, report);
  if (spec.deletionPolicy === "Delete") {
    report.warn(`${resource} deletes the value in the store when it goes itself`, spec.deletionPolicy, { remediation: "Use `deletionPolicy: None`, and delete in the store by hand." });
  }
}

function judgeTemplate(resource, template, report) {
  for (const [key, value] of Object.entries(template?.data ?? {})) {
    if (isLiteral(value) && (isSecretName(key) || findSecrets(value).length > 0)) report.deny(`\`${key}\` in the template of ${resource} is in clear`, value);
  }
  for (const { literal } of template?.templateFrom ?? []) {
    if (isLiteral(literal) && findSecrets(literal).length > 0) report.deny(`a literal in the template of ${resource} is in clear`, literal);
  }
}

// Credentials that are written into a store or a generator instead of referred to. Tokens in it are found as everywhere; this is about what only its place gives away.
function judgeCredentials(resource, value, report, key = "") {
  if (Array.isArray(value)) {
    for (const item of value) judgeCredentials(resource, item, report, key);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) judgeCredentials(resource, inner, report, name);
  } else if (isLiteral(value) && (isSecretName(key) || /^authorization$/i.test(key))) {
    report.deny(`\`${key}\` of ${resource} is written out`, value);
  }
}

function isLiteral(value) {
  return typeof value === "string" && value !== "" && !value.includes("{{") && !isPlaceholder(value);
}
