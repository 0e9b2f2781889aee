import { sourcesOf, withRevisions } from "./sources.js";

const commit = /^[0-9a-f]{7,40}$/;
const version = /^[vV]?\d+\.\d+(\.\d+)?([-+][0-9A-Za-z.+-]+)?$/;
const digest = /^sha256:/;
const tagged = /(^|[-_/])v?\d+(\.\d+)+/;

// What takes in every later release, also the next major one.
const open = (revision) => revision === undefined || /^(\*|latest|>=?\s*v?[\d.]+([-+]\S*)?|>= ?0)$/i.test(String(revision).trim());

/** @type {import("gitops-policy").Rule} */
export default {
  name: "moving-revision",
  title: "What is deployed is what was reviewed",
  description:
    "A chart or an artifact without a version, or with one that takes in every later release, changes by itself, major versions included. In production a branch, `HEAD` or a range does so too: what " +
    "runs tomorrow is not what was reviewed today, and going back changes nothing.",
  severity: "medium",
  category: "supply-chain",
  remediation: "Name a version, a tag, a digest or a commit, and let a bot propose the next one.",
  match: { operations: ["create", "update"], kubernetes: { kinds: withRevisions } },
  parameters: {
    production: { type: "array", items: "string", default: ["production", "prod"], description: "environments of the configuration in which branches and ranges are warned of too" },
  },
  check(change, { params, report, set }) {
    const isProduction = params.production.includes(change.environment);
    for (const { kind, revision, where } of sourcesOf(change)) {
      if (kind !== "git" && revision === undefined && isSaidElsewhere(change, set)) continue;
      if (kind !== "git" && open(revision)) report.warn(`${change.resource} takes whatever ${kind} is newest: \`${revision ?? "no version"}\``, where);
      else if (isProduction && !isFixed(kind, revision)) report.warn(`${change.resource} is in ${change.environment} and follows \`${revision ?? "HEAD"}\`, which moves`, where);
    }
  },
};

// The overlays of a base are objects of the same name: one of them may well name the version.
function isSaidElsewhere(change, set) {
  const others = set.changes.filter((other) => other.after && String(other.resource) === String(change.resource) && other.resource.kind === change.resource.kind);
  return others.some((other) => sourcesOf(other).some(({ revision }) => revision !== undefined));
}

// Templates of an ApplicationSet say nothing before they are filled in.
function isFixed(kind, revision) {
  const text = String(revision ?? "");
  if (text.includes("{{")) return true;
  if (kind === "git") return commit.test(text) || version.test(text) || (tagged.test(text) && !/[\^~*<>x]|\s/.test(text));
  return kind === "image" ? digest.test(text) || !/[\^~*<>]|\s|\.x/.test(text) : version.test(text);
}
