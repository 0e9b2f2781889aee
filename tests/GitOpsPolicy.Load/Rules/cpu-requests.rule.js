const containers = change => change.after.spec.containers;

export default {
  name: "cpu-requests",
  title: "Load rule cpu-requests",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    const missing = containers(change).filter(c => !c.resources?.requests?.cpu).map(c => c.name);
    if (missing.length > 0) report.deny(`no processor is asked for by ${missing.join(", ")}`, change.after.spec);
  },
};
