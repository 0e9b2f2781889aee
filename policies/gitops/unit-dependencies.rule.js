const kindsOf = { Kustomization: "kustomize.toolkit.fluxcd.io", HelmRelease: "helm.toolkit.fluxcd.io" };

/** @type {import("gitops-policy").Rule} */
export default {
  name: "unit-dependencies",
  title: "Units of Flux wait for each other, and not in a circle",
  description:
    "Units that depend on each other in a circle are never applied, and nothing says so but a condition that nobody looks at. And a Kustomization counts as ready once it is applied: whoever depends on one with neither `wait` nor " +
    "health checks waits for nothing, so a custom resource may be applied before what understands it runs.",
  severity: "medium",
  category: "health",
  remediation: "Take one of the dependencies out of the circle. Give the unit that others depend on `wait: true` and a `timeout`, or `healthChecks`.",
  match: { kubernetes: { kinds: ["kustomize.toolkit.fluxcd.io/Kustomization", "helm.toolkit.fluxcd.io/HelmRelease"] } },
  checkSet(set, { report }) {
    const units = new Map();
    for (const change of set.changes) if (change.after && kindsOf[change.resource.kind] === change.resource.group) units.set(keyOf(change.resource), change);
    const reported = new Set();
    for (const [key, change] of units) {
      const circle = circleFrom(key, units);
      if (circle !== null && !circle.some((name) => reported.has(name))) {
        circle.forEach((name) => reported.add(name));
        report.deny(`units that wait for each other are never applied: ${circle.map((name) => nameOf(name)).join(" → ")}`, change.after.spec.dependsOn);
      }
      for (const entry of dependenciesOf(change)) reportReadiness(change, entry, units.get(entry.key), report);
    }
  },
};

const keyOf = ({ kind, namespace, name }) => `${kind}/${namespace}/${name}`;
const nameOf = (key) => key.slice(key.indexOf("/") + 1).replace(/^\//, "");

// Units depend on units of their own kind, in their own namespace where they name no other.
function dependenciesOf({ resource, after }) {
  return (after.spec?.dependsOn ?? []).map((entry) => ({ entry, key: `${resource.kind}/${entry.namespace ?? resource.namespace}/${entry.name}` }));
}

// The circle that a unit is part of, from it back to it; null for none.
function circleFrom(start, units) {
  const seen = new Set();
  const path = [];
  const visit = (key) => {
    if (seen.has(key) || !units.has(key)) return false;
    seen.add(key);
    path.push(key);
    for (const next of dependenciesOf(units.get(key))) if (next.key === start || visit(next.key)) return true;
    path.pop();
    return false;
  };
  return visit(start) ? [...path, start] : null;
}

function reportReadiness(change, { entry }, needed, report) {
  if (needed === undefined || entry.readyExpr !== undefined) return;
  const spec = needed.after.spec ?? {};
  if (needed.resource.kind === "HelmRelease") {
    const off = [spec.install?.disableWait, spec.upgrade?.disableWait].find((value) => value === true);
    if (off !== undefined) report.warn(`${change.resource} waits for ${needed.resource}, which does not wait for what it installs: \`disableWait: true\``, off);
  } else if (spec.wait !== true && !spec.healthChecks?.length && !spec.healthCheckExprs?.length) {
    report.warn(`${change.resource} waits for ${needed.resource}, which is ready as soon as it is applied`, needed.after.spec ?? needed);
  }
}
