/** @type {import("gitops-policy").Rule} */
export default {
  name: "mass-deletion",
  title: "No change deletes more than its share",
  description:
    "Most wipes are an empty render, a wrong path or a generator that found nothing. What one change may delete is bounded by number and by share, " +
    "and neither all namespaces nor everything there is may go at once. A rename counts, as the old object is deleted all the same; acknowledged deletions and new " +
    "versions of what kustomize generates do not.",
  severity: "critical",
  category: "data-loss",
  remediation: "Check that the render is what you think it is. Split the change, raise the limit for it, or acknowledge the deletions by name.",
  match: { origins: ["diff", "plan", "live"] },
  parameters: {
    maximum: { type: "integer", default: 50, minimum: 0, description: "deletions allowed in one change set" },
    share: { type: "number", default: 0.3, minimum: 0, maximum: 1, description: "share of all resources that may be deleted" },
    fewest: { type: "integer", default: 5, minimum: 1, description: "fewer deletions than this are never too large a share" },
  },
  checkSet(set, { params, report }) {
    const gone = set.changes.filter(isGone);
    if (gone.length === 0) return;
    const total = set.countBefore;
    if (total !== null && total > 1 && gone.length >= total) {
      report.deny(`all ${total} resources would be deleted: ${likelyCause(gone)}`);
      return;
    }
    if (gone.length > params.maximum) {
      report.deny(`${gone.length} resources would be deleted, more than the ${params.maximum} allowed at once`);
    } else if (total && gone.length >= params.fewest && gone.length / total > params.share) {
      report.deny(`${gone.length} of ${total} resources would be deleted, more than ${Math.round(params.share * 100)} % at once`);
    }
    reportNamespaces(set, report);
    reportVanishedKinds(set, gone, params, report);
  },
};

function isGone(change) {
  return change.operation === "delete" && change.origin !== "drift" && !change.acknowledged && !isNextVersion(change);
}

// Every new content gives a ConfigMap or Secret that kustomize generates another hash in its name.
function isNextVersion({ resource, pairedWith }) {
  if (!pairedWith || !["ConfigMap", "Secret"].includes(resource.kind)) return false;
  const stem = withoutHash(resource.name);
  return stem !== resource.name && stem === withoutHash(pairedWith.resource.name) && resource.namespace === pairedWith.resource.namespace;
}

function withoutHash(name) {
  return name.replace(/-[2456789bcdfghkmt]{10}$/, "");
}

function likelyCause(gone) {
  if (gone.every((change) => change.pairedWith)) return "every one looks renamed, which deletes it all the same";
  return gone[0].resource.platform === "terraform" ? "is this a destroy plan?" : "is the render empty?";
}

function kindOf({ resource }) {
  return resource.platform === "terraform" ? resource.type : `${resource.group}/${resource.kind}`;
}

function reportNamespaces(set, report) {
  const before = set.changes.filter((change) => kindOf(change) === "/Namespace" && change.before);
  if (before.length > 1 && before.every(isGone)) {
    report.deny(`all ${before.length} namespaces would be deleted`, before[0]);
  }
}

// A kind of which none is left often means that a generator or a list failed.
function reportVanishedKinds(set, gone, params, report) {
  const left = new Set();
  for (const change of set.changes) if (!isGone(change)) left.add(kindOf(change));
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
