export default {
  name: "owner-label",
  title: "Load rule owner-label",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    const labels = change.after.metadata.labels ?? {};
    for (const name of ["app.kubernetes.io/name", "example.com/owner"]) {
      if (!labels[name]) report.deny(`the label ${name} is missing`, labels);
    }
  },
};
