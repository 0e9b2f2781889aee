// Runs a program under node and writes down what it prints, the way `Printed.cs` does for the evaluator.
import vm from "node:vm";

export function printed(value, depth = 0) {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "string") {
    return "'" + [...Array(value.length).keys()].map(i => value[i]).map(c => (c >= " " && c <= "~" && c !== "\\" ? c : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"))).join("") + "'";
  }
  if (typeof value === "symbol") return value.toString();
  if (value instanceof Error) return value.name;
  if (typeof value === "function") return `function ${value.name}`.trimEnd();
  if (value === null || typeof value !== "object") return String(value);
  if (depth > 5) return "...";
  if (Array.isArray(value)) {
    return "[" + Array.from({ length: value.length }, (_, i) => (i in value ? printed(value[i], depth + 1) : "hole")).join(", ") + "]";
  }
  return "{" + Object.keys(value).map(k => `${k}: ${printed(value[k], depth + 1)}`).join(", ") + "}";
}

/** The lines that the body of a function prints when it is called with `print`; an error is the last of them. */
export function run(body) {
  const lines = [];
  try {
    const main = vm.runInThisContext(`(function (print) {"use strict";\n${body}\n})`, { timeout: 1000 });
    main(value => { lines.push(printed(value)); });
  } catch (error) {
    lines.push(`throws ${printed(error)}`);
  }
  return lines;
}
