import { annotations } from "gitops-policy/kubernetes";

// https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options: names and values count letter by letter, and an option that is not known is passed over.
const values = {
  Prune: ["false", "confirm", "true"],
  Delete: ["false", "confirm", "true"],
  PruneLast: ["true", "false"],
  Replace: ["true", "false"],
  Force: ["true", "false"],
  ServerSideApply: ["true", "false"],
  Validate: ["true", "false"],
  ApplyOutOfSyncOnly: ["true", "false"],
  CreateNamespace: ["true", "false"],
  FailOnSharedResource: ["true", "false"],
  RespectIgnoreDifferences: ["true", "false"],
  SkipDryRunOnMissingResource: ["true", "false"],
  PrunePropagationPolicy: ["foreground", "background", "orphan"],
};
const names = new Map(Object.keys(values).map((name) => [name.toLowerCase(), name]));

// What stands between a resource and its end: to believe in one that is not there is the danger.
const guards = ["Prune", "Delete", "PruneLast", "FailOnSharedResource", "RespectIgnoreDifferences"];

/** @type {import("gitops-policy").Rule} */
export default {
  name: "argo-option-in-vain",
  title: "Sync options are spelt as Argo CD reads them",
  description:
    "Argo CD passes over an option that it does not know: `Prune: false`, `prune=false` and `Prune=no` guard nothing, and nobody is told. Options of newer versions that this rule does not know are left alone.",
  severity: "high",
  category: "guards",
  remediation: "Write it as `Name=value`, with the very letters of Argo CD's documentation: `Prune=false`.",
  fixes: "Writes a guard as Argo CD reads it, where its name and value are clear.",
  match: { operations: ["create", "update"], kubernetes: {} },
  check(change, { report }) {
    const annotation = annotations(change.after)["argocd.argoproj.io/sync-options"];
    if (typeof annotation === "string") for (const option of annotation.split(",")) judge(option, annotation, report);
    if (change.resource.group !== "argoproj.io" || !isRecord(change.after.spec)) return;
    const { spec } = change.after;
    for (const option of [...listOf(spec.syncPolicy?.syncOptions), ...listOf(spec.template?.spec?.syncPolicy?.syncOptions)]) judge(option, option, report);
  },
};

function judge(option, where, report) {
  if (isRecord(option)) return report.deny(`\`${Object.keys(option)[0]}\` is written as a field, which Argo CD does not read as an option`, where);
  const text = String(option).trim();
  const name = names.get(text.split(/[=:\s]/)[0].toLowerCase());
  if (name === undefined || isMeant(text, name)) return undefined;
  const message = `Argo CD passes over the option \`${text}\`: it is no \`${name}\``;
  if (!guards.includes(name)) return report.warn(message, where);
  const value = /[=:]\s*(\S+)$/.exec(text)?.[1].toLowerCase();
  return report.deny(message, where, values[name].includes(value) ? { fix: { replace: [[where, text, `${name}=${value}`]] } } : {});
}

const isMeant = (option, name) => values[name].some((value) => option === `${name}=${value}`);
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value) => (Array.isArray(value) ? value : []);
