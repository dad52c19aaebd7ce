import { Agent as HttpAgent, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import type { IncomingMessage } from "node:http";
import { once } from "node:events";

interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

interface LiveParameter {
  readonly Name?: string;
  readonly Type?: string;
  readonly Value?: string;
  readonly ARN?: string;
  readonly Version?: number;
}

/** What is asked, and what is answered (Systems Manager API Reference). */
interface Actions {
  GetParameter: [{ Name: string; WithDecryption?: boolean }, { Parameter: LiveParameter }];
  PutParameter: [
    { Name: string; Value: string; Type?: string; Description?: string; Overwrite?: boolean; Tags?: readonly Tag[] },
    { Version: number },
  ];
  DeleteParameter: [{ Name: string }, object];
  DescribeParameters: [
    { ParameterFilters?: readonly { Key: string; Values: readonly string[] }[] },
    { Parameters: readonly (LiveParameter & { Description?: string })[] },
  ];
  ListTagsForResource: [{ ResourceType: "Parameter"; ResourceId: string }, { TagList?: readonly Tag[] }];
  AddTagsToResource: [{ ResourceType: "Parameter"; ResourceId: string; Tags: readonly Tag[] }, object];
  RemoveTagsFromResource: [{ ResourceType: "Parameter"; ResourceId: string; TagKeys: readonly string[] }, object];
}

/**
 * Systems Manager's parameters at an emulator, in AWS's JSON protocol, with no more than the lab needs. The emulator reads of the
 * credentials whose account is meant, and checks no signature.
 */
export class Ssm {
  constructor(
    private readonly to: {
      readonly endpoint: string;
      readonly region: string;
      readonly credentials: { readonly accessKeyId: string };
    },
  ) {}

  async send<Action extends keyof Actions>(action: Action, input: Actions[Action][0]): Promise<Actions[Action][1]> {
    const { endpoint, region, credentials } = this.to;
    const scope = `${credentials.accessKeyId}/20261101/${region}/ssm/aws4_request`;
    const isHttps = endpoint.startsWith("https:");
    // A connection for each request, as the lab's other clients have it.
    const agent = isHttps ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false });
    const asked = (isHttps ? requestHttps : requestHttp)(endpoint, {
      method: "POST",
      agent,
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AmazonSSM.${action}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      },
    });
    asked.end(JSON.stringify(input));
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    const body = JSON.parse((await text(answer)) || "{}") as { __type?: string; message?: string };
    if (answer.statusCode === 200) return body;
    const name = body.__type?.split("#").at(-1) ?? "Error";
    throw Object.assign(new Error(`${name}: ${body.message ?? String(answer.statusCode)}`), { name });
  }
}
