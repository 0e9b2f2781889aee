import { images, imagesBefore, inRegistry } from "gitops-policy/images";

export default {
  name: "republished-tag",
  title: "A release tag stands for one image for ever",
  description:
    "Where the digest changes and the tag beside it stays, somebody has pushed another image under a name that was taken. Everything that goes by the tag runs it " +
    "from now on: other clusters, rollbacks, people who read the manifest.",
  severity: "high",
  category: "supply-chain",
  remediation: "Give the new image a tag of its own; find out who moved the old one.",
  match: {
    operations: ["update", "replace"],
    kubernetes: {},
    terraform: {},
    files: {},
    origins: ["diff", "plan", "review"],
  },
  parameters: {
    registries: {
      type: "array",
      items: "string",
      default: [],
      description: "where a tag is never used twice, as in `approved-images`: usually your own registries, as tags of base images such as `nginx:1.27` are rebuilt; nowhere while it is empty",
    },
  },
  check(change, { params, report }) {
    const before = imagesBefore(change).filter(image => image.digest !== null);
    for (const image of images(change)) {
      if (image.tag === null || image.digest === null || !inRegistry(image, params.registries)) continue;
      const was = before.find(old => old.repository === image.repository && old.tag === image.tag);
      if (was && was.digest !== image.digest && !before.some(old => old.digest === image.digest))
        report.deny(`\`${image.repository}:${image.tag}\` was \`${was.digest}\` and would be \`${image.digest}\`: the tag was moved`, image.digest);
    }
  },
};
