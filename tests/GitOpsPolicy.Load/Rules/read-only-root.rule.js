const containers = change => change.after.spec.containers;

export default {
  name: "read-only-root",
  title: "Load rule read-only-root",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    containers(change)
      .filter(c => c.securityContext?.readOnlyRootFilesystem !== true)
      .forEach(c => report.deny(`${c.name} can write to its root file system`, c.securityContext ?? c));
  },
};
