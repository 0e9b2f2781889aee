// Commands and actions that are there to fail, and what keeps them from it. A row for each, from the tools' own documentation.

const flag = (pattern) => new RegExp(`(\\s)(${pattern})([\\s=]|$)`);

/**
 * @typedef {object} Gate
 * @property {string} name
 * @property {string} [word] stands in every such command, by which others are told apart quickly; the first word of its name where nothing is said
 * @property {RegExp} command found in the command
 * @property {RegExp} [needs] without it the command succeeds whatever it finds
 * @property {string} [add] what to write to have it fail
 * @property {RegExp} [report] with it the command writes a report for others, which is no gate
 * @property {RegExp} [defused] with it the command succeeds whatever it finds
 * @property {boolean} [own] it is this very tool
 */

/** @type {Gate[]} */
export const gates = [
  { name: "gitops-policy", command: /\bgitops-policy\s+(check|test|lint|audit)\b/, own: true },
  { name: "conftest test", command: /\bconftest\s+test\b/, defused: flag("--no-fail") },
  { name: "conftest verify", command: /\bconftest\s+verify\b/ },
  { name: "gator", command: /\bgator\s+(test|verify)\b/ },
  { name: "kyverno", command: /\bkyverno\s+(apply|test)\b/ },
  { name: "opa test", command: /\bopa\s+(test|check)\b/ },
  { name: "opa eval", command: /\bopa\s+eval\b/, needs: flag("--fail|--fail-defined"), add: "--fail-defined", report: />|\s(--format|-f)[\s=]/ },
  { name: "kubeconform", command: /\bkubeconform\s+[^|]/ },
  { name: "kubeval", command: /\bkubeval\s+\S/ },
  { name: "kube-linter", command: /\bkube-linter\s+lint\b/ },
  { name: "kube-score", command: /\bkube-score\s+score\b/ },
  { name: "datree", command: /\bdatree\s+test\b/ },
  { name: "polaris", command: /\bpolaris\s+audit\b/, needs: flag("--set-exit-code-on-danger|--set-exit-code-below-score"), add: "--set-exit-code-on-danger" },
  {
    name: "kubescape", command: /\bkubescape\s+scan\b/, needs: flag("--fail-threshold|--compliance-threshold|--severity-threshold|-t|-s"),
    add: "--severity-threshold high", report: flag("--output|-o|--submit"),
  },
  { name: "checkov", command: /\bcheckov\s+(-|\S*[./])/, defused: flag("--soft-fail|-s") },
  { name: "tfsec", command: /\btfsec(\s+[.-]|$)/, defused: flag("--soft-fail|-s") },
  {
    name: "trivy", command: /\btrivy\s+(config|conf|fs|filesystem|image|i|repo|rootfs|k8s|kubernetes)\b/, needs: /--exit-code[\s=]["']?[^0"'\s]/,
    add: "--exit-code 1", report: flag("--output|-o|--format|-f"),
  },
  { name: "grype", command: /\bgrype\s+\S/, needs: flag("--fail-on|-f"), add: "--fail-on high", report: flag("--output|-o|--file") },
  { name: "terrascan", command: /\bterrascan\s+scan\b/ },
  { name: "tflint", command: /\btflint(\s+--(?!init)|$)/, defused: flag("--force") },
  { name: "terraform validate", word: "validate", command: /\b(terraform|tofu|terragrunt)\s+(\S+\s+)?validate\b/ },
  { name: "terraform plan", word: "-detailed-exitcode", command: /\b(terraform|tofu)\s+(.*\s)?plan\s.*-detailed-exitcode\b/ },
  { name: "terraform fmt", word: "fmt", command: /\b(terraform|tofu)\s+fmt\s.*-check\b/ },
  { name: "gitleaks", command: /\bgitleaks\s+(detect|protect|git|dir)\b/, defused: /--exit-code[\s=]["']?0\b/ },
  { name: "trufflehog", command: /\btrufflehog\s+(git|filesystem|github)\b/, needs: flag("--fail"), add: "--fail" },
  { name: "ggshield", command: /\bggshield\s+secret\s+scan\b/, defused: flag("--exit-zero") },
  { name: "helm lint", word: "lint", command: /\bhelm\s+lint\b/ },
  { name: "kubectl diff", word: "diff", command: /\bkubectl\s+(\S+\s+)*diff\b/ },
  { name: "argocd app diff", word: "diff", command: /\bargocd\s+app\s+diff\b/, defused: /--exit-code=false/ },
  { name: "cosign verify", command: /\bcosign\s+verify/ },
];

const wordOf = (gate) => gate.word ?? gate.name.split(" ")[0];

/** Words of which one stands in every command that is a gate. */
export const words = [...new Set(gates.map(wordOf))];

// Commands that only name a tool: they install it, look for it or write about it.
const mentions = /^(sudo\s+)?(echo|printf|#|which|command|type|apt|apt-get|brew|curl|wget|pip3?|npm|yarn|go|docker (pull|build)|cp|mv|chmod|tar|export|alias|if|while|until|elif|!|for|case|function)(\s|$)/;

/** The gate that a command is; null for another command. @returns {Gate | null} */
export function gateOf(command) {
  const gate = gates.find((one) => command.includes(wordOf(one)) && one.command.test(command)) ?? null;
  return gate === null || mentions.test(command) || / (-h|--help|--version)\b/.test(command) ? null : gate;
}

/** Actions that are there to fail: the input that decides, and whether a value of it lets everything pass. */
export const actions = [
  { uses: "aquasecurity/trivy-action", input: "exit-code", passes: (value) => value === undefined || String(value) === "0", write: 'exit-code: "1"', report: (inputs) => inputs.output !== undefined },
  { uses: "bridgecrewio/checkov-action", input: "soft_fail", passes: (value) => String(value) === "true", write: "soft_fail: false", report: () => false },
  { uses: "aquasecurity/tfsec-action", input: "soft_fail", passes: (value) => String(value) === "true", write: "soft_fail: false", report: () => false },
  { uses: "anchore/scan-action", input: "fail-build", passes: (value) => String(value) === "false", write: "fail-build: true", report: () => false },
  { uses: "gitleaks/gitleaks-action", input: "", passes: () => false, write: "", report: () => false },
  { uses: "kubescape/github-action", input: "", passes: () => false, write: "", report: () => false },
  { uses: "terraform-linters/tflint-action", input: "", passes: () => false, write: "", report: () => false },
];

/** The gate that an action is; null for another action. */
export const actionOf = (uses) => actions.find((action) => uses.startsWith(`${action.uses}@`)) ?? null;
