import { containers } from "gitops-policy/kubernetes";

export default {
  name: "no-privileged",
  title: "No container is privileged",
  severity: "high",
  match: { operations: ["create", "update"], kubernetes: { kinds: ["*"] } },
  check(change, { report }) {
    for (const container of containers(change))
      if (container.securityContext?.privileged) report.deny(`${container.name} is privileged`, container.securityContext.privileged);
  },
};
