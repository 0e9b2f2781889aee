/** @type {import("gitops-policy").Rule} */
export default {
  name: "definition-version-removed",
  title: "Definitions keep serving the versions that are in use",
  description: "Resources written in a version that is no longer served cannot be read, and one that was the storage version may lie in etcd still.",
  severity: "high",
  category: "availability",
  remediation: "Migrate the stored resources first; then stop serving the version; then, in a later change, remove it.",
  match: { operations: ["update"], kubernetes: { kinds: ["apiextensions.k8s.io/CustomResourceDefinition"] }, origins: ["diff", "review"] },
  check({ resource, before, after }, { report }) {
    const now = new Map((after.spec?.versions ?? []).map((version) => [version.name, version]));
    for (const version of before.spec?.versions ?? []) {
      const kept = now.get(version.name);
      if (version.storage && !kept) report.deny(`${resource} drops \`${version.name}\`, its storage version`, after.spec?.versions);
      else if (version.served && !kept?.served) report.warn(`${resource} stops serving \`${version.name}\``, kept ?? after.spec?.versions);
    }
    if (before.spec?.scope !== after.spec?.scope) {
      report.deny(`${resource} changes its scope from ${before.spec?.scope} to ${after.spec?.scope}, which makes every resource anew`, after.spec?.scope);
    }
  },
};
