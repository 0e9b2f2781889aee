const containers = change => change.after.spec.template.spec.containers;

export default {
  name: "probes",
  title: "Benchmark rule probes",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["apps/Deployment"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      for (const probe of ["livenessProbe", "readinessProbe"]) {
        if (!(probe in c)) report.warn(`${c.name} has no ${probe}`, c.name);
      }
    }
  },
};
