import { environmentDifferences, fitsPath, previousEnvironment } from "gitops-policy/promotion";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "environment-difference",
  title: "An environment differs from the one before it only where it may",
  description:
    "What was tried in staging is what production gets, except for what has to differ: how many, how large, under which host. Every changed resource of an " +
    "environment that comes `after` another is compared with the same resource there, as both stand at the head. What already differed and is left as it was " +
    "is no finding. Words that stand for the environment count as equal, so `shop-prod` is to production what `shop-staging` is to staging.",
  severity: "high",
  category: "promotion",
  remediation: "Make the change in the environment before first, or allow the path if the environments are meant to differ there.",
  match: { operations: ["create", "update", "replace"], kubernetes: {}, origins: ["manifest", "diff"] },
  parameters: {
    allowed: {
      type: "array",
      items: "string",
      default: [
        "/metadata/annotations/gitopspolicy.dev~1*",
        "/metadata/labels/gitopspolicy.dev~1*",
        "/spec/replicas",
        "/spec/minReplicas",
        "/spec/maxReplicas",
        "/spec/minAvailable",
        "/spec/maxUnavailable",
        "/spec/hard/**",
        "/spec/resources/requests/storage",
        "/**/containers/*/image",
        "/**/initContainers/*/image",
        "/**/containers/*/resources/**",
        "/**/initContainers/*/resources/**",
        "/spec/rules/*/host",
        "/spec/tls/**",
        "/spec/hostnames/**",
        "/spec/dnsNames/**",
        "/spec/chart/spec/version",
        "/spec/ref/**",
        "/spec/source/targetRevision",
        "/spec/sources/*/targetRevision",
      ],
      description: "pointers of what may differ; `*` is any step or part of one, `**` any number of steps; elements of lists go by their names",
    },
    exceptKinds: { type: "array", items: "string", default: [], description: "kinds whose resources may differ anywhere" },
  },
  check(change, { params, report }) {
    const previous = previousEnvironment(change);
    if (!previous || params.exceptKinds.includes(change.resource.kind)) return;
    for (const difference of environmentDifferences(change)) {
      if (!difference.introduced || fitsPath(difference.steps, params.allowed)) continue;
      const { path, own, where } = difference;
      report.deny(`${change.resource}: \`${path}\` ${said(own)} in ${change.environment} and ${said(difference.previous)} in ${previous.name}`, where);
    }
  },
};

function said(value) {
  if (value === null) return "is not there";
  if (Array.isArray(value)) return `is a list of ${value.length}`;
  return typeof value === "object" ? "is a mapping" : `is \`${value}\``;
}
