/** @type {import("gitops-policy").Rule} */
export default {
  name: "loose",
  title: "Parameters that have no name of their own are not checked",
  parameters: { maximum: { type: "integer", default: 3 } },
  checkSet(set, { params, report }) {
    const gone = set.changes.filter((change) => change.operation === "delete" && !change.acknowledged);
    if (gone.length > params.maximum) report.deny(`${gone.length} go at once`, gone[0].resource);
  },
};
