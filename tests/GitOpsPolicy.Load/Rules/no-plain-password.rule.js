const telling = /(PASSWORD|TOKEN)$/;

const containers = change => change.after.spec.containers;

export default {
  name: "no-plain-password",
  title: "Load rule no-plain-password",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      for (const variable of c.env ?? []) {
        if (telling.test(variable.name) && variable.value !== undefined) report.deny(`${variable.name} of ${c.name} stands there in clear`, variable);
      }
    }
  },
};
