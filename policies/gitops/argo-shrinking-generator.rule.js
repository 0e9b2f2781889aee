// Generators that ask something which may answer with less than there is: a rate limit, a lost token, a service that is down. What a cluster secret, a list or a
// file in Git says is there is there. Pull requests are meant to go.
const fragile = ["scmProvider", "clusterDecisionResource", "plugin"];

// Under these policies the controller deletes no Application.
const keepsApplications = ["create-only", "create-update"];

/** @type {import("gitops-policy").Rule} */
export default {
  name: "argo-shrinking-generator",
  title: "A generator that answers with less deletes no Applications",
  description:
    "An ApplicationSet deletes each Application that its generators no longer name, and with it what it holds. A provider that was asked and answered with an empty or a shorter list, by " +
    "an outage or an expired token, has wiped clusters that way.",
  severity: "high",
  category: "data-loss",
  remediation: "Set `syncPolicy.applicationsSync: create-update`, and delete Applications on purpose; or `preserveResourcesOnDeletion: true`, to keep at least what they hold.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["argoproj.io/ApplicationSet"] } },
  check(change, { report }) {
    const spec = change.after.spec ?? {};
    const policy = spec.syncPolicy ?? {};
    if (keepsApplications.includes(policy.applicationsSync) || policy.preserveResourcesOnDeletion === true) return;
    for (const { name, where } of generators(spec.generators)) {
      if (fragile.includes(name)) report.warn(`an empty answer to the generator \`${name}\` of ${change.resource} deletes its Applications with what they hold`, where);
    }
  },
};

// `matrix` and `merge` hold generators again.
function generators(list) {
  return (list ?? []).flatMap((generator) =>
    Object.entries(generator ?? {}).flatMap(([name, where]) => (name === "matrix" || name === "merge" ? generators(where?.generators) : [{ name, where }])));
}
