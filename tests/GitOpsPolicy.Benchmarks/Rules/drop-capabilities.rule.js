const containers = change => change.after.spec.template.spec.containers;

export default {
  name: "drop-capabilities",
  title: "Benchmark rule drop-capabilities",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["apps/Deployment"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      const { add = [], drop = [] } = c.securityContext?.capabilities ?? {};
      if (!drop.includes("ALL") || add.length > 0) report.deny(`${c.name} keeps capabilities`, c);
    }
  },
};
