const containers = change => change.after.spec.template.spec.containers;

export default {
  name: "no-privilege-escalation",
  title: "Benchmark rule no-privilege-escalation",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["apps/Deployment"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      const { privileged = false, allowPrivilegeEscalation = true } = c.securityContext ?? {};
      if (privileged || allowPrivilegeEscalation) report.deny(`${c.name} may gain privileges`, c.securityContext ?? c);
    }
  },
};
