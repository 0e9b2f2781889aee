export default {
  name: "seccomp",
  title: "Load rule seccomp",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    const type = change.after.spec.securityContext?.seccompProfile?.type;
    if (type !== "RuntimeDefault" && type !== "Localhost") report.deny(`system calls are not filtered: ${type ?? "no profile"}`, change.after.spec);
  },
};
