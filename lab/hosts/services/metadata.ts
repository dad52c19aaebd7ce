import { randomBytes } from "node:crypto";
import type { InstanceMetadata } from "./serviceConfig.js";

export interface MetadataRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface MetadataAnswer {
  readonly status: number;
  readonly body: string | Buffer;
}

/** Temporary credentials in the form in which the metadata service hands them out. */
export interface RoleCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
  readonly Expiration: string;
}

/** Really takes a role for a session of that name. */
type AssumeRole = (roleArn: string, sessionName: string) => Promise<RoleCredentials>;

/** The instance metadata services of a VPC's instances, by their addresses. */
export class MetadataServices {
  #services = new Map<string, MetadataService>();

  constructor(private readonly assumeRole: AssumeRole) {}

  /** From now on there are these; one that was there before keeps its sessions. */
  show(instances: readonly InstanceMetadata[]): void {
    this.#services = new Map(
      instances.map((instance) => {
        const before = this.of(instance.privateIp);
        const isSame = before?.instanceId === instance.instanceId;
        return [instance.privateIp, isSame ? before : new MetadataService(instance, this.assumeRole)];
      }),
    );
  }

  of(address: string): MetadataService | undefined {
    return this.#services.get(address);
  }
}

/** The instance metadata service of one instance, version 2 only: without a session token there is nothing to see. */
export class MetadataService {
  readonly #tokens = new Map<string, number>();

  constructor(
    private readonly instance: InstanceMetadata,
    private readonly assumeRole: AssumeRole,
    private readonly now: () => number = Date.now,
  ) {}

  get instanceId(): string {
    return this.instance.instanceId;
  }

  async answer(request: MetadataRequest): Promise<MetadataAnswer> {
    if (request.headers["x-forwarded-for"] !== undefined) return { status: 403, body: "" };
    const path = request.path.replace(/\?.*$/, "").replace(/\/+$/, "");
    if (path === "/latest/api/token") return this.#issueToken(request);
    if (request.method !== "GET" && request.method !== "HEAD") return { status: 405, body: "" };
    const expires = this.#tokens.get(String(request.headers["x-aws-ec2-metadata-token"] ?? ""));
    if (expires === undefined || expires <= this.now()) return { status: 401, body: "" };
    return this.#document(path.replace(/^\/latest\//, ""));
  }

  #issueToken({ method, headers }: MetadataRequest): MetadataAnswer {
    if (method !== "PUT") return { status: 405, body: "" };
    const seconds = Number(headers["x-aws-ec2-metadata-token-ttl-seconds"]);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > 21600) return { status: 400, body: "" };
    const token = randomBytes(40).toString("base64url");
    this.#tokens.set(token, this.now() + seconds * 1000);
    return { status: 200, body: token };
  }

  async #document(path: string): Promise<MetadataAnswer> {
    const { role, texts, userDataBase64, instanceId } = this.instance;
    if (path === "user-data" && userDataBase64 !== "") {
      return { status: 200, body: Buffer.from(userDataBase64, "base64") };
    }
    const text = texts[path];
    if (text !== undefined) return { status: 200, body: text };
    if (role === undefined) return { status: 404, body: "" };
    if (path === "meta-data/iam/security-credentials") return { status: 200, body: role.name };
    if (path === "meta-data/iam/info") {
      return json({ Code: "Success", LastUpdated: this.#timestamp(), InstanceProfileArn: role.profileArn });
    }
    if (path !== `meta-data/iam/security-credentials/${role.name}`) return { status: 404, body: "" };
    const credentials = await this.assumeRole(role.arn, instanceId);
    return json({ Code: "Success", LastUpdated: this.#timestamp(), Type: "AWS-HMAC", ...credentials });
  }

  #timestamp(): string {
    return new Date(this.now()).toISOString().replace(/\.\d+/, "");
  }
}

function json(value: unknown): MetadataAnswer {
  return { status: 200, body: JSON.stringify(value, null, 2) };
}
