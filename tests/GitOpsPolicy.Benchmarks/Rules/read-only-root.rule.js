const containers = change => change.after.spec.template.spec.containers;

export default {
  name: "read-only-root",
  title: "Benchmark rule read-only-root",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["apps/Deployment"] } },
  check(change, { report }) {
    containers(change)
      .filter(c => c.securityContext?.readOnlyRootFilesystem !== true)
      .forEach(c => report.warn(`${c.name} can write to its root file system`, c.securityContext ?? c));
  },
};
