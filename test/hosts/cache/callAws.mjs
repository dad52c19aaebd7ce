// Calls AWS as an application does with its SDK: once, or, with a folder, until the folder has a file `stop`. Each access key that is
// used is a line of the folder's `keys`. It ends with what became of the calls.
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const [folder] = process.argv.slice(2);
const staying = new STSClient({});
const keys = new Set();
const arns = new Set();
const failed = [];
let calls = 0;

async function call(client) {
  calls += 1;
  try {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    arns.add(Arn);
  } catch (error) {
    failed.push(String(error));
  }
}

do {
  // One that lives on, and one that begins anew, as a program that is started just now.
  await Promise.all([call(staying), call(new STSClient({}))]);
  const { accessKeyId } = await staying.config.credentials();
  if (folder !== undefined && !keys.has(accessKeyId)) appendFileSync(join(folder, "keys"), `${accessKeyId}\n`);
  keys.add(accessKeyId);
} while (folder !== undefined && !existsSync(join(folder, "stop")));

console.log(JSON.stringify({ calls, failed, arns: [...arns], keys: keys.size }));
