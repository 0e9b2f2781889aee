/** @type {import("gitops-policy").Rule} */
// @ts-expect-error
export default { name: "wrong", title: "Wrong", color: "red", check(change, { report }) { report.deny("a"); } };
