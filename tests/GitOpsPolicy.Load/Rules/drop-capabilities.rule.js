const containers = change => change.after.spec.containers;

export default {
  name: "drop-capabilities",
  title: "Load rule drop-capabilities",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      const { add = [], drop = [] } = c.securityContext?.capabilities ?? {};
      if (!drop.includes("ALL") || add.length > 0) report.deny(`${c.name} keeps capabilities`, c);
    }
  },
};
