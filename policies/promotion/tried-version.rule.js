import { hotfix, previousEnvironment, timeIn, versions } from "gitops-policy/promotion";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "tried-version",
  title: "A version has been in the environment before for some days",
  description:
    "Every version that a change brings, of an image, a chart, a revision, an artifact, or a module or provider of Terraform, was in the environment before for at least so many days. This is read " +
    "from the history of the base along its merges: what the pull request itself adds there has not been there, and what counts is the longest time without a " +
    "break, whether it is still there or not. A digest is looked for in every repository, a tag in its own. Where the history is not to be had, as in a shallow " +
    "clone, the answer is undetermined. A hotfix says so by the annotations `gitopspolicy.dev/hotfix` (why) and `gitopspolicy.dev/hotfix-until` (a day) and is " +
    "warned of; from then on it is a debt.",
  severity: "high",
  category: "promotion",
  remediation: "Bring the version to the environment before first and let it run there. For a hotfix give the two annotations, and bring it back there by that day.",
  match: { operations: ["create", "update", "replace"], kubernetes: {}, files: { kinds: ["Kustomization", "HelmValues", "TerraformVersions"] }, origins: ["diff"] },
  parameters: {
    days: { type: "number", default: 1, minimum: 0, description: "how long it has to have been there" },
    except: { type: "array", items: "string", default: [], description: "repositories, charts and the like that need not" },
    hotfixDays: { type: "integer", default: 7, minimum: 0, description: "how many days ahead a hotfix may end; 0 allows none" },
  },
  check(change, { params, report }) {
    const previous = previousEnvironment(change);
    if (!previous) return;
    for (const version of versions(change)) {
      if (!version.introduced || params.except.includes(version.name)) continue;
      const time = timeIn(change, version);
      if (time.atLeast < params.days || time.atLeast === 0) judge(change, version, time, previous.name, params, report);
    }
  },
};

function judge(change, version, time, previous, params, report) {
  if (time.seen && time.days >= params.days) return;
  const fix = hotfix(change);
  const what = time.seen ? `has been in ${previous} for ${Math.floor(time.days * 10) / 10} of ${params.days} days` : `has not been in ${previous}`;
  const wrong = fix ? mistake(fix, params) : null;
  if (fix && !wrong) {
    report.warn(`${version.text} comes to ${change.environment} as a hotfix until ${fix.until} (${fix.reason}) and ${what}`, version.where);
  } else {
    report.deny(`${version.text} would be in ${change.environment} and ${what}${wrong ? `; ${wrong}` : ""}`, version.where);
  }
}

function mistake(fix, params) {
  if (!String(fix.reason).trim()) return "the hotfix says no reason";
  if (Number.isNaN(fix.days)) return "the hotfix says no day in `gitopspolicy.dev/hotfix-until`";
  if (fix.days < 0) return `the hotfix ended on ${fix.until}`;
  return fix.days > params.hotfixDays ? `the hotfix may end ${params.hotfixDays} days ahead, not ${fix.days}` : null;
}
