// The format of SOPS with keys of age, as its documentation and age-encryption.org/v1 say it, with nothing but node's own cryptography. What it
// decrypts is compared with what sops-age, which others wrote, makes of the same files (sops-age.json).
"use strict";
const crypto = require("node:crypto");

const VALUE = /^ENC\[AES256_GCM,data:(.*),iv:(.+),tag:(.+),type:(\w+)\]$/;
const CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const X25519_PRIVATE = Buffer.from("302e020100300506032b656e04220420", "hex");
const X25519_PUBLIC = Buffer.from("302a300506032b656e032100", "hex");

// What a value is bound to: the keys on the way to it, without the places in lists.
const boundTo = path => path.map(step => step + ":").join("");

function decryptValue(text, key, bound) {
  const [, data, iv, tag, type] = VALUE.exec(text);
  const cipher = crypto.createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64"));
  cipher.setAuthTag(Buffer.from(tag, "base64"));
  cipher.setAAD(Buffer.from(bound));
  const clear = Buffer.concat([cipher.update(Buffer.from(data, "base64")), cipher.final()]).toString();
  return type === "int" || type === "float" ? Number(clear) : type === "bool" ? clear === "True" : clear;
}

function encryptValue(value, key, bound) {
  if (value === "") return "";
  const iv = crypto.randomBytes(32);
  const cipher = crypto.createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(bound));
  const data = Buffer.concat([cipher.update(asBytes(value)), cipher.final()]).toString("base64");
  const type = typeof value === "boolean" ? "bool" : typeof value === "number" ? (Number.isInteger(value) ? "int" : "float") : "str";
  return `ENC[AES256_GCM,data:${data},iv:${iv.toString("base64")},tag:${cipher.getAuthTag().toString("base64")},type:${type}]`;
}

const asBytes = value => Buffer.from(value === true ? "True" : value === false ? "False" : String(value));
const sealOf = values => crypto.createHash("sha512").update(Buffer.concat(values.map(asBytes))).digest("hex").toUpperCase();
const isSealed = value => typeof value === "string" && VALUE.test(value);

function walk(node, change, path = []) {
  if (Array.isArray(node)) return node.map(item => walk(item, change, path));
  if (node === null || typeof node !== "object") return change(node, path);
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, walk(value, change, [...path, name])]));
}

// age: the recipient's stanza gives the key of the file, which gives that of its one chunk.
function openAge(armored, identities) {
  const bytes = Buffer.from(armored.replace(/-----[A-Z ]+-----/g, "").replace(/\s/g, ""), "base64");
  const end = bytes.indexOf("\n--- ") + 1;
  const lines = bytes.subarray(0, end).toString("latin1").trimEnd().split("\n");
  const after = bytes.indexOf("\n", end);
  for (let i = 1; i < lines.length; i++) {
    const [arrow, kind, share] = lines[i].split(" ");
    if (arrow !== "->" || kind !== "X25519") continue;
    for (const identity of identities) {
      const fileKey = unwrap(Buffer.from(share, "base64"), Buffer.from(lines[i + 1], "base64"), identity);
      if (!fileKey) continue;
      const mac = crypto.createHmac("sha256", hkdf(fileKey, "", "header", 32)).update(bytes.subarray(0, end + 3)).digest();
      if (!mac.equals(Buffer.from(bytes.subarray(end + 4, after).toString("latin1"), "base64"))) throw new Error("bad header MAC");
      const payload = bytes.subarray(after + 1);
      return open(hkdf(fileKey, payload.subarray(0, 16), "payload", 32), Buffer.concat([Buffer.alloc(11), Buffer.from([1])]), payload.subarray(16));
    }
  }
  return null;
}

function unwrap(share, body, identity) {
  const secret = crypto.createPrivateKey({ key: Buffer.concat([X25519_PRIVATE, identity]), format: "der", type: "pkcs8" });
  const mine = crypto.createPublicKey(secret).export({ format: "der", type: "spki" }).subarray(X25519_PUBLIC.length);
  const theirs = crypto.createPublicKey({ key: Buffer.concat([X25519_PUBLIC, share]), format: "der", type: "spki" });
  const shared = crypto.diffieHellman({ privateKey: secret, publicKey: theirs });
  try {
    return open(hkdf(shared, Buffer.concat([share, mine]), "age-encryption.org/v1/X25519", 32), Buffer.alloc(12), body);
  } catch {
    return null;
  }
}

const hkdf = (key, salt, info, length) => Buffer.from(crypto.hkdfSync("sha256", key, salt, info, length));

function open(key, nonce, sealed) {
  const cipher = crypto.createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 });
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
}

// Bech32 without its checksum, which only guards against misspellings.
function identityOf(text) {
  const data = text.toLowerCase().slice("age-secret-key-1".length, -6);
  let bits = "";
  for (const letter of data) bits += CHARSET.indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
}

module.exports = { VALUE, boundTo, decryptValue, encryptValue, sealOf, isSealed, walk, openAge, identityOf };
