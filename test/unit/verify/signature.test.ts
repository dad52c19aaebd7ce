import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { newSshKey } from "../../../lab/scenario/sshKey.js";
import type { OperatorArguments } from "../../../src/arguments/cacheArguments.js";
import { signerOf, signFile } from "../../../src/verify/signature.js";

describe("the signature of a record", () => {
  let folder: string;
  let record: string;
  const operators: OperatorArguments[] = [];
  const content = '{"findings":[]}\n';
  const at = (name: string): string => join(folder, name);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "signature-"));
    record = at("record.json");
    for (const name of ["grace", "ada", "eve"]) {
      const { publicKey } = await newSshKey(folder, name);
      if (name !== "eve") operators.push({ name, sshPublicKey: publicKey });
    }
  });
  beforeEach(() => {
    writeFileSync(record, content);
    signFile(record, at("ada"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const refused = (act: () => unknown, names = "grace, ada"): void => {
    const message = `${record}: its signature is not that of a key that may sign, for the file as it is now (who may: ${names}).`;
    assert.throws(act, { message });
  };

  it("is beside it, and is one of the operator whose key it is, by name", () => {
    assert.equal(signFile(record, at("grace")), `${record}.sig`);
    assert.equal(signerOf(record, content, operators), "grace");
    // Signed anew, without a question: the last one counts.
    signFile(record, at("ada"));
    assert.equal(signerOf(record, content, operators), "ada");
  });

  it("is none of a record that was changed, of a stranger's, or where there are no operators", () => {
    refused(() => signerOf(record, content.replace("[]", '["tls"]'), operators));
    refused(() => signerOf(record, content, []), "nobody");
    refused(() => signerOf(record, content, operators.slice(0, 1)), "grace");
    signFile(record, at("eve"));
    refused(() => signerOf(record, content, operators));
    rmSync(`${record}.sig`);
    assert.throws(() => signerOf(record, content, operators), {
      message: `${record}: it is not signed: there is no ${record}.sig.`,
    });
  });

  it("is none that was made for another purpose, though by the same key", () => {
    const elsewhere = at("elsewhere.json");
    copyFileSync(record, elsewhere);
    execaSync("ssh-keygen", ["-Y", "sign", "-q", "-f", at("ada"), "-n", "git", elsewhere]);
    copyFileSync(`${elsewhere}.sig`, `${record}.sig`);
    refused(() => signerOf(record, content, operators));
  });

  it("can be looked at with ssh-keygen alone, for its one purpose", () => {
    writeFileSync(at("allowed"), `ada ${operators[1]?.sshPublicKey ?? ""}\n`);
    const verify = ["-Y", "verify", "-f", at("allowed"), "-I", "ada", "-s", `${record}.sig`];
    const { stdout } = execaSync("ssh-keygen", [...verify, "-n", "verify@pulumi-hipaa-redis"], {
      input: content,
    });
    assert.match(stdout, /^Good "verify@pulumi-hipaa-redis" signature for ada /);
  });

  it("is not made with a key that there isn't, and the one before is gone", () => {
    assert.throws(() => signFile(record, at("nobody")), {
      message: "ssh-keygen ended with 255; see its own message above.",
    });
    assert.ok(!existsSync(`${record}.sig`));
  });

  it("leaves no list of signers behind, whether there is a signature or not", () => {
    const temporary = at("temporary");
    mkdirSync(temporary);
    withEnvironment("TMPDIR", temporary, () => {
      assert.equal(signerOf(record, content, operators), "ada");
      refused(() => signerOf(record, "changed", operators));
    });
    assert.deepEqual(readdirSync(temporary), []);
  });

  it("is not made or read without ssh-keygen, and says what to install", () => {
    const message = "ssh-keygen could not be run (Debian: apt install openssh-client): spawnSync ssh-keygen ENOENT";
    withEnvironment("PATH", folder, () => {
      // Not taken for a signature that is refused.
      assert.throws(() => signerOf(record, content, operators), { message });
      assert.throws(() => signFile(record, at("ada")), { message });
    });
  });
});

function withEnvironment(name: "PATH" | "TMPDIR", value: string, act: () => void): void {
  const { [name]: before } = process.env;
  process.env[name] = value;
  try {
    act();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before;
  }
}
