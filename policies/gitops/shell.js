// What a shell script does with the failure of a command, as far as its text tells. Not a shell: texts of several lines in quotes and here-documents
// are read like commands, and what is within `$(…)` is not looked at.

// A line that nobody asked about.
const passedOver = { where: null, commands: [] };

/**
 * The lines of a script that do something, in order, each a list of commands joined by operators. Lines in which none of the words stands are counted and not taken
 * apart: in a long script that would cost more than it tells.
 * @param {{ text: string, where: any }[]} blocks
 * @param {string[]} words
 * @returns {{ where: any, commands: { text: string, operator: string }[] }[]}
 */
export function lines(blocks, words) {
  const found = [];
  for (const { text, where } of blocks) {
    const present = words.filter((word) => text.includes(word));
    const whole = text.includes("\\") ? text.replace(/[ \t]*\\\r?\n[ \t]*/g, " ") : text;
    for (const line of whole.split("\n")) {
      const commands = present.some((word) => line.includes(word)) ? split(line) : passedOver.commands;
      if (commands.length > 0) found.push({ where, commands });
      else if (doesSomething(line)) found.push(passedOver);
    }
  }
  return found;
}

function doesSomething(line) {
  const text = line.trim();
  return text !== "" && !text.startsWith("#");
}

/** The line without what only looks like operators: quoted text, expressions of the CI system, tests, redirections, comments. As long as the line. */
function covered(line) {
  const blank = (text) => "_".repeat(text.length);
  return line
    .replace(/\$\{\{.*?\}\}/g, blank)
    .replace(/'[^']*'|"(?:[^"\\]|\\.)*"/g, blank)
    .replace(/\[\[.*?\]\]|\$\([^()]*\)/g, blank)
    .replace(/\d*>&\d*-?|&>>?|\|&/g, blank)
    .replace(/(^|\s)#.*$/, "");
}

function split(line) {
  const plain = covered(line);
  const found = [];
  let from = 0;
  for (const operator of plain.matchAll(/\|\||&&|\||;+|&/g)) {
    add(found, line.slice(from, operator.index), operator[0]);
    from = operator.index + operator[0].length;
  }
  add(found, line.slice(from, plain.length), "");
  return found;
}

function add(found, text, operator) {
  const command = text.trim();
  if (command !== "") found.push({ text: command, operator });
}

// Commands that succeed whatever came before them.
const succeeds = /^(true|:|echo|printf|exit 0|return 0|\/bin\/true|logger|continue)(\s|$)/;
const failsAgain = /^\{?\s*(exit|return)(\s+[^0\s]|$)|^false\b/;
const onlyPasses = /^(tee|cat|sed|head|tail|sort|awk|column|jq(?!.*(\s-e|--exit-status)))(\s|$)/;

/**
 * How the failure of a command is lost on its line; null when it is not.
 * @param {{ text: string, operator: string }[]} commands
 */
export function lostOnLine(commands, index, pipefail) {
  for (let at = index; at < commands.length - 1; at++) {
    const { operator } = commands[at];
    const next = commands[at + 1].text;
    if (operator === "&&") continue;
    if (operator === "|") return pipefail || !onlyPasses.test(next) ? null : `\`| ${next}\` succeeds all the same; \`set -o pipefail\` is not on`;
    if (operator !== "||") break;
    const rest = commands.slice(at + 1);
    return succeeds.test(next) && !rest.some(({ text }) => failsAgain.test(text)) ? `\`|| ${next}\` takes it for success` : null;
  }
  return commands.at(-1).operator === "&" && commands.length - 1 === index ? "it runs in the background" : null;
}

/** Whether a line says that failures end the script, or no longer do; null when it says neither. */
export function errexit(line) {
  for (const { text } of line.commands) {
    if (/^set\s+(\S+\s+)*-([a-df-z]*e[a-z]*|o errexit)\b/.test(text)) return true;
    if (/^set\s+(\S+\s+)*\+([a-df-z]*e[a-z]*|o errexit)\b/.test(text)) return false;
  }
  return null;
}

/** Whether a script looks at exit codes itself. */
export const looksAtExitCodes = (text) => text.includes("$?") || text.includes("PIPESTATUS") || (text.includes("exit") && /\bexit\b/.test(text));

/** Whether a script turns on `pipefail`. */
export const setsPipefail = (text) => text.includes("PIPESTATUS") || (text.includes("pipefail") && /\bset\s+(-\S+\s+)*-[a-z]*o\s+pipefail|\bset\s.*-o pipefail/.test(text));
