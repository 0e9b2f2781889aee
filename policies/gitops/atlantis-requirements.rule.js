const listOf = (value) => (Array.isArray(value) ? value : []);
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @type {import("gitops-policy").Rule} */
export default {
  name: "atlantis-requirements",
  title: "Atlantis applies what was approved, and a pull request does not decide what that takes",
  description:
    "Without `apply_requirements` whoever can comment on a pull request applies it, approved or not. Where a repository may override them, or bring a workflow of its own, the pull request that " +
    "changes `atlantis.yaml` decides by itself, and runs what it likes with the credentials of the server.",
  severity: "high",
  category: "gates",
  remediation: "Set `apply_requirements: [approved, mergeable, undiverged]` in the server's configuration, and leave `allowed_overrides` and `allow_custom_workflows` out.",
  match: { operations: ["create", "update"], files: { kinds: ["Atlantis*"] } },
  check(change, { report }) {
    if (change.resource.kind === "AtlantisServerConfig") listOf(change.after.repos).filter(isRecord).forEach((repo, index) => judgeServer(repo, index === 0, report));
    else judgeRepository(change.after, report);
  },
};

// Repositories are matched by each entry that fits, and a later one overrides what it says itself.
function judgeServer(repo, isFirst, report) {
  const requirements = repo.apply_requirements;
  if (requirements === undefined ? isFirst : !listOf(requirements).includes("approved")) {
    report.warn(`repositories that fit \`${repo.id}\` are applied without an approval`, requirements ?? repo.id);
  }
  const overrides = listOf(repo.allowed_overrides);
  const requirement = overrides.find((name) => name === "apply_requirements");
  if (requirement !== undefined) report.warn(`a pull request in \`${repo.id}\` decides itself what an apply takes`, requirement);
  if (repo.allow_custom_workflows === true) {
    report.warn(`a pull request in \`${repo.id}\` runs what it likes with the credentials of the server`, repo.allow_custom_workflows);
  }
  if (repo.policy_check === false) report.warn(`policies are not checked in \`${repo.id}\``, repo.policy_check);
}

function judgeRepository(file, report) {
  for (const project of listOf(file.projects).filter(isRecord)) {
    const requirements = project.apply_requirements;
    const name = project.name ?? project.dir ?? "a project";
    if (requirements !== undefined && !listOf(requirements).includes("approved")) report.warn(`\`${name}\` is applied without an approval`, requirements);
    if (file.automerge === true && listOf(requirements).length === 0) report.warn(`\`${name}\` is merged by itself once it is applied, and names nothing that an apply takes`, file.automerge);
    if (project.policy_check === false) report.warn(`policies are not checked for \`${name}\``, project.policy_check);
  }
}
