/** @type {import("gitops-policy").Rule} */
// @ts-expect-error: judges nothing
export default { name: "wrong", title: "Wrong" };
