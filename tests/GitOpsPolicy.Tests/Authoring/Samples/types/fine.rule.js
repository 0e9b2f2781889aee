import { images, inRegistry } from "gitops-policy/images";
import { labels } from "gitops-policy/kubernetes";

const parameters = /** @type {const} */ ({
  limit: { type: "integer", default: 10, minimum: 1 },
  registries: { type: "array", items: "string", ask: "which registries may images come from?" },
  kinds: { type: "array", items: "string" },
  level: { type: "string", enum: ["low", "high"], default: "low" },
  owners: { type: "object", additionalProperties: "string", default: {} },
});

/** @type {import("gitops-policy").Rule<typeof parameters>} */
export default {
  name: "fine",
  title: "What is right is not complained about",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Deployment", "apps/*"] } },
  parameters,
  check(change, { params, report, set }) {
    const found = images(change).filter((image) => image.valid && !inRegistry(image, params.registries));
    for (const image of found.slice(0, params.limit)) report.deny(`${image} is from ${image.registry ?? "nowhere"}`, image);
    const [first] = change.after.spec.template.spec.containers;
    if (params.kinds?.includes(change.resource.kind) && params.level === "high") report.warn(`${change.resource} runs ${first.name}`, first.name);
    const owner = params.owners[change.resource.namespace]?.toUpperCase() ?? labels(change).owner;
    if (isUnknown(owner) || set.count("delete", "replace") > 3) report.audit("look", change, { remediation: "ask" });
    const counts = new Map(Object.entries({ a: 1 }));
    report.audit([...counts.keys()].toSorted().join(", "));
  },
};
