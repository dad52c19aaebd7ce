import { clientUserData } from "../../src/host/clientUserData.js";
import { nodeUserData } from "../../src/host/nodeUserData.js";
import { userDataBytes, userDataLimitBytes } from "../../src/host/userData.js";
import { planClient } from "../../src/plan/clientPlan.js";
import { getOrThrow } from "../../src/resources/getOrThrow.js";
import { tunnelEngines } from "../../src/plan/tunnel.js";
import { sampleConnection, samplePlan } from "../../lab/sample.js";
import { result, type Result } from "../figures/result.js";

/** The user data of the sample cache's node, with one operator, and of an app host, as EC2 counts them. */
export function userDataSize(): Result[] {
  return tunnelEngines.flatMap((tunnel) => {
    const plan = samplePlan({ tunnel });
    const node = getOrThrow(new Map(plan.nodes.map((one) => [one.name, one])), "sessions-0");
    const leaves = { region: sampleConnection.region, secretArn: sampleConnection.secretArn };
    const client = planClient("web", { appUser: "web", tunnel });
    const ofNode = userDataBytes(nodeUserData(plan, node, leaves));
    const ofClient = userDataBytes(clientUserData(client, sampleConnection, []));
    return [
      result(`user data of a node with ${tunnel}`, "bytes", [ofNode], { atMost: userDataLimitBytes }),
      result(`user data of an app host with ${tunnel}`, "bytes", [ofClient], { atMost: userDataLimitBytes }),
    ];
  });
}
