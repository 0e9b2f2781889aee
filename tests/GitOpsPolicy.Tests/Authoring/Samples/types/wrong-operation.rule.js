/** @type {import("gitops-policy").Rule} */
// @ts-expect-error
export default { name: "wrong", title: "Wrong", match: { operations: ["destroy"] }, check(change, { report }) { report.deny("a"); } };
