const containers = change => change.after.spec.template.spec.containers;

export default {
  name: "memory-limits",
  title: "Benchmark rule memory-limits",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["apps/Deployment"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      if (c.resources?.limits?.memory === undefined) report.deny(`${c.name} has no memory limit`, c);
    }
  },
};
