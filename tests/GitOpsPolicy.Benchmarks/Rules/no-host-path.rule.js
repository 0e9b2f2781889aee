export default {
  name: "no-host-path",
  title: "Benchmark rule no-host-path",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["apps/Deployment"] } },
  check(change, { report }) {
    for (const volume of change.after.spec.template.spec.volumes ?? []) {
      if (volume.hostPath) report.deny(`volume ${volume.name} mounts ${volume.hostPath.path} of the node`, volume.hostPath);
    }
  },
};
