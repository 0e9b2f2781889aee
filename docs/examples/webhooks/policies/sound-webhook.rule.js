// What a webhook must never be asked about: it would stop the cluster when it stops.
const lifelines = [
  ["coordination.k8s.io", "leases", "heartbeats and leader elections"],
  ["authentication.k8s.io", "tokenreviews", "every login that a webhook or kubelet checks"],
  ["authorization.k8s.io", "subjectaccessreviews", "every permission that a kubelet or extension server checks"],
  ["events.k8s.io", "events", "events, of which a failing cluster makes thousands"],
];

const stateful = [
  ["", "namespaces"],
  ["", "persistentvolumeclaims"],
  ["", "persistentvolumes"],
  ["apps", "statefulsets"],
];

const reason = "gitopspolicy.dev/ignore-reason";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "sound-webhook",
  title: "Admission webhooks cannot be slipped past, and cannot lock the cluster out of its own repair",
  severity: "high",
  category: "admission",
  remediation: "Correct the webhook; https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/ has the reasons.",
  match: {
    operations: ["create", "update"],
    kubernetes: { kinds: ["admissionregistration.k8s.io/ValidatingWebhookConfiguration", "admissionregistration.k8s.io/MutatingWebhookConfiguration"] },
  },
  check(change, { report }) {
    const webhooks = change.after.webhooks ?? [];
    for (const webhook of webhooks) {
      checkEvasion(webhook, webhooks, report);
      checkAnswer(webhook, change.after, report);
      checkLifelines(webhook, report);
      checkScope(webhook, report);
    }
  },
};

function checkEvasion(webhook, webhooks, report) {
  if (!isEmpty(webhook.objectSelector)) report.deny(`${webhook.name} has an objectSelector: whoever writes an object can label it out of sight`, webhook.objectSelector);
  if (webhook.matchPolicy === "Exact") report.deny(`${webhook.name} matches exactly: the same object in another API version passes by`, webhook.matchPolicy);
  const labels = parts(webhook).filter(({ key }) => key !== "kubernetes.io/metadata.name");
  if (labels.length > 0 && !webhooks.some(isLabelGuard))
    report.deny(`${webhook.name} selects namespaces by \`${labels[0].key}\`, which whoever writes a namespace can set, and no webhook guards it`, webhook.namespaceSelector);
  if ((webhook.matchConditions ?? []).length > 0 && webhook.failurePolicy === "Ignore")
    report.deny(`${webhook.name} has matchConditions and fails open: a condition that fails lets the request through`, webhook.matchConditions);
}

function checkAnswer(webhook, configuration, report) {
  if (webhook.failurePolicy === "Ignore" && !(configuration.metadata.annotations ?? {})[reason])
    report.deny(`${webhook.name} fails open, and no annotation \`${reason}\` says why`, webhook.failurePolicy);
  if (!["None", "NoneOnDryRun"].includes(webhook.sideEffects)) report.deny(`${webhook.name} does not say that it has no side effects: dry runs are refused`, webhook.sideEffects ?? webhook);
  if ((webhook.timeoutSeconds ?? 10) > 10) report.deny(`${webhook.name} may take ${webhook.timeoutSeconds} s: a request waits for all of it`, webhook.timeoutSeconds);
  if (!(webhook.admissionReviewVersions ?? []).includes("v1")) report.deny(`${webhook.name} does not speak admission.k8s.io/v1`, webhook.admissionReviewVersions ?? webhook);
}

function checkLifelines(webhook, report) {
  for (const [group, resource, what] of lifelines) {
    const rule = (webhook.rules ?? []).find((one) => covers(one, group, resource));
    if (rule) report.deny(`${webhook.name} is asked about ${resource}: ${what}`, rule.resources);
  }
  if (onlyClusterScoped(webhook)) return;
  const own = webhook.clientConfig?.service?.namespace;
  for (const name of ["kube-system", own]) {
    if (name && !excludes(webhook, name)) report.deny(`${webhook.name} judges ${name}${name === own ? ", where it runs itself" : ""}: it can keep the cluster from coming up`, webhook.namespaceSelector ?? webhook);
  }
}

function checkScope(webhook, report) {
  const rules = webhook.rules ?? [];
  if (rules.some((rule) => covers(rule, "", "pods") && writes(rule)) && !rules.some((rule) => covers(rule, "", "pods/ephemeralcontainers")))
    report.deny(`${webhook.name} is asked about pods and not about pods/ephemeralcontainers, which add containers to them`, rules[0].resources);
  const lost = stateful.find(([group, resource]) => rules.some((rule) => covers(rule, group, resource) && does(rule, "DELETE")));
  if (lost && webhook.failurePolicy === "Ignore") report.deny(`${webhook.name} fails open, also for deletes of ${lost[1]}: give these a webhook that fails closed`, webhook.failurePolicy);
}

function covers(rule, group, resource) {
  const [base, sub] = resource.split("/");
  const names = sub ? [resource, "*/*", `${base}/*`, `*/${sub}`] : [resource, "*", "*/*"];
  return (rule.apiGroups ?? []).some((one) => one === "*" || one === group) && (rule.resources ?? []).some((one) => names.includes(one));
}

function does(rule, operation) {
  return (rule.operations ?? []).some((one) => one === "*" || one === operation);
}

function writes(rule) {
  return does(rule, "CREATE") || does(rule, "UPDATE");
}

// A webhook that judges who labels a namespace has to see all of them, and every way to write labels.
function isLabelGuard(webhook) {
  const guards = (resource, operation) => (webhook.rules ?? []).some((rule) => covers(rule, "", resource) && does(rule, operation));
  return (
    webhook.failurePolicy !== "Ignore" &&
    isEmpty(webhook.namespaceSelector) &&
    onlyNamespaces(webhook) &&
    guards("namespaces", "CREATE") &&
    ["namespaces", "namespaces/status", "namespaces/finalize"].every((resource) => guards(resource, "UPDATE"))
  );
}

function onlyNamespaces(webhook) {
  return (webhook.rules ?? []).every((rule) => rule.resources.every((one) => one === "namespaces" || one.startsWith("namespaces/")));
}

function onlyClusterScoped(webhook) {
  return onlyNamespaces(webhook) || (webhook.rules ?? []).every((rule) => rule.scope === "Cluster");
}

function excludes(webhook, namespace) {
  const known = parts(webhook).filter(({ key }) => key === "kubernetes.io/metadata.name");
  return known.some(({ operator, values }) => (operator === "NotIn" ? values.includes(namespace) : operator === "In" && !values.includes(namespace)));
}

function parts(webhook) {
  const labels = Object.entries(webhook.namespaceSelector?.matchLabels ?? {}).map(([key, value]) => ({ key, operator: "In", values: [value] }));
  return [...labels, ...(webhook.namespaceSelector?.matchExpressions ?? [])];
}

function isEmpty(selector) {
  return Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;
}
