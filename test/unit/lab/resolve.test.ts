import assert from "node:assert/strict";
import { decode, encode, type Packet, type RecordType } from "dns-packet";
import { resolve } from "../../../lab/hosts/services/resolve.js";

const names = { "deb.debian.org": "198.51.100.20" };

describe("the lab's resolver", () => {
  const addresses: Readonly<Record<string, string>> = {
    "deb.debian.org": "198.51.100.20",
    "Deb.Debian.ORG": "198.51.100.20",
    "secretsmanager.us-east-1.amazonaws.com": "198.51.100.10",
    "ip-10-0-100-4.ec2.internal": "10.0.100.4",
    "ip-10-0-100-4.eu-west-1.compute.internal": "10.0.100.4",
  };
  for (const [name, address] of Object.entries(addresses)) {
    it(`knows ${name}`, () => {
      assert.deepEqual(ask(name, "A"), { rcode: "NOERROR", data: [address] });
    });
  }

  it("has no IPv6 address for a name that it knows", () => {
    assert.deepEqual(ask("deb.debian.org", "AAAA"), { rcode: "NOERROR", data: [] });
  });

  for (const name of ["example.com", "amazonaws.com.example.com", "ip-10-0.ec2.internal", "toString"]) {
    it(`says at once that ${name} does not exist`, () => {
      assert.deepEqual(ask(name, "A"), { rcode: "NXDOMAIN", data: [] });
    });
  }
});

function ask(name: string, type: RecordType): { rcode: unknown; data: unknown[] } {
  const query: Packet = { type: "query", id: 7, questions: [{ type, name }] };
  const answer = decode(encode(resolve(decode(encode(query)), names)));
  assert.equal(answer.id, 7);
  const data = (answer.answers ?? []).map((each) => ("data" in each ? each.data : undefined));
  return { rcode: (answer as { rcode?: unknown }).rcode, data };
}
