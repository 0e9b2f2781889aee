const allowed = ["registry.example.com", "ghcr.io/shop"];

const approved = image => allowed.some(prefix => image.startsWith(prefix + "/"));

const containers = change => change.after.spec.template.spec.containers;

export default {
  name: "approved-registry",
  title: "Benchmark rule approved-registry",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["apps/Deployment"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      if (!approved(c.image)) report.deny(`${c.name} runs ${c.image}, which is from no approved registry`, c.image);
    }
  },
};
