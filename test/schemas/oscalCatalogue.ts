/** What of a profile is read here. */
export interface Profile {
  readonly profile: {
    readonly imports: readonly [{ readonly href: string; readonly "include-controls": readonly [Included] }];
    readonly modify: { readonly "set-parameters": readonly { readonly "param-id": string }[] };
  };
}

interface Included {
  readonly "with-ids": readonly string[];
}

/** Stands in for NIST's catalogue, which is 10 MB and not to be had without a network: the controls of a profile, by their ids. */
export function catalogueOf({ profile }: Profile): object {
  const ids = profile.imports[0]["include-controls"][0]["with-ids"];
  const parameters = profile.modify["set-parameters"].map((one) => one["param-id"]);
  const families = [...new Set(ids.map(familyOf))];
  return {
    catalog: {
      uuid: "b3f1a3a5-6f0d-4d8e-9a55-0d4c1f2e3a4b",
      metadata: {
        title: "A part of NIST SP 800-53",
        "last-modified": "2026-11-22T00:00:00.000Z",
        version: "5",
        "oscal-version": "1.1.3",
      },
      groups: families.map((family) => ({
        id: family,
        title: family.toUpperCase(),
        controls: ids.filter((id) => familyOf(id) === family).map((id) => control(id, parameters)),
      })),
    },
  };
}

/** The profile as it is, but for the catalogue that it imports. */
export function withCatalogue({ profile }: Profile, href: string): object {
  return { profile: { ...profile, imports: profile.imports.map((one) => ({ ...one, href })) } };
}

function familyOf(id: string): string {
  return id.slice(0, 2);
}

/** NIST writes the parameters of ac-2.5 as ac-02.05_odp. */
function control(id: string, parameters: readonly string[]): object {
  const padded = id.replaceAll(/\d+/g, (number) => number.padStart(2, "0"));
  const own = parameters.filter((parameter) => [`${id}_odp`, `${padded}_odp`].includes(parameter));
  const prose = ["Do it", ...own.map((parameter) => `when {{ insert: param, ${parameter} }}`)].join(" ");
  return {
    id,
    title: id.toUpperCase(),
    ...(own.length === 0 ? {} : { params: own.map((parameter) => ({ id: parameter, label: "when" })) }),
    parts: [{ id: `${id}_smt`, name: "statement", prose }],
  };
}
