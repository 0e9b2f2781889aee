// Makes the encrypted files anew: node make.js AGE KEYFILE, with age's own program and a key of its age-keygen. Then node oracle.mjs FOLDER, with a
// folder in which sops-age is installed, writes down what that makes of them.
"use strict";
const { execFileSync } = require("node:child_process");
const crypto = require("node:crypto");
const fs = require("node:fs");
const format = require(__dirname + "/sops-format.js");

const [age, keyFile] = process.argv.slice(2);
const recipient = /public key: (\S+)/.exec(fs.readFileSync(keyFile, "utf8"))[1];
const modified = "2026-03-31T12:00:00Z";

const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "db" }, stringData: { password: "Kan4rie88Zq", url: "postgres://shop:Kan4rie89Zq@db/shop", empty: "" } };
const vessel = {
  apiVersion: "example.com/v1", kind: "Vessel", metadata: { name: "mixed" },
  data: { port: 5432, tls: true, plain: false, ratio: 0.25, list: ["Kan4rie90Zq", "second"], deep: { lines: "one\ntwo: Kan4rie91Zq\n", umlaut: "für Łódź" } },
};

function seal(clear) {
  const key = crypto.randomBytes(32);
  const values = [];
  const body = format.walk(clear, (value, path) => {
    values.push(value);
    return path.some(step => /^(data|stringData)$/.test(step)) ? format.encryptValue(value, key, format.boundTo(path)) : value;
  });
  const enc = execFileSync(age, ["-r", recipient, "-a"], { input: key }).toString();
  return { body, sops: { age: [{ recipient, enc }], lastmodified: modified, mac: format.encryptValue(format.sealOf(values), key, modified), encrypted_regex: "^(data|stringData)$", version: "3.9.4" } };
}

function yaml(node, indent = "") {
  return Object.entries(node).map(([name, value]) => {
    if (Array.isArray(value)) return `${indent}${name}:\n` + value.map(item => `${indent}  - ${item}\n`).join("");
    return typeof value === "object" ? `${indent}${name}:\n${yaml(value, indent + "  ")}` : `${indent}${name}: ${value === "" ? '""' : value}\n`;
  }).join("");
}

function writeYaml(name, clear) {
  const { body, sops } = seal(clear);
  const enc = sops.age[0].enc.trimEnd().split("\n").map(line => " ".repeat(12) + line).join("\n");
  fs.writeFileSync(`${__dirname}/${name}`, `${yaml(body)}sops:\n    age:\n        - recipient: ${recipient}\n          enc: |\n${enc}\n    lastmodified: "${sops.lastmodified}"\n    mac: ${sops.mac}\n    encrypted_regex: ${sops.encrypted_regex}\n    version: ${sops.version}\n`);
}

function writeJson(name, clear) {
  const { body, sops } = seal(clear);
  fs.writeFileSync(`${__dirname}/${name}`, JSON.stringify({ ...body, sops }, null, "\t") + "\n");
}

writeYaml("secret.yaml", secret);
writeYaml("vessel.yaml", vessel);
writeJson("vessel.json", { ...vessel, metadata: { name: "mixed-json" } });
