export default {
  name: "replicas",
  title: "Benchmark rule replicas",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["apps/Deployment"] } },
  check(change, { report }) {
    const { replicas = 1, template, selector } = change.after.spec;
    if (replicas < 2) report.warn(`${change.resource} has ${replicas} replica(s)`, replicas);
    for (const [key, value] of Object.entries(selector.matchLabels)) {
      if (template.metadata.labels[key] !== value) report.deny(`the selector's ${key} does not match the template's`, value);
    }
  },
};
