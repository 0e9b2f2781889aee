export default {
  name: "long-password",
  title: "Passwords are long",
  severity: "medium",
  remediation: "Have one generated.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Secret"] } },
  check(change, { report }) {
    const password = change.after.data?.password;
    if (password && password.length < 24) report.deny("the password is short", password);
  },
};
