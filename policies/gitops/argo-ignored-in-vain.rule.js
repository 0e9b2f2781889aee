/** @type {import("gitops-policy").Rule} */
export default {
  name: "argo-ignored-in-vain",
  title: "Differences that Argo CD shall ignore are ignored",
  description:
    "An entry of `ignoreDifferences` whose `group` holds a version, or that names no path and no manager, fits nothing and is passed over without a word. An entry that does fit counts for the comparison only: each sync " +
    "sets the field all the same, and fights the autoscaler that owns it, unless `RespectIgnoreDifferences=true` is among the options.",
  severity: "medium",
  category: "drift",
  remediation: "Write the group without its version (`apps`, not `apps/v1`), at least one of `jsonPointers`, `jqPathExpressions` and `managedFieldsManagers`, and the sync option `RespectIgnoreDifferences=true`.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["argoproj.io/Application", "argoproj.io/ApplicationSet"] } },
  check(change, { report }) {
    const spec = (change.resource.kind === "Application" ? change.after.spec : change.after.spec?.template?.spec) ?? {};
    const policy = spec.syncPolicy ?? {};
    const respected = listOf(policy.syncOptions).includes("RespectIgnoreDifferences=true");
    for (const entry of listOf(spec.ignoreDifferences).filter(isRecord)) {
      if (String(entry.group ?? "").includes("/")) {
        report.deny(`the entry for ${entry.kind} ignores nothing: \`${entry.group}\` is a group with a version`, entry.group, { remediation: `Write \`group: ${entry.group.split("/")[0]}\`.` });
      } else if (paths(entry).length + listOf(entry.managedFieldsManagers).length === 0) {
        report.deny(`the entry for ${entry.kind} ignores nothing: it names no path and no manager`, entry);
      } else if (policy.automated?.selfHeal === true && !respected) {
        reportOverwritten(entry, report);
      }
    }
  },
};

function reportOverwritten(entry, report) {
  const scaled = paths(entry).find((path) => /^[/.]spec[/.]replicas$/.test(path));
  if (scaled === undefined) return;
  report.warn(`each sync sets \`${scaled}\` of ${entry.kind} again, though the difference is ignored`, scaled, { remediation: "Add `RespectIgnoreDifferences=true` to `syncPolicy.syncOptions`." });
}

const paths = (entry) => [...listOf(entry.jsonPointers), ...listOf(entry.jqPathExpressions)];
const isRecord = (value) => typeof value === "object" && value !== null;
const listOf = (value) => (Array.isArray(value) ? value : []);
