import { sourcesOf, withUrls } from "./sources.js";

// Inside a cluster or an office there may be no one on the way.
const near = /^[a-z0-9-]+$|\.(svc|cluster\.local|local|internal|lan|home|corp|test|localhost)$|\.svc\.|^localhost$|^127\.|^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^\[/i;

/** @type {import("gitops-policy").Rule} */
export default {
  name: "insecure-source",
  title: "Nobody on the way changes what is applied",
  description:
    "Over `http://` and `git://` whoever sits between a controller and its source decides what is applied to the cluster. Hosts of a cluster or a private network are only warned of, as are registries and buckets for which " +
    "`insecure: true` allows plain connections.",
  severity: "high",
  category: "supply-chain",
  remediation: "Use `https://` or `ssh://`, with the certificate authority of the host where it has one of its own.",
  match: { operations: ["create", "update"], kubernetes: { kinds: withUrls } },
  check(change, { report }) {
    for (const { url } of sourcesOf(change)) {
      const host = /^(?:http|git):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)/i.exec(url ?? "")?.[1];
      if (host === undefined || host.includes("{{")) continue;
      const message = `${change.resource} takes what it applies from \`${url}\`, which anyone on the way can change`;
      if (near.test(host)) report.warn(message, url);
      else report.deny(message, url);
    }
    const insecure = change.after.spec?.insecure;
    if (insecure === true) report.warn(`${change.resource} takes what it applies over connections that nobody vouches for`, insecure, { remediation: "Take `insecure: true` out; give a `certSecretRef` where the host has its own authority." });
  },
};
