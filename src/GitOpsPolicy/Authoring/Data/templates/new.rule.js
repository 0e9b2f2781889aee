/** @type {import("gitops-policy").Rule} */
export default {
  name: "NAME",
  title: "TITLE",
  description: "Say here why the rule is there.",
  severity: "medium",
  category: "CATEGORY",
  remediation: "Say here what the author of the change should do.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Deployment"] } },
  check(change, { report }) {
    // An example: replace it with what your rule is about.
    const { name, labels } = change.after.metadata;
    if (labels?.team === undefined) report.deny(`${change.resource} has no label \`team\``, name);
  },
};
