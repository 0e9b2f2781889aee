/** @type {import("gitops-policy").Rule} */
export default {
  name: "flux-decryption",
  title: "A Flux Kustomization decrypts what it applies",
  description:
    "Below the path of a Flux Kustomization lies a file that SOPS has encrypted, and the Kustomization does not decrypt. Flux refuses such a Secret and reconciles nothing else of the path; " +
    "other kinds are applied with their ciphertext in place of the value. Looked at are the Kustomizations and files of one change set.",
  severity: "high",
  category: "secrets",
  remediation: "Add `decryption: { provider: sops, secretRef: { name: … } }` to the Kustomization.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["*"] }, origins: ["manifest", "diff"] },
  checkSet(set, { report }) {
    const encrypted = set.changes.filter((change) => change.after?.sops?.mac && change.file);
    if (encrypted.length === 0) return;
    for (const change of set.changes) {
      const spec = isKustomization(change.resource) ? change.after?.spec : null;
      if (!spec || spec.decryption?.provider === "sops") continue;
      const secret = encrypted.find((other) => isBelow(other.file, spec.path ?? ".") && (isChanged(change) || isChanged(other)));
      if (secret) report.deny(`${change.resource} does not decrypt, but ${secret.resource} below its path is encrypted with SOPS`, spec.path ?? change.after);
    }
  },
};

// What was so before is not this change's fault.
function isChanged({ operation }) {
  return operation !== "none";
}

function isKustomization({ group, kind }) {
  return group === "kustomize.toolkit.fluxcd.io" && kind === "Kustomization";
}

function isBelow(file, path) {
  const folder = path.replace(/^(\.?\/)+/, "").replace(/\/+$/, "");
  return folder === "" || folder === "." || file.startsWith(`${folder}/`) || file.includes(`/${folder}/`);
}
