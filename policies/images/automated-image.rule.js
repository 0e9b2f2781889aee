import { images } from "gitops-policy/images";
import { annotations } from "gitops-policy/kubernetes";

const updater = "argocd-image-updater.argoproj.io/image-list";

export default {
  name: "automated-image",
  title: "Automation writes images only where it may",
  description:
    "A comment such as `# {\"$imagepolicy\": \"flux-system:app\"}` hands a value over to Flux: whatever its ImagePolicy selects is committed there, with no one to " +
    "approve it. A comment that Flux cannot read does nothing, and nobody is told.",
  severity: "medium",
  category: "supply-chain",
  remediation: "Take the marker away where people decide, and let a pull request bring the image; mend a marker that is meant.",
  match: {
    operations: ["create", "update"],
    kubernetes: {},
    files: {},
    origins: ["manifest", "diff"],
  },
  parameters: {
    automation: { type: "string", default: "allowed", enum: ["allowed", "forbidden"], description: "`forbidden`: no automation may write images here; set it for an environment such as production" },
  },
  check(change, { params, report }) {
    for (const image of images(change)) {
      for (const marker of image.markers) {
        if (marker.problem !== null) report.warn(`the comment behind \`${image}\` ${marker.problem}, so Flux passes it over`, marker.where);
        else if (params.automation === "forbidden") report.deny(`\`${image}\` is written by the image policy \`${marker.policy}\`, and automation may not write images here`, marker.where);
      }
      if (image.digest !== null && image.markers.length > 0 && image.markers.every(marker => marker.part === "tag" || marker.part === "name"))
        report.warn(`Flux writes a part of \`${image}\`, but not its digest, which alone decides what runs`, image.digest);
    }
    if (params.automation === "forbidden" && change.resource.kind === "Application" && updater in annotations(change))
      report.deny(`the images of ${change.resource} are written by Argo CD Image Updater, and automation may not write images here`, annotations(change)[updater]);
  },
};
