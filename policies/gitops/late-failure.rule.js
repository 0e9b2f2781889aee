const units = { ms: 0.001, s: 1, m: 60, h: 3600 };

// Durations as Go writes them: `1h30m`. Null for what is none.
function seconds(text) {
  if (typeof text !== "string" || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return null;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce((sum, [, number, unit]) => sum + Number(number) * units[unit], 0);
}

/** @type {import("gitops-policy").Rule} */
export default {
  name: "late-failure",
  title: "Flux says soon that something failed",
  description:
    "A Kustomization that waits for health waits for `spec.timeout`, and where that is not written for a whole `interval`; a HelmRelease waits for its own, 5 minutes where nothing is said. Until then nobody is told that a release is " +
    "broken, and nothing that depends on it goes on.",
  severity: "low",
  category: "health",
  remediation: "Give it a `timeout` that is a little longer than it takes when all is well, such as `5m`, and a `retryInterval`.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["kustomize.toolkit.fluxcd.io/Kustomization", "helm.toolkit.fluxcd.io/HelmRelease"] } },
  parameters: {
    minutes: { type: "integer", default: 30, minimum: 1, description: "minutes after which a failure shows at the latest" },
  },
  check(change, { params, report }) {
    const spec = change.after.spec ?? {};
    for (const { name, value } of change.resource.kind === "HelmRelease" ? ofRelease(spec) : ofKustomization(spec)) {
      if ((seconds(value) ?? 0) > params.minutes * 60) report.warn(`${change.resource} may be broken for \`${value}\` (\`${name}\`) before anybody is told`, value);
    }
  },
};

function ofKustomization(spec) {
  const waits = spec.wait === true || spec.healthChecks?.length > 0;
  if (!waits) return [];
  return [spec.timeout === undefined ? { name: "interval", value: spec.interval } : { name: "timeout", value: spec.timeout }];
}

function ofRelease(spec) {
  return [
    { name: "timeout", value: spec.timeout },
    { name: "install.timeout", value: spec.install?.timeout },
    { name: "upgrade.timeout", value: spec.upgrade?.timeout },
  ];
}
