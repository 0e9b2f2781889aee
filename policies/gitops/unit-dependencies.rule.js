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
  match: { origins: ["manifest", "diff", "live"], kubernetes: { kinds: ["kustomize.toolkit.fluxcd.io/Kustomization", "helm.toolkit.fluxcd.io/HelmRelease"] } },
  checkSet(set, { report }) {
    const units = unitsOf(set);
    const reported = new Set();
    for (const change of [...units.values()].flat()) {
      const circle = circleFrom(change, units);
      if (circle !== null && !circle.some((unit) => reported.has(unit))) {
        circle.forEach((unit) => reported.add(unit));
        report.deny(`units that wait for each other are never applied: ${[...circle, change].map(nameOf).join(" → ")}`, change.after.spec.dependsOn);
      }
      for (const entry of dependenciesOf(change)) reportReadiness(change, entry, find(change, entry, units), report);
    }
  },
};

const keyOf = (kind, namespace, name) => `${kind}/${namespace}/${name}`;
const nameOf = ({ resource }) => String(resource).replace(/^\S+ /, "");
const dependenciesOf = ({ after }) => [after.spec?.dependsOn ?? []].flat().filter((entry) => typeof entry === "object" && entry !== null);
const folderOf = ({ file }) => String(file).replace(/[^/]*$/, "");

// Clusters side by side in one repository have units of the same names.
function unitsOf(set) {
  const units = new Map();
  for (const change of set.changes) {
    const { kind, group, namespace, name } = change.resource;
    if (!change.after || kindsOf[kind] !== group) continue;
    const key = keyOf(kind, namespace, name);
    units.set(key, [...(units.get(key) ?? []), change]);
  }
  return units;
}

// The unit that an entry of `dependsOn` means: of the same kind, in the same namespace where it names no other, of several the one in the same folder.
function find({ resource, file }, entry, units) {
  const found = units.get(keyOf(resource.kind, entry.namespace ?? resource.namespace, entry.name)) ?? [];
  return found.length > 1 ? found.find((unit) => folderOf(unit) === folderOf({ file })) : found[0];
}

// The circle that a unit is part of, from it on; null for none.
function circleFrom(start, units) {
  const seen = new Set();
  const path = [];
  const visit = (unit) => {
    if (seen.has(unit)) return false;
    seen.add(unit);
    path.push(unit);
    for (const entry of dependenciesOf(unit)) {
      const next = find(unit, entry, units);
      if (next !== undefined && (next === start || visit(next))) return true;
    }
    path.pop();
    return false;
  };
  return visit(start) ? path : null;
}

function reportReadiness(change, entry, needed, report) {
  if (needed === undefined || entry.readyExpr !== undefined) return;
  const spec = needed.after.spec ?? {};
  if (needed.resource.kind === "HelmRelease") {
    const off = [spec.install?.disableWait, spec.upgrade?.disableWait].find((value) => value === true);
    if (off !== undefined) report.warn(`${change.resource} waits for ${needed.resource}, which does not wait for what it installs: \`disableWait: true\``, off);
  } else if (spec.wait !== true && !spec.healthChecks?.length && !spec.healthCheckExprs?.length) {
    report.warn(`${change.resource} waits for ${needed.resource}, which is ready as soon as it is applied`, needed.after.spec ?? needed);
  }
}
