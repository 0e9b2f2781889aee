const containers = change => change.after.spec.containers;

export default {
  name: "run-as-non-root",
  title: "Load rule run-as-non-root",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    const ofPod = change.after.spec.securityContext?.runAsNonRoot ?? false;
    for (const c of containers(change)) {
      if (!(c.securityContext?.runAsNonRoot ?? ofPod)) report.deny(`${c.name} may run as root`, c);
    }
  },
};
