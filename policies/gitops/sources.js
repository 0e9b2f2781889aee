// Where controllers take what they apply from: repositories, charts, artifacts and buckets, in one form.

const listOf = (value) => (Array.isArray(value) ? value : []);

/**
 * @typedef {object} Source
 * @property {any} url null where it is named elsewhere
 * @property {"git" | "chart" | "image" | "bucket"} kind what it is
 * @property {any} revision what is taken; undefined where nothing is said
 * @property {any} where the value to point to for the revision
 */

function argo(spec) {
  return [spec?.source, ...listOf(spec?.sources)].filter((source) => source?.repoURL !== undefined)
    .map((source) => ({ url: source.repoURL, kind: source.chart === undefined ? "git" : "chart", revision: source.targetRevision, where: source.targetRevision ?? source }));
}

function gitRef(ref) {
  return ref?.commit ?? ref?.tag ?? ref?.name ?? ref?.semver ?? ref?.branch;
}

const readers = {
  "argoproj.io/Application": (object) => argo(object.spec),
  "argoproj.io/ApplicationSet": (object) => argo(object.spec?.template?.spec),
  "source.toolkit.fluxcd.io/GitRepository": ({ spec }) => [{ url: spec?.url, kind: "git", revision: gitRef(spec?.ref), where: spec?.ref ?? spec }],
  "source.toolkit.fluxcd.io/OCIRepository": ({ spec }) => [{ url: spec?.url, kind: "image", revision: spec?.ref?.digest ?? spec?.ref?.semver ?? spec?.ref?.tag, where: spec?.ref ?? spec }],
  "source.toolkit.fluxcd.io/HelmRepository": ({ spec }) => [{ url: spec?.url, kind: "chart", revision: undefined, where: spec }],
  "source.toolkit.fluxcd.io/Bucket": ({ spec }) => [{ url: spec?.endpoint === undefined ? undefined : `bucket://${spec.endpoint}`, kind: "bucket", revision: undefined, where: spec }],
  "source.toolkit.fluxcd.io/HelmChart": ({ spec }) => chart(spec),
  "helm.toolkit.fluxcd.io/HelmRelease": ({ spec }) => chart(spec?.chart?.spec),
};

// The version of a chart in a Git repository or a bucket is not looked at. The overlay of a base may name nothing but the version.
function chart(spec) {
  const source = spec?.sourceRef ?? null;
  const isCharts = source === null ? spec?.version !== undefined : source.kind === "HelmRepository";
  if (!isCharts) return [];
  return [{ url: undefined, kind: "chart", revision: spec.version, where: spec.version ?? spec.chart }];
}

const applications = ["argoproj.io/Application", "argoproj.io/ApplicationSet"];
const repositories = ["source.toolkit.fluxcd.io/GitRepository", "source.toolkit.fluxcd.io/OCIRepository"];

/** Kinds that say where they take something from. */
export const withUrls = [...applications, ...repositories, "source.toolkit.fluxcd.io/HelmRepository", "source.toolkit.fluxcd.io/Bucket"];

/** Kinds that say which revision of it they take. */
export const withRevisions = [...applications, ...repositories, "source.toolkit.fluxcd.io/HelmChart", "helm.toolkit.fluxcd.io/HelmRelease"];

/** The sources of an object. @returns {Source[]} */
export const sourcesOf = (change) => readers[`${change.resource.group}/${change.resource.kind}`](change.after);
