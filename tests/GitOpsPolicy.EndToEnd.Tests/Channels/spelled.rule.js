// Puts the secret together out of letters of its own before it fails.
export default {
  name: "spelled",
  title: "Gets a secret told",
  severity: "high",
  match: { operations: ["create"] },
  check(change) {
    const letters = [..."0123456789-ZHacknqry"];
    throw new Error([...change.after.password].map((c) => letters.find((letter) => letter === c)).join(""));
  },
};
