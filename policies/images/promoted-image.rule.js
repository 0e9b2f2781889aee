import { images, imagesBefore } from "gitops-policy/images";

const changesOf = set => [...set.changes, ...set.files];
const isWhole = image => image.known && image.valid && !image.open;
const nameOf = image => `${image.repository}:${image.tag}`;

// What ran in each environment before the change, and what would run after it.
function collect(set, order, imagesOf) {
  const found = new Map(order.map(name => [name, { digests: new Set(), names: new Set(), count: 0 }]));
  for (const change of changesOf(set)) {
    const environment = found.get(change.environment);
    if (!environment) continue;
    environment.count++;
    for (const image of imagesOf(change).filter(isWhole)) {
      if (image.digest !== null) environment.digests.add(image.digest);
      if (image.tag !== null) environment.names.add(nameOf(image));
    }
  }
  return found;
}

const has = (environment, image) => (image.digest !== null ? environment.digests.has(image.digest) : environment.names.has(nameOf(image)));

export default {
  name: "promoted-image",
  title: "Images reach an environment by way of the one before it",
  description:
    "What was never tried in the environment before is tried in this one. An image is the same where its digest is; where no digest is written, where repository and " +
    "tag are. It has to be there at the base of the change: one that enters both at once was tried nowhere.",
  severity: "high",
  category: "supply-chain",
  remediation: "Bring the image to the environment before first, by a change of its own.",
  match: { kubernetes: {}, terraform: {}, files: {} },
  parameters: {
    order: { type: "array", items: "string", default: [], description: "the environments that images pass through, the first one first, such as `[staging, production]`; the rule does nothing while it is empty" },
    together: { type: "boolean", default: false, description: "one change may bring an image to several environments at once" },
  },
  checkSet(set, { params, report }) {
    if (params.order.length === 0) return;
    const before = collect(set, params.order, imagesBefore);
    const after = collect(set, params.order, images);
    for (const change of changesOf(set)) {
      const at = params.order.indexOf(change.environment);
      if (at < 1 || change.origin !== "diff" || !["create", "update", "replace"].includes(change.operation)) continue;
      const old = imagesBefore(change).filter(isWhole);
      for (const image of images(change)) judge(image, change, old, params.order[at - 1]);
    }

    function judge(image, change, old, previous) {
      if (!isWhole(image) || old.some(was => was.repository === image.repository && was.tag === image.tag && was.digest === image.digest)) return;
      const there = before.get(previous);
      if (has(there, image) || (params.together && has(after.get(previous), image))) return;
      if (there.count + after.get(previous).count === 0)
        report.deny(`\`${image}\` cannot be looked for in \`${previous}\`, of which nothing is judged: give its folder too`, image.raw);
      else if (there.names.has(nameOf(image)))
        report.deny(`\`${previous}\` runs \`${nameOf(image)}\` with another digest than \`${image.digest}\``, image.digest);
      else if (has(after.get(previous), image)) report.deny(`\`${image}\` reaches \`${previous}\` only with this very change`, image.raw);
      else report.deny(`\`${image}\` has not been in \`${previous}\``, image.raw);
    }
  },
};
