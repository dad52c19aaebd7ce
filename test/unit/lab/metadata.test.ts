import assert from "node:assert/strict";
import { MetadataService, MetadataServices, type MetadataRequest } from "../../../lab/hosts/services/metadata.js";

const role = {
  name: "cache",
  arn: "arn:aws:iam::1:role/cache",
  profileArn: "arn:aws:iam::1:instance-profile/cache",
};
const instance = {
  privateIp: "10.0.0.4",
  instanceId: "i-1",
  role,
  userDataBase64: Buffer.from([0x1f, 0x8b, 0xff]).toString("base64"),
  texts: { "meta-data/instance-id": "i-1" },
};
const credentials = {
  AccessKeyId: "a",
  SecretAccessKey: "b",
  Token: "c",
  Expiration: "2030-01-01T00:00:00Z",
};

describe("the lab's instance metadata service", () => {
  let now = 0;
  const assumed: string[] = [];
  const service = new MetadataService(
    instance,
    (arn, session) => {
      assumed.push(`${arn} ${session}`);
      return Promise.resolve(credentials);
    },
    () => now,
  );
  const get = (path: string, headers = {}) => service.answer({ method: "GET", path: `/latest/${path}`, headers });
  const put = (ttl?: string, more = {}) => {
    const headers = {
      ...(ttl === undefined ? {} : { "x-aws-ec2-metadata-token-ttl-seconds": ttl }),
      ...more,
    };
    return service.answer({ method: "PUT", path: "/latest/api/token", headers });
  };
  const session = async (ttl = "60") => ({ "x-aws-ec2-metadata-token": String((await put(ttl)).body) });

  it("shows nothing without a token, with a made-up one, or with one that has expired", async () => {
    assert.equal((await get("meta-data/instance-id")).status, 401);
    assert.equal((await get("meta-data/instance-id", { "x-aws-ec2-metadata-token": "guess" })).status, 401);
    const headers = await session("60");
    now += 60_000;
    assert.equal((await get("meta-data/instance-id", headers)).status, 401);
  });

  it("gives no token without a lifetime, for one out of range, or through a proxy", async () => {
    for (const ttl of [undefined, "0", "21601", "soon"]) assert.equal((await put(ttl)).status, 400);
    assert.equal((await put("60", { "x-forwarded-for": "10.0.0.9" })).status, 403);
  });

  it("shows texts, the user data byte for byte, and nothing that it does not have", async () => {
    const headers = await session();
    assert.deepEqual(await get("meta-data/instance-id/", headers), { status: 200, body: "i-1" });
    assert.deepEqual((await get("user-data", headers)).body, Buffer.from([0x1f, 0x8b, 0xff]));
    assert.equal((await get("meta-data/no-such-thing", headers)).status, 404);
  });

  it("hands out the credentials of the instance's own role", async () => {
    const headers = await session();
    assert.equal((await get("meta-data/iam/security-credentials/", headers)).body, "cache");
    const { body } = await get("meta-data/iam/security-credentials/cache", headers);
    assert.deepEqual({ ...credentials, ...JSON.parse(String(body)) }, JSON.parse(String(body)));
    assert.deepEqual(assumed, [`${role.arn} i-1`]);
    assert.equal((await get("meta-data/iam/security-credentials/other", headers)).status, 404);
  });
});

describe("the lab's instance metadata services", () => {
  const services = new MetadataServices(() => Promise.resolve(credentials));
  const newcomer = { ...instance, privateIp: "10.0.0.5", instanceId: "i-2" };
  const ask = (headers: MetadataRequest["headers"], address = instance.privateIp) =>
    services.of(address)?.answer({ method: "GET", path: "/latest/meta-data/instance-id", headers });
  const session = async () => {
    const headers = { "x-aws-ec2-metadata-token-ttl-seconds": "60" };
    const answer = await services.of(instance.privateIp)?.answer({ method: "PUT", path: "/latest/api/token", headers });
    return { "x-aws-ec2-metadata-token": String(answer?.body) };
  };

  it("go on with the sessions of an instance that stays while others come and go", async () => {
    services.show([instance]);
    const headers = await session();
    services.show([instance, newcomer]);
    assert.equal((await ask(headers))?.status, 200);
    assert.equal((await ask(headers, newcomer.privateIp))?.status, 401);
    services.show([instance]);
    assert.equal((await ask(headers))?.status, 200);
    assert.equal(services.of(newcomer.privateIp), undefined);
  });

  it("know no session of the instance that had an address before", async () => {
    services.show([instance]);
    const headers = await session();
    services.show([{ ...instance, instanceId: "i-3" }]);
    assert.equal((await ask(headers))?.status, 401);
  });
});
