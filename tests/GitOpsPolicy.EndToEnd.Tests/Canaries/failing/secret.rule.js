export default {
  name: "secret",
  title: "Tells what it is given",
  severity: "low",
  match: { operations: ["create"] },
  check(change, { report }) {
    for (const value of Object.values(change.after.stringData ?? change.after.data)) report.deny(`holds ${value}`, value);
  },
};
