const containers = change => change.after.spec.containers;

export default {
  name: "probes",
  title: "Load rule probes",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      for (const probe of ["livenessProbe", "readinessProbe"]) {
        if (!(probe in c)) report.deny(`${c.name} has no ${probe}`, c.name);
      }
    }
  },
};
