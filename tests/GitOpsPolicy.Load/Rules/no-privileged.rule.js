const containers = change => change.after.spec.containers;

export default {
  name: "no-privileged",
  title: "Load rule no-privileged",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      if (c.securityContext?.privileged) report.deny(`${c.name} is privileged`, c.securityContext.privileged);
    }
  },
};
