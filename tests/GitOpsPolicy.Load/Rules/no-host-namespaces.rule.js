export default {
  name: "no-host-namespaces",
  title: "Load rule no-host-namespaces",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const name of ["hostNetwork", "hostPID", "hostIPC"]) {
      if (change.after.spec[name] === true) report.deny(`${name} shares what is the node's`, change.after.spec[name]);
    }
  },
};
