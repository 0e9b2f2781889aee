import { counterpart, hotfix, previousEnvironment, versions } from "gitops-policy/promotion";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "hotfix-debt",
  title: "A hotfix comes back to the environment before",
  description:
    "A hotfix that stays in production alone is undone by the next release. As long as its annotation is there and the environment before deploys another " +
    "version, every check tells of the debt, and denies once its day is past. When the versions are the same again, the annotations can go.",
  severity: "medium",
  category: "promotion",
  remediation: "Bring the version to the environment before, and take the annotations away.",
  match: { operations: ["none", "create", "update", "replace"], kubernetes: {}, origins: ["manifest", "diff"] },
  check(change, { report }) {
    const previous = previousEnvironment(change);
    const fix = previous ? hotfix(change) : null;
    if (!fix) return;
    const other = counterpart(change);
    const there = new Set((other ? versions(other) : []).map((version) => version.key));
    const owed = versions(change).filter((version) => !there.has(version.key));
    if (owed.length === 0) {
      report.warn(`${change.resource} is the same in ${previous.name} again: its hotfix annotations can go`, fix.where);
      return;
    }
    const what = `${change.resource} owes ${previous.name} ${owed.map((version) => version.text).join(", ")}`;
    if (fix.days < 0) report.deny(`${what} since ${fix.until}`, fix.where);
    else report.warn(`${what}${fix.until ? ` until ${fix.until}` : ""} (hotfix: ${fix.reason})`, fix.where);
  },
};
