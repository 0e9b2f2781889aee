import { sopsState } from "gitops-policy/secrets";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "half-encrypted",
  title: "A file that SOPS encrypts is encrypted throughout",
  description:
    "A key added by hand later, `stringData` that `encrypted_regex` does not cover, a key that ends in `_unencrypted`: the file carries SOPS metadata and still holds values in clear. " +
    "Metadata without a MAC or a recipient, two rules of selection at once, ciphertext whose metadata is gone: such a file cannot be trusted or decrypted. " +
    "Structure is all that can be checked without the key; that the ciphertext is what it should be cannot.",
  severity: "critical",
  category: "secrets",
  remediation: "Run `sops encrypt` again (`sops edit` to add values), and change the value that was in clear.",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["*"] }, files: { kinds: ["*"] }, origins: ["manifest", "diff"] },
  check(change, { report }) {
    const { resource } = change;
    if (change.after.sops === undefined && resource.kind !== "Secret") return;
    const state = sopsState(change.after);
    for (const leaf of state.plain) report.deny(`${resource} is encrypted with SOPS, but \`${leaf.pointer}\` is in clear`, leaf.where);
    for (const { where, problem } of state.problems) {
      report.deny(state.present ? `SOPS data of ${resource} ${problem}` : `a value of ${resource} ${problem}`, where);
    }
  },
};
