import {
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  EC2Client,
  EC2ServiceException,
} from "@aws-sdk/client-ec2";
import { clientOptions, type Api } from "../clientOptions.js";

export function ec2Client(api: Api): EC2Client {
  return new EC2Client(clientOptions(api));
}

/** Deletes what a probe made through the EC2 API, if it and the API are still there. */
export async function deleteEc2({ endpoint, region, id }: Api & { readonly id: string }): Promise<void> {
  const ec2 = new EC2Client({ ...clientOptions({ endpoint, region }), maxAttempts: 1 });
  try {
    if (id.startsWith("eni-")) await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
    else await ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
  } catch (error) {
    const gone = error instanceof EC2ServiceException && error.name.endsWith(".NotFound");
    const stopped = (error as { code?: string }).code === "ECONNREFUSED";
    if (!gone && !stopped) throw error;
  }
}
