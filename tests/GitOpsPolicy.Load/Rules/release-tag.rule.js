const release = /:v\d+\.\d+\.\d+$/;

const containers = change => change.after.spec.containers;

export default {
  name: "release-tag",
  title: "Load rule release-tag",
  severity: "medium",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["Pod"] } },
  check(change, { report }) {
    for (const c of containers(change)) {
      if (!c.image.includes("@sha256:") && !release.test(c.image)) report.deny(`${c.name} runs ${c.image}, which carries no release tag`, c.image);
    }
  },
};
