const allowed = ["registry.example.com", "ghcr.io/shop"];

const containers = change => change.after.spec.containers;

export default {
  name: "approved-registry",
  title: "Load rule approved-registry",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      if (!allowed.some(prefix => c.image.startsWith(prefix + "/"))) report.deny(`${c.name} runs ${c.image}, which is from no approved registry`, c.image);
    }
  },
};
