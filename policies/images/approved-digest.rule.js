import { images, inRegistry, parseImage } from "gitops-policy/images";

// The repository of an entry is compared in its normal form: `nginx` is `docker.io/library/nginx`.
const isFor = (entry, image) => parseImage(entry.image).repository === image.repository;

export default {
  name: "approved-digest",
  title: "Only images whose digest was approved run",
  description:
    "A tag says what somebody called an image, a digest which image it is. The list says for each digest who approved it and when; " +
    "it is read from the base of a pull request, so that nobody approves and uses an image in one change.",
  severity: "high",
  category: "supply-chain",
  remediation: "Have the digest added to the list, in a change of its own that its owners approve.",
  match: {
    operations: ["create", "update", "replace", "import"],
    kubernetes: {},
    terraform: {},
    files: {},
    origins: ["manifest", "diff", "plan", "review", "live"],
  },
  parameters: {
    approved: {
      type: "array",
      items: {
        type: "object",
        properties: {
          image: { type: "string", minLength: 1 },
          digest: { type: "string", pattern: "^sha(256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$" },
          tag: { type: "string" },
          approvedBy: { type: "string", minLength: 1 },
          approvedOn: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
          note: { type: "string" },
        },
      },
      description: "the list, best kept in a file: `{ fromFile: approved-images.yaml }`; without one the rule does nothing. For each: `image` (its repository), `digest`, `approvedBy`, `approvedOn` (the day, such as `2026-03-31`), and if you like its `tag` and a `note`",
    },
    except: { type: "array", items: "string", default: [], description: "registries and repositories whose images need not be listed, as in `approved-images`" },
    automated: { type: "array", items: "string", default: [], description: "policies of Flux (`namespace:name`) that approve what they write: images marked with one need not be listed" },
  },
  check(change, { params, report }) {
    if (!params.approved) return;
    for (const image of images(change)) {
      if (!image.valid || image.open || inRegistry(image, params.except)) continue;
      if (image.markers.some(marker => params.automated.includes(marker.policy))) continue;
      if (image.digest === null) {
        report.deny(`\`${image}\` carries no digest, and only approved digests may run`, image.raw);
        continue;
      }
      const same = params.approved.filter(entry => entry.digest === image.digest);
      const entry = same.find(entry => isFor(entry, image));
      if (same.length === 0) report.deny(`the digest of \`${image}\` is not approved`, image.digest);
      else if (!entry) report.deny(`the digest of \`${image}\` is approved for \`${same[0].image}\`, and not for \`${image.repository}\``, image.raw);
      else if (!entry.approvedBy || !entry.approvedOn) report.deny(`the digest of \`${image}\` is on the list without who approved it and when`, image.digest);
      else if (entry.tag && image.tag !== null && image.tag !== entry.tag)
        report.warn(`\`${image}\` says \`${image.tag}\`, but its digest was approved as \`${entry.tag}\`: the digest decides what runs`, image.tag);
    }
  },
};
