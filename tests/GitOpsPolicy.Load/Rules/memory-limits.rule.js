const containers = change => change.after.spec.containers;

export default {
  name: "memory-limits",
  title: "Load rule memory-limits",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      if (c.resources?.limits?.memory === undefined) report.deny(`${c.name} has no memory limit`, c);
    }
  },
};
