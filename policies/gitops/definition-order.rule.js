import { annotations } from "gitops-policy/kubernetes";

const waveOf = (change) => Number.parseInt(annotations(change.after)["argocd.argoproj.io/sync-wave"] ?? "0", 10);

// What lies in one folder is taken for one Application: waves order nothing across them.
const folderOf = ({ file }) => String(file).replace(/[^/]*$/, "");

/** @type {import("gitops-policy").Rule} */
export default {
  name: "definition-order",
  title: "A definition is there before the resources that need it",
  description:
    "A custom resource that is applied before its definition is refused. Argo CD applies definitions first within a wave, and Flux within a Kustomization; neither does across them: a resource in an earlier wave than its " +
    "definition, or in a Kustomization that does not wait for the one with the definition, fails until something tries again, and for ever where nothing does.",
  severity: "medium",
  category: "health",
  remediation: "Give the definition a lower `argocd.argoproj.io/sync-wave` than the resources; give the Kustomization with the resources `dependsOn` the one with the definition, and that one `wait: true`.",
  match: { origins: ["manifest", "diff"] },
  checkSet(set, { report }) {
    const definitions = definitionsOf(set);
    if (definitions.size === 0) return;
    const units = unitsOf(set);
    for (const change of set.changes) {
      const definition = change.after && definitions.get(`${change.resource.group}/${change.resource.kind}`);
      if (!definition || (change.operation === "none" && definition.operation === "none")) continue;
      if (folderOf(change) === folderOf(definition) && waveOf(change) < waveOf(definition)) reportWave(change, definition, report);
      else reportUnits(change, definition, units, report);
    }
  },
};

function definitionsOf(set) {
  const found = new Map();
  for (const change of set.changes) {
    if (change.after && change.resource.kind === "CustomResourceDefinition") found.set(`${change.after.spec?.group}/${change.after.spec?.names?.kind}`, change);
  }
  return found;
}

function reportWave(change, definition, report) {
  const wave = annotations(change.after)["argocd.argoproj.io/sync-wave"];
  report.deny(`${change.resource} is in wave ${waveOf(change)}, before its definition in wave ${waveOf(definition)}`, wave ?? change);
}

// The Kustomizations of Flux among the changes, the longest path first.
function unitsOf(set) {
  const isUnit = ({ after, resource }) => after && resource.kind === "Kustomization" && resource.group === "kustomize.toolkit.fluxcd.io" && typeof after.spec?.path === "string";
  return set.changes.filter(isUnit)
    .map((change) => ({ change, path: change.after.spec.path.replace(/^\.?\/+/, "").replace(/\/*$/, "/") }))
    .sort((a, b) => b.path.length - a.path.length);
}

function reportUnits(change, definition, units, report) {
  const [user, owner] = [change, definition].map(({ file }) => units.find(({ path }) => String(file).startsWith(path))?.change);
  if (user === undefined || owner === undefined || user === owner || waitsFor(user, owner, units)) return;
  report.warn(`${change.resource} is applied by ${user.resource}, which does not wait for ${owner.resource} with its definition`, user.after.spec.dependsOn ?? user);
}

function waitsFor(user, owner, units) {
  const byName = new Map(units.map(({ change }) => [`${change.resource.namespace}/${change.resource.name}`, change]));
  const seen = new Set();
  const open = [user];
  while (open.length > 0) {
    const unit = open.pop();
    if (unit === owner) return true;
    for (const { name, namespace } of [unit.after.spec.dependsOn ?? []].flat()) {
      const key = `${namespace ?? unit.resource.namespace}/${name}`;
      if (byName.has(key) && !seen.has(key)) open.push(byName.get(key));
      seen.add(key);
    }
  }
  return false;
}
