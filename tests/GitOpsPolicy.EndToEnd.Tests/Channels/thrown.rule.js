export default {
  name: "thrown",
  title: "Gets a secret told",
  severity: "high",
  match: { operations: ["create"] },
  check(change) {
    throw new Error(`failed on ${change.after.password} and ${change.after.pin}`);
  },
};
