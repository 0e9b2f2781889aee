// What a rule can find out all the same, by asking often enough. docs/semantics/sensitive.md says so.

// one answer at a time
doc.password.startsWith("h") ? "it starts with h" : "it does not" // → it starts with h
doc.open ? "open" : "closed" // → open
doc.pin > 4000 ? "high" : "low" // → high

// and so all of it: which letter it is, is a question for each letter
let told = ""; for (const c of doc.password) for (const letter of "-0123456789Zabcdefghijklmnopqrstuvwxyz") if (c === letter) told += letter;
told // → hunter2-Zq
let n = 0; while (n < doc.pin) n++;
n // → 4711
