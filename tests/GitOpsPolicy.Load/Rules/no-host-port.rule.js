const containers = change => change.after.spec.containers;

export default {
  name: "no-host-port",
  title: "Load rule no-host-port",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    const ports = containers(change).flatMap(c => c.ports ?? []);
    const taken = ports.find(port => port.hostPort !== undefined);
    if (taken) report.deny(`port ${taken.hostPort} of the node is taken`, taken);
  },
};
