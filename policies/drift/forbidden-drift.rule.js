import { changedPaths, driftDecision } from "gitops-policy/drift";
import { isStateful } from "gitops-policy/prune";

// More paths than this in one message help nobody.
const shown = 5;

/** @type {import("gitops-policy").Rule} */
export default {
  name: "forbidden-drift",
  title: "Drift is dealt with as its class says",
  description:
    "Each class of resources has a drift class: `ignore`, `correct` (brought back by applying), `alert` (told, nothing is written) or `freeze` (nothing is applied until someone has decided). " +
    "Only differences that mean something count: what servers and providers compute, defaults, and other spellings of the same value do not.",
  severity: "high",
  category: "drift",
  remediation: "Decide: adopt it in Git, or revert it where it was made. Where it is fine, give the resource another class in the drift table.",
  match: { origins: ["drift"] },
  parameters: {
    harmless: {
      type: "array",
      items: "string",
      default: ["tags", "labels", "description"],
      description: "attributes whose drift is only warned of, whatever the class",
    },
  },
  check(change, { params, report, set }) {
    const { kind, class: of, security, reasons, because } = driftDecision(change);
    if (kind === "missing") return reportMissing(change, report);
    if (of === "ignore") return;
    const told = others[kind] && `${change.resource} ${others[kind]}${because === null ? "" : ` (${because})`}`;
    if (told && of === "freeze") return report.deny(`${told}: nothing may be applied to it until that is decided`, change);
    if (told) return report.warn(told, change);
    const changed = changedPaths(change);
    const harmless = changed.every(({ steps }) => params.harmless.includes(steps[0]));
    const why = [...(security ? ["tell who is on call"] : []), ...reasons].map((phrase) => `; ${phrase}`).join("");
    const sentence = `${change.resource} has drifted at ${list(changed)}${by(changed)}${why}`;
    const { where } = changed[0];
    if (of === "freeze" && !harmless && matters(change, set)) report.deny(`${sentence}: nothing may be applied to it until that is decided`, where);
    else if (of === "correct") report.audit(`${sentence}: applying brings it back`, where);
    else report.warn(`${sentence}: adopt it or revert it`, where);
  },
};

// What has no changed paths to tell of.
const others = {
  extraneous: "was applied once and is no longer in Git: remove it, or bring it back to Git",
  unmanaged: "lives where Git decides what lives, and was never in Git: adopt it or remove it",
  identity: "is another object than the one that was applied: find out who made it anew, and what was lost",
  conflict: "is claimed by more than one: let one of them go",
  policy: "lives as Git says, and the rules forbid that: change it in Git",
  unknown: "may have drifted, which cannot be told from what was read",
};

// Drift that the configuration does not read, of a resource that the plan does not touch, is told and stops nothing.
function matters(change, set) {
  if (change.reason !== "drift_elsewhere") return true;
  const address = String(change.resource);
  return set.changes.some((other) => other.origin === "plan" && other.operation !== "none" && String(other.resource) === address);
}

function reportMissing(change, report) {
  if (isStateful(change)) report.deny(`${change.resource} holds state and is gone: it was deleted outside of Git`, change);
  else report.warn(`${change.resource} is gone: it was deleted outside of Git, and applying makes it again`, change);
}

function list(changed) {
  const names = changed.slice(0, shown).map(({ path }) => `\`${path}\``);
  const more = changed.length - shown;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function by(changed) {
  const managers = [...new Set(changed.map(({ manager }) => manager).filter((manager) => manager !== null))];
  return managers.length > 0 ? ` (by ${managers.map((name) => `\`${name}\``).join(", ")})` : "";
}
