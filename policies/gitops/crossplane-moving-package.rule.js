import { parseImage } from "gitops-policy/images";

const kinds = ["pkg.crossplane.io/Provider", "pkg.crossplane.io/Configuration", "pkg.crossplane.io/Function"];
const release = /^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/;

/** @type {import("gitops-policy").Rule} */
export default {
  name: "crossplane-moving-package",
  title: "Crossplane installs the package that was reviewed",
  description:
    "A package brings definitions and a controller with rights to a cloud. Of a tag that moves, another one is installed when the tag does; with `packagePullPolicy: Always` even the tag of a release is fetched again and again. " +
    "With `revisionActivationPolicy: Manual` somebody decides first when a new revision takes over.",
  severity: "medium",
  category: "supply-chain",
  remediation: "Name a release (`v1.2.3`) or a digest, leave `packagePullPolicy` at `IfNotPresent`, and let a bot propose the next release.",
  match: { operations: ["create", "update"], kubernetes: { kinds } },
  check(change, { report }) {
    const spec = change.after.spec ?? {};
    const image = typeof spec.package === "string" ? parseImage(spec.package) : null;
    if (!image?.repository || image.digest) return;
    const held = spec.revisionActivationPolicy === "Manual" ? ", once somebody activates it" : "";
    if (!release.test(image.tag)) report.warn(`${change.resource} installs whatever \`${image.tag}\` is${held}`, spec.package);
    else if (spec.packagePullPolicy === "Always") report.warn(`${change.resource} fetches \`${image.tag}\` again and again, and installs what the tag has become${held}`, spec.packagePullPolicy);
  },
};
