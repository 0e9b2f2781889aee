// node oracle.mjs FOLDER: what sops-age 4 of npm, installed in FOLDER, makes of the files here; it reads keys, values and what they are bound to, not the MAC.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const here = path.dirname(new URL(import.meta.url).pathname);
const { decryptSops } = await import(pathToFileURL(path.join(process.argv[2], "node_modules/sops-age/dist/index.js")).href);
const secretKey = /AGE-SECRET-KEY-\S+/.exec(fs.readFileSync(path.join(here, "team.agekey"), "utf8"))[0];
const told = {};
for (const name of ["secret.yaml", "vessel.yaml", "vessel.json"])
  told[name] = await decryptSops(fs.readFileSync(path.join(here, name), "utf8"), { secretKey, fileType: path.extname(name).slice(1) });
fs.writeFileSync(path.join(here, "sops-age.json"), JSON.stringify(told, null, 2) + "\n");
