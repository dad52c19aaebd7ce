import { Agent } from "node:http";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { RoleCredentials } from "./metadata.js";

const freshMs = 20 * 60 * 1000;

/** Really assumes roles at LocalStack's STS, and keeps the credentials while they are good for 20 minutes more. */
export function roleAssumer(region: string, socketPath: string) {
  const agent = new Agent({ socketPath } as ConstructorParameters<typeof Agent>[0]);
  const sts = new STSClient({
    region,
    endpoint: "http://sts.localhost",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: new NodeHttpHandler({ httpAgent: agent }),
  });
  const kept = new Map<string, RoleCredentials>();
  return async (roleArn: string, sessionName: string): Promise<RoleCredentials> => {
    const key = `${roleArn} ${sessionName}`;
    const known = kept.get(key);
    if (known !== undefined && Date.parse(known.Expiration) - Date.now() > freshMs) return known;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName }));
    if (Credentials === undefined) throw new Error(`STS gave no credentials for ${roleArn}.`);
    const fresh = {
      AccessKeyId: Credentials.AccessKeyId ?? "",
      SecretAccessKey: Credentials.SecretAccessKey ?? "",
      Token: Credentials.SessionToken ?? "",
      Expiration: (Credentials.Expiration ?? new Date()).toISOString().replace(/\.\d+/, ""),
    };
    kept.set(key, fresh);
    return fresh;
  };
}
