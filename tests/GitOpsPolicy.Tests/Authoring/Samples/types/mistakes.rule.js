// Every mistake here has to be reported: TypeScript complains about an expectation that nothing fulfils.

// @ts-expect-error: there is no such export
import { isStateful, isStatefull } from "gitops-policy/prune";
// @ts-expect-error: there is no such module
import { images } from "gitops-policy/image";

const parameters = /** @type {const} */ ({
  limit: { type: "integer", default: 10 },
  kinds: { type: "array", items: "string" },
  level: { type: "string", enum: ["low", "high"], default: "low" },
});

/** @type {import("gitops-policy").Rule<typeof parameters>} */
export default {
  name: "mistakes",
  title: "Mistakes are seen while they are written",
  parameters,
  check(change, { params, report }) {
    // @ts-expect-error: misspelt
    if (change.opertion === "delete") report.deny("a");
    // @ts-expect-error: no operation
    if (change.operation === "destroy") report.deny("b");
    // @ts-expect-error: misspelt
    report.denny("c");
    // @ts-expect-error: a finding needs a message
    report.deny();
    // @ts-expect-error: misspelt
    if (params.limitt > 1) report.deny("d");
    // @ts-expect-error: a number is no text
    params.limit.toUpperCase();
    // @ts-expect-error: no value of this parameter
    if (params.level === "middle") report.deny("e");
    // @ts-expect-error: it may be unset
    params.kinds.map((kind) => kind);
    // @ts-expect-error: takes one change
    isStateful(change, 2);
    // @ts-expect-error: what a rule sees is read-only
    change.operation = "create";
    // @ts-expect-error: rules do not print
    console.log("f");
    // @ts-expect-error: rules read the change and nothing else
    fetch("https://example.com");
    // @ts-expect-error: rules do not wait
    setTimeout(() => {}, 1);
    // @ts-expect-error: rules do not wait
    new Promise(() => {});
  },
};
