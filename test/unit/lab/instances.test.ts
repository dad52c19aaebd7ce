import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { readInstances } from "../../../lab/hosts/instances.js";

const listed = `<DescribeInstancesResponse><reservationSet><item><instancesSet><item>
  <instanceId>i-1</instanceId><vpcId>vpc-1</vpcId><subnetId>subnet-1</subnetId><privateIpAddress>10.0.0.4</privateIpAddress>
  <placement><availabilityZone>us-east-1a</availabilityZone></placement><instanceType>t3.micro</instanceType><imageId>ami-1</imageId>
  <networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId><macAddress>02:00:00:00:00:01</macAddress></item></networkInterfaceSet>
  <iamInstanceProfile><arn>arn:aws:iam::1:instance-profile/cache</arn></iamInstanceProfile>
</item></instancesSet></item></reservationSet></DescribeInstancesResponse>`;

describe("the instances that the lab boots", () => {
  let server: Server;
  let error: string;
  before(async () => {
    const answers: Readonly<Record<string, () => readonly [number, string]>> = {
      DescribeInstances: () => [200, listed],
      DescribeInstanceAttribute: () => [
        200,
        "<DescribeInstanceAttributeResponse><userData><value/></userData></DescribeInstanceAttributeResponse>",
      ],
      GetInstanceProfile: () => [
        400,
        `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code></Error></ErrorResponse>`,
      ],
    };
    server = createServer((request, response) => {
      void text(request).then((body) => {
        const [status, xml] = answers[new URLSearchParams(body).get("Action") ?? ""]?.() ?? [400, ""];
        response.writeHead(status, { "content-type": "text/xml" }).end(xml);
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  after(() => {
    server.close();
  });
  const read = () =>
    readInstances({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: "us-east-1" }, [
      "vpc-1",
    ]);

  it("are told though one goes, with its profile, while they are read", async () => {
    error = "NoSuchEntity";
    assert.deepEqual(
      (await read()).map(({ instanceId, role }) => [instanceId, role]),
      [["i-1", undefined]],
    );
  });

  it("are not told where AWS refuses to say which role one has: the control case", async () => {
    error = "AccessDenied";
    await assert.rejects(read(), /AccessDenied/);
  });
});
