import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import sshpk from "sshpk";
import { sshFingerprint, sshPublicKeyProblems } from "../../../src/arguments/sshPublicKey.js";
import { runsOf } from "../../support/dimensions.js";
import { sshPublicKey } from "../../support/sample.js";
import { lines } from "./lines.js";

const want =
  'Give one line of an OpenSSH public key, such as the file ~/.ssh/id_ed25519.pub: "ssh-ed25519 AAAA… ada@example.com".';
const key = sshPublicKey();
const told = (value: unknown): string[] => lines(sshPublicKeyProblems("key", value));
const body = Buffer.alloc(68, 1).toString("base64");

function curve(namedCurve: string): string {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve });
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return sshpk
    .parseKey(pem, "pem")
    .toString("ssh")
    .replace(/ \(.*\)$/, "");
}

describe("an operator's SSH key", () => {
  it("may be Ed25519, ECDSA, or RSA of 3072 bits", () => {
    const curves = ["P-256", "P-384", "P-521"].map(curve);
    assert.deepEqual(
      curves.map((one) => one.split(" ")[0]),
      ["ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"],
    );
    for (const sound of [key, sshPublicKey("rsa3072"), ...curves]) assert.deepEqual(told(sound), []);
  });

  it("may have a comment of 1 to 100 characters that mean nothing to sshd", () => {
    for (const sound of ["a", "ada@example.com", "A_d.a+1-x", "x".repeat(100)]) {
      assert.deepEqual(told(`${key} ${sound}`), []);
    }
    for (const bad of ["", " ada", "ada lovelace", "ada#", 'ada"', "x".repeat(101), "ada\n"]) {
      assert.deepEqual(told(`${key} ${bad}`), [`key: got something else (not shown). ${want}`]);
    }
  });

  for (const [what, value, line] of [
    ["no text", 5, `got a value that is not a string (not shown). ${want}`],
    ["nothing", undefined, `got a value that is not a string (not shown). ${want}`],
    ["two lines", `${key}\n${key}`, `got something else (not shown). ${want}`],
    ["an option", `command="sh" ${key}`, `got something else (not shown). ${want}`],
    ["a leading blank", ` ${key}`, `got something else (not shown). ${want}`],
    ["another kind", key.replace("ssh-ed25519", "ssh-ed448"), `got something else (not shown). ${want}`],
    ["another curve", `ecdsa-sha2-nistp224 ${body}`, `got something else (not shown). ${want}`],
    ["a cut body", key.slice(0, 40), `got a key that does not parse (not shown). ${want}`],
    ["DSA", sshPublicKey("dsa"), "got a DSA key. DSA is broken: give an ssh-ed25519 key."],
    [
      "RSA of 2048 bits",
      sshPublicKey("rsa2048"),
      "got an RSA key of 2048 bits. Give an ssh-ed25519 key, or RSA of at least 3072 bits.",
    ],
    [
      "a FIDO key",
      `sk-ssh-ed25519@openssh.com ${body}`,
      "got a FIDO key. The hosts take ssh-ed25519, ecdsa-sha2-nistp256/384/521 and ssh-rsa keys.",
    ],
  ] as const) {
    it(`may not be ${what}`, () => {
      assert.deepEqual(told(value), [`key: ${line}`]);
    });
  }

  it("is never shown where it is a private one: that has to go", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const putty = "PuTTY-User-Key-File-3: ssh-ed25519";
    for (const value of [pem, pem.toLowerCase(), `x ${pem}`, putty]) {
      assert.deepEqual(told(value), [
        `key: got what looks like a private key (not shown). Replace that key pair, as it has left its owner's machine. ${want}`,
      ]);
    }
  });

  // sshpk, not ssh-keygen: it judges some hundred keys in this process, and writes OpenSSH's private format for the lab's tls plugin.
  it("is read as sshpk reads it, in whatever byte of its body something else stands", () => {
    const keys = [key, sshPublicKey("rsa3072"), ...["P-256", "P-384", "P-521"].map(curve)];
    const readBySshpk = (value: string): boolean => {
      try {
        sshpk.parseKey(value, "ssh");
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.nat(), fc.nat(255), fc.nat(3), (sound, at, byte, more) => {
        const [name = "", text = ""] = sound.split(" ");
        const body = Buffer.from(text, "base64");
        const changed = Buffer.concat([body, Buffer.alloc(more)]);
        changed[at % changed.length] = byte;
        const value = `${name} ${changed.toString("base64")}`;
        // Nothing is taken that it refuses; it takes points beside their curve, and what comes behind a key.
        if (told(value).length === 0) assert.ok(readBySshpk(value), value);
        if (more > 0) assert.notDeepEqual(told(value), []);
      }),
      { numRuns: runsOf(300) },
    );
    for (const sound of keys) assert.ok(readBySshpk(sound));
  });

  it("may be no point beside its curve, and have nothing behind it", () => {
    const [name = "", text = ""] = curve("P-256").split(" ");
    const body = Buffer.from(text, "base64");
    const unreadable = `key: got a key that does not parse (not shown). ${want}`;
    const last = body.length - 1;
    for (const changed of [
      Buffer.concat([body.subarray(0, last), Buffer.from([(body[last] ?? 0) ^ 1])]),
      Buffer.concat([body, Buffer.alloc(1)]),
      Buffer.concat([body, Buffer.alloc(4)]),
    ]) {
      assert.deepEqual(told(`${name} ${changed.toString("base64")}`), [unreadable]);
    }
    assert.deepEqual(told(`ssh-rsa ${text}`), [unreadable]);
    assert.deepEqual(told(`${name} ${text}`), []);
  });

  it("has the fingerprint that ssh-keygen shows", () => {
    const hash = createHash("sha256").update(Buffer.from(key.split(" ")[1] ?? "", "base64"));
    assert.equal(sshFingerprint(key), `SHA256:${hash.digest("base64").replace(/=+$/, "")}`);
    assert.equal(sshFingerprint(`${key} ada@example.com`), sshFingerprint(key));
  });
});
