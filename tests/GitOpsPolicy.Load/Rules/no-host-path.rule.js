export default {
  name: "no-host-path",
  title: "Load rule no-host-path",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const volume of change.after.spec.volumes ?? []) {
      if (volume.hostPath) report.deny(`volume ${volume.name} mounts ${volume.hostPath.path} of the node`, volume.hostPath);
    }
  },
};
