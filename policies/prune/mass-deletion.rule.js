import { cascade } from "gitops-policy/prune";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "mass-deletion",
  title: "No change deletes more than its share",
  description:
    "Most wipes are an empty render, a wrong path or a generator that found nothing. What one change may delete is bounded by number and by share, " +
    "and neither all namespaces, nor all cluster-scoped resources, nor everything there is may go at once. What goes down with something else counts like " +
    "what is named. A rename counts, as the old object is deleted all the same; acknowledged deletions and new versions of what kustomize generates do not.",
  severity: "critical",
  category: "data-loss",
  remediation: "Check that the render is what you think it is. Split the change, raise the limit for it, or acknowledge the deletions by name.",
  match: { origins: ["diff", "plan", "live"] },
  parameters: {
    maximum: { type: "integer", default: 50, minimum: 0, description: "deletions allowed in one change set" },
    share: { type: "number", default: 0.3, minimum: 0, maximum: 1, description: "share of all resources that may be deleted" },
    budgets: {
      type: "array",
      items: {
        type: "object",
        properties: {
          environments: { type: "array", items: "string" },
          namespaces: { type: "array", items: "string" },
          maximum: { type: "integer", minimum: 0 },
        },
      },
      default: [],
      description: "fewer deletions where less may go: for each `environments` and `namespaces` (all where none are named; `*` at the end for any rest), and the `maximum` at once there",
    },
    fewest: { type: "integer", default: 5, minimum: 1, description: "fewer deletions than this are never too large a share" },
  },
  checkSet(set, { params, report }) {
    const nextVersions = new Set(set.changes.filter((change) => change.operation === "create" && isGenerated(change)).map(stemOf));
    const isGone = (change) => isDeleted(change) && !(isGenerated(change) && nextVersions.has(stemOf(change)));
    const gone = set.changes.filter(isGone);
    if (gone.length === 0) return;
    const total = set.countBefore;
    if (total !== null && total > 1 && gone.length >= total) {
      report.deny(`all ${total} resources would be deleted: ${likelyCause(gone)}`);
      return;
    }
    const { objects, text } = cascade(gone);
    const lost = objects.length;
    const how = text ? ` (${text})` : "";
    if (lost > params.maximum) {
      report.deny(`${lost} resources would be deleted, more than the ${params.maximum} allowed at once${how}`);
    } else if (total && lost >= params.fewest && lost / total > params.share) {
      report.deny(`${lost} of ${total} resources would be deleted, more than ${Math.round(params.share * 100)} % at once${how}`);
    }
    for (const budget of params.budgets) reportBudget(budget, objects, report);
    reportWholeScopes(set, isGone, params, report);
    reportVanishedKinds(set, gone, params, report);
  },
};

// Whether an unknown kind has a namespace is not for a manifest to say.
const clusterScoped = new Set([
  "apiextensions.k8s.io/CustomResourceDefinition",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
  "storage.k8s.io/StorageClass",
  "/PersistentVolume",
  "scheduling.k8s.io/PriorityClass",
  "networking.k8s.io/IngressClass",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
]);

function isDeleted(change) {
  return change.operation === "delete" && change.origin !== "drift" && change.resource.platform !== "file" && !change.acknowledged;
}

// Every new content gives a ConfigMap or Secret that kustomize generates another hash in its name.
const hash = /-[2456789bcdfghkmt]{10}$/;

function isGenerated({ resource }) {
  return ["ConfigMap", "Secret"].includes(resource.kind) && hash.test(resource.name);
}

function stemOf({ resource }) {
  return `${resource.kind} ${resource.namespace}/${resource.name.replace(hash, "")}`;
}

const fits = (pattern, text) => (pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : text === pattern);
const isAmong = (patterns, text) => !patterns?.length || patterns.some((pattern) => fits(pattern, text ?? ""));

function reportBudget({ environments, namespaces, maximum }, objects, report) {
  const there = objects.filter(({ environment, resource }) => isAmong(environments, environment) && isAmong(namespaces, resource.namespace));
  if (there.length <= maximum) return;
  const where = [...(environments ?? []), ...(namespaces ?? [])].map((name) => `\`${name}\``).join(", ");
  report.deny(`${there.length} resources would be deleted in ${where || "all"}, more than the ${maximum} allowed there at once`, there[0]);
}

function likelyCause(gone) {
  if (gone.every((change) => change.pairedWith)) return "every one looks renamed, which deletes it all the same";
  return gone[0].resource.platform === "terraform" ? "is this a destroy plan?" : "is the render empty?";
}

function kindOf({ resource }) {
  return resource.platform === "terraform" ? resource.type : `${resource.group}/${resource.kind}`;
}

// Config Sync refuses the same two (KNV2006): they are what is left of a repository whose root went missing.
function reportWholeScopes(set, isGone, params, report) {
  const before = set.changes.filter((change) => change.before && change.resource.platform === "kubernetes" && change.origin !== "drift");
  const namespaces = before.filter((change) => kindOf(change) === "/Namespace");
  if (namespaces.length > 1 && namespaces.every(isGone)) report.deny(`all ${namespaces.length} namespaces would be deleted`, namespaces[0]);
  const others = before.filter((change) => clusterScoped.has(kindOf(change)));
  if (others.length >= params.fewest && others.every(isGone)) report.deny(`all ${others.length} cluster-scoped resources would be deleted`, others[0]);
}

// A kind of which none is left often means that a generator or a list failed.
function reportVanishedKinds(set, gone, params, report) {
  const going = new Set(gone);
  const left = new Set(set.changes.filter((change) => !going.has(change)).map(kindOf));
  const vanished = new Map();
  for (const change of gone) {
    const kind = kindOf(change);
    if (left.has(kind) || kind === "/Namespace") continue;
    if (!vanished.has(kind)) vanished.set(kind, []);
    vanished.get(kind).push(change);
  }
  for (const [kind, changes] of vanished) {
    if (changes.length >= params.fewest) report.warn(`all ${changes.length} ${kind.replace(/^\//, "")} would be deleted: none is left`, changes[0]);
  }
}
