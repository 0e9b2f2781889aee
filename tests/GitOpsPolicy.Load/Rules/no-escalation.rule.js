const containers = change => change.after.spec.containers;

export default {
  name: "no-escalation",
  title: "Load rule no-escalation",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      const { allowPrivilegeEscalation = true } = c.securityContext ?? {};
      if (allowPrivilegeEscalation) report.deny(`${c.name} may gain privileges`, c.securityContext ?? c);
    }
  },
};
