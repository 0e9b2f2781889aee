const containers = change => change.after.spec.containers;

export default {
  name: "pull-policy",
  title: "Load rule pull-policy",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const { name, imagePullPolicy: policy } of containers(change)) {
      if (policy !== "IfNotPresent") report.deny(`${name} is pulled ${policy ?? "as it comes"}`, name);
    }
  },
};
