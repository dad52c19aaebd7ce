import type { Owner } from "../control";
import { libraryName } from "../library";

/** Who sees to a control, as a role of OSCAL's. */
const roleIds: Readonly<Record<Owner, string>> = {
  component: "provider",
  AWS: "cloud-provider",
  organisation: "system-owner",
};

export const ownerRoles = [
  { id: roleIds.component, title: `This component, ${libraryName}` },
  { id: roleIds.AWS, title: "AWS" },
  { id: roleIds.organisation, title: "Your organisation" },
] as const;

/** Those who see to controls, each once; the first of each control before the others. */
export function responsibleRoles(controls: readonly { readonly owners: readonly Owner[] }[]): object[] {
  const owners = [
    ...controls.flatMap(({ owners: [first] }) => (first === undefined ? [] : [first])),
    ...controls.flatMap(({ owners: [, ...others] }) => others),
  ];
  return [...new Set(owners)].map((owner) => ({ "role-id": roleIds[owner] }));
}
