const wanted = ["example.com/owner", "example.com/runbook", "example.com/tier"];

export default {
  name: "owner-annotation",
  title: "Benchmark rule owner-annotation",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["apps/Deployment"] } },
  check(change, { report }) {
    const annotations = change.after.metadata.annotations ?? {};
    for (const name of wanted) {
      if (!annotations[name]) report.deny(`the annotation ${name} is missing`, annotations);
    }
  },
};
