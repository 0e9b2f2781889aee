import { actionOf, gateOf, words } from "./gates.js";
import { errexit, lines, looksAtExitCodes, lostOnLine, setsPipefail } from "./shell.js";
import { stepsOf } from "./steps.js";

/** @type {import("gitops-policy").Rule} */
export default {
  name: "gate-cannot-fail",
  title: "A check in CI can fail the pipeline",
  description:
    "A gate whose failure is taken for success is worse than none: everyone believes in it. Looked for are `|| true` and `|| echo`, pipes without `pipefail`, `set +e`, the " +
    "background, `continue-on-error`, `allow_failure`, `continueOnError`, flags that make a tool succeed whatever it finds, and tools that need a flag to fail. Of `gitops-policy` itself it is denied, as " +
    "its configuration has `enforcement` for rules that shall only warn.",
  severity: "high",
  category: "gates",
  remediation: "Let the step fail. To have a check only warn for a time, say so in the tool's own configuration, where it is seen and ends.",
  fixes: "Takes `|| true`, `|| echo …` and the like off the end of the line, where a failure of the command then ends the script.",
  match: {
    operations: ["create", "update"],
    files: {},
  },
  parameters: {
    tools: { type: "array", items: "string", default: [], description: "more commands that are gates, as their first words: `acme-check run`" },
  },
  check(change, { params, report }) {
    const steps = stepsOf(change.after, change.resource.kind);
    const later = JSON.stringify(change.after);
    for (const step of steps) {
      if (step.uses === null) reportScript(step, params, report, later);
      else reportAction(step, report, later);
    }
  },
};

function reportAction(step, report, later) {
  const action = actionOf(step.uses);
  if (action === null) return;
  if (step.soft && !isAskedFor(step, later)) report.warn(`\`${step.uses}\` cannot fail: ${step.soft.word}`, step.soft.where);
  const value = step.inputs[action.input];
  if (action.passes(value) && !action.report(step.inputs)) {
    report.warn(`\`${step.uses}\` succeeds whatever it finds`, value ?? step.uses, { remediation: `Write \`${action.write}\` below \`with\`.` });
  }
}

function reportScript(step, params, report, later) {
  const text = step.script.map((block) => block.text).join("\n");
  const pipefail = step.pipefail || setsPipefail(text);
  const all = lines(step.script, ["set", ...words, ...params.tools.map((tool) => tool.split(" ")[0])]);
  let stops = step.errexit;
  all.forEach((line, number) => {
    stops = errexit(line) ?? stops;
    line.commands.forEach((command, index) => {
      const gate = gateOf(command.text) ?? params.tools.map(ownTool).find((tool) => tool.command.test(command.text));
      if (!gate) return;
      const isLast = number === all.length - 1;
      const lost = lostOnLine(line.commands, index, pipefail) ?? (stops || isLast || looksAtExitCodes(text) ? null : "the script goes on after a failure; write `set -e` above it");
      reportGate(gate, command.text, { lost, fix: stops || isLast ? withoutRescue(line, index) : undefined }, line.where, report);
      if (step.soft && !isAskedFor(step, later)) tell(gate, report, `\`${short(command.text)}\` cannot fail: ${step.soft.word}`, step.soft.where);
    });
  });
}

// `check || true` as the whole end of a line.
function withoutRescue({ where, commands }, index) {
  const [{ text, operator }, last] = commands.slice(index);
  return operator === "||" && index === commands.length - 2 && last.operator === "" ? { replace: [[where, `${text} || ${last.text}`, text]] } : undefined;
}

function reportGate(gate, text, { lost, fix }, where, report) {
  const shown = `\`${short(text)}\``;
  if (lost !== null) tell(gate, report, `${shown} cannot fail: ${lost}`, where, { fix });
  if (gate.defused?.test(text)) tell(gate, report, `${shown} cannot fail: \`${text.match(gate.defused)[0].trim()}\` has it succeed whatever it finds`, where);
  if (gate.needs && !gate.needs.test(text) && !(gate.report ?? none).test(text)) tell(gate, report, `${shown} succeeds whatever it finds`, where, { remediation: `Add \`${gate.add}\`.` });
}

function tell(gate, report, message, where, options) {
  if (gate.own) report.deny(message, where, options);
  else report.warn(message, where, options);
}

// What came of the step is asked in a later one, which may well fail.
function isAskedFor(step, later) {
  return step.id !== null && later.includes(`steps.${step.id}.`);
}

const none = /(?!)/;

const ownTool = (words) => ({ name: words, command: new RegExp(`(^|[\\s/])${words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ +/g, "\\s+")}(\\s|$)`) });

const short = (text) => (text.length <= 60 ? text : `${text.slice(0, 60)}…`);
