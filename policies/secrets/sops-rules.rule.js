import { isSecretName } from "gitops-policy/secrets";

const recipientLists = ["age", "pgp", "kms", "gcp_kms", "hckms", "azure_keyvault", "hc_vault_transit_uri", "key_groups"];

/** @type {import("gitops-policy").Rule} */
export default {
  name: "sops-rules",
  title: "The rules of .sops.yaml encrypt what has to be encrypted",
  description:
    "`sops` takes the first of the `creation_rules` whose `path_regex` fits a file. A file that none covers cannot be encrypted again, a rule that names `data` and not `stringData` leaves half of a " +
    "Secret in clear, a rule without recipients encrypts for nobody, and a file that is encrypted for others than its rule says can be read by who has left, or not by who has come.",
  severity: "high",
  category: "secrets",
  remediation: "Mend the rule, then run `sops updatekeys FILE`, or encrypt the file again.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["*"] }, files: { kinds: ["*"] }, origins: ["manifest", "diff"] },
  checkSet(set, { report }) {
    const configs = set.files.filter((file) => file.resource.kind === "SopsConfig" && file.after);
    for (const config of configs) if (isChanged(config)) for (const rule of rulesOf(config)) judgeRule(rule, report);
    for (const change of [...set.changes, ...set.files]) {
      if (!change.after?.sops?.mac || !change.file) continue;
      const config = nearest(configs, change.file);
      if (config && (isChanged(config) || isChanged(change))) judgeFile(change, config, report);
    }
  },
};

// What was so before is not this change's fault.
function isChanged({ operation }) {
  return operation !== "none";
}

function rulesOf({ after }) {
  return after.creation_rules.filter((rule) => typeof rule === "object" && rule !== null);
}

function judgeRule(rule, report) {
  if (!recipientLists.some((list) => rule[list]?.length > 0)) report.deny("a rule of `.sops.yaml` names no recipient", rule);
  const { encrypted_regex: encrypted, unencrypted_regex: clear, unencrypted_suffix: suffix } = rule;
  if (rule.path_regex && !pattern(rule.path_regex)) report.deny("a rule of `.sops.yaml` has a `path_regex` that cannot be read", rule.path_regex);
  if (encrypted && fits(encrypted, "data") !== fits(encrypted, "stringData")) {
    report.deny(`a rule of \`.sops.yaml\` encrypts \`${fits(encrypted, "data") ? "data" : "stringData"}\` of a Secret and leaves the other part in clear`, encrypted);
  }
  if (clear && (fits(clear, "data") || fits(clear, "stringData"))) report.deny("a rule of `.sops.yaml` leaves the values of a Secret in clear", clear);
  if (suffix && isSecretName(suffix)) report.warn("a rule of `.sops.yaml` leaves in clear what is named like a secret", suffix);
}

function judgeFile({ resource, file, after }, config, report) {
  const path = file.slice(folderOf(config).length);
  const rule = rulesOf(config).find((candidate) => !candidate.path_regex || fits(candidate.path_regex, path));
  if (!rule) {
    report.warn(`no rule of ${config.file} covers ${resource}, so it cannot be encrypted again`, after.sops);
    return;
  }
  const wanted = ageOf(rule.age);
  const given = ageOf((after.sops.age ?? []).map((entry) => entry.recipient));
  const others = given.filter((recipient) => !wanted.includes(recipient));
  const lacks = wanted.filter((recipient) => !given.includes(recipient));
  if (wanted.length > 0 && others.length + lacks.length > 0) {
    report.warn(`${resource} is encrypted for other recipients than ${config.file} says: ${others.length} too many, ${lacks.length} missing`, after.sops.age ?? after.sops);
  }
}

function ageOf(list) {
  return (Array.isArray(list) ? list : String(list ?? "").split(",")).map((recipient) => String(recipient).trim()).filter((recipient) => recipient !== "");
}

function nearest(configs, file) {
  let best = null;
  for (const config of configs) {
    if (file.startsWith(folderOf(config)) && (best === null || folderOf(config).length > folderOf(best).length)) best = config;
  }
  return best;
}

function folderOf({ file }) {
  return file.slice(0, file.lastIndexOf("/") + 1);
}

function fits(text, value) {
  return pattern(text)?.test(value) ?? false;
}

function pattern(text) {
  try {
    return new RegExp(text);
  } catch {
    return null;
  }
}
