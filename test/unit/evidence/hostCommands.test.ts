import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { answeringAccount, certificateNames } from "../../../src/evidence/hostCommands.js";
import { hostPaths } from "../../../src/host/hostPaths.js";

describe("what a record says of where it was made", () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "host-commands-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** What the command keeps of an AWS CLI that logs and prints this. */
  const account = (log: readonly string[], ...printed: readonly string[]): string => {
    writeFileSync(at("log"), `${log.join("\n")}\n`);
    writeFileSync(at("printed"), printed.map((line) => `${line}\n`).join(""));
    writeFileSync(at("aws"), `#!/bin/sh\necho "$*" >${at("asked")}\ncat ${at("log")} >&2\ncat ${at("printed")}\n`);
    chmodSync(at("aws"), 0o755);
    const { PATH = "" } = process.env;
    return execaSync("sh", ["-c", answeringAccount], { env: { PATH: `${folder}:${PATH}` } }).stdout;
  };
  const sent = (url: string): string =>
    `2026-11-29 09:46:52,944 - MainThread - botocore.endpoint - DEBUG - Sending http request: <AWSPreparedRequest stream_output=False, method=POST, url=${url}, headers={'X-Amz-Security-Token': b'a secret', 'Host': 'x'}>`;

  it("is the account, and who answered, of all that the AWS CLI logs", () => {
    const log = [
      "DEBUG - {'url': 'https://elsewhere.example.com/'}",
      sent("https://sts.us-east-1.amazonaws.com/"),
      "'Account': '1'",
    ];
    assert.equal(account(log, "123456789012"), "123456789012\nhttps://sts.us-east-1.amazonaws.com");
    // Tried again, or signed in elsewhere before: each address once.
    const other = sent("http://127.0.0.1:4566/");
    assert.equal(
      account([other, other, ...log], "000000000000"),
      "000000000000\nhttp://127.0.0.1:4566\nhttps://sts.us-east-1.amazonaws.com",
    );
    assert.equal(account(["Unable to locate credentials"]), "");
  });

  it("is each DNS name of the host's certificate", () => {
    const names = "DNS:web.client.sessions.hipaa-redis.internal";
    const request = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-subj",
      "/CN=x",
    ];
    execaSync("openssl", [...request, "-addext", `subjectAltName=${names}`, "-keyout", at("key"), "-out", at("cert")]);
    const command = certificateNames.replace(hostPaths.certificate, at("cert"));
    assert.equal(execaSync("sh", ["-c", command]).stdout, "web.client.sessions.hipaa-redis.internal");
  });
});
