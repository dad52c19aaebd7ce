import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execaSync } from "execa";

/** A timestamp authority of RFC 3161 on loopback, by openssl-ts(1), with an authority of its own. */
export interface TimestampAuthority {
  readonly url: string;
  readonly caFile: string;
  readonly stop: () => void;
}

const configuration = (folder: string): string => `
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = ${folder}/serial
crypto_device = builtin
signer_cert = ${folder}/tsa.pem
signer_key = ${folder}/tsa.key
signer_digest = sha256
certs = ${folder}/tsa-ca.pem
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
`;

/** Answers each request; it is a process of its own, since the command line waits for its answer in this one. */
const server = `
const { createServer } = require("node:http");
const { spawnSync } = require("node:child_process");
const { writeFileSync } = require("node:fs");
const [folder] = process.argv.slice(1);
createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    writeFileSync(folder + "/query", Buffer.concat(parts));
    const args = ["ts", "-reply", "-config", folder + "/tsa.cnf", "-section", "tsa_config", "-queryfile", folder + "/query"];
    const { stdout } = spawnSync("openssl", args);
    response.writeHead(request.url === "/" ? 200 : 500, { "Content-Type": "application/timestamp-reply" });
    response.end(stdout);
  });
}).listen(0, "127.0.0.1", function () { console.log(this.address().port); });
`;

export async function startTimestampAuthority(folder: string): Promise<TimestampAuthority> {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): unknown => execaSync("openssl", args);
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    at("tsa-ca.key"),
    "-out",
    at("tsa-ca.pem"),
    "-subj",
    "/CN=ca",
    "-days",
    "2",
  );
  openssl("req", ...newKey, "-keyout", at("tsa.key"), "-out", at("tsa.csr"), "-subj", "/CN=tsa");
  writeFileSync(at("tsa.ext"), "extendedKeyUsage = critical,timeStamping\n");
  const by = ["-CA", at("tsa-ca.pem"), "-CAkey", at("tsa-ca.key"), "-CAcreateserial", "-days", "2"];
  openssl("x509", "-req", "-in", at("tsa.csr"), ...by, "-extfile", at("tsa.ext"), "-out", at("tsa.pem"));
  writeFileSync(at("tsa.cnf"), configuration(folder));
  writeFileSync(at("serial"), "01\n");
  const child = spawn(process.execPath, ["-e", server, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await firstLine(child);
  return { url: `http://127.0.0.1:${port}/`, caFile: at("tsa-ca.pem"), stop: () => child.kill() };
}

function firstLine({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    stdout?.once("data", (text: Buffer) => {
      resolve(text.toString("utf8").trim());
    });
    stdout?.once("end", () => {
      reject(new Error("The timestamp authority did not start."));
    });
  });
}
