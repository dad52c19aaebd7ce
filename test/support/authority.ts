import { inDays, newIdentity, type Identity } from "../../lab/x509/identity.js";

export interface Wanted {
  readonly name: string;
  readonly purpose: "serverAuth" | "clientAuth";
  readonly from?: Date;
  readonly to?: Date;
}

/** An authority of its own, made now. */
export class Authority {
  private constructor(private readonly own: Identity) {}

  static async create(name: string): Promise<Authority> {
    return new Authority(await newIdentity({ subject: `CN=${name}`, usage: "authority", to: inDays(365) }));
  }

  get certificate(): string {
    return this.own.certificate;
  }

  issue({ name, purpose, from, to = inDays(90) }: Wanted): Promise<Identity> {
    const wanted = { subject: `CN=${name}`, usage: purpose, dnsNames: [name], from, to };
    return newIdentity({ ...wanted, signedBy: this.own });
  }
}
