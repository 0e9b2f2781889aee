/** @type {import("gitops-policy").Rule} */
// @ts-expect-error
export default { name: "wrong", title: "Wrong", severity: "dreadful", check(change, { report }) { report.deny("a"); } };
