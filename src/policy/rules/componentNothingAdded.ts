import { neverGiven, neverGivenByCache } from "../../given/guardedInputs";
import { isMadeBy, isMadeByThisLibrary, notKnown } from "../resource";
import type { ResourceRule } from "../rule";
import { compliant, undecided, violation, worst } from "../verdict";

export const componentNothingAdded: ResourceRule = {
  name: "component-nothing-added",
  description:
    "No transform adds rules, routes, entries, policies or interfaces of its own to a component's resources.",
  control: "flows-only",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Remove it from the transform: the component's arguments have all that it can be given.",
  note: "Lists that AWS fills in as well, and that tell the program's part only before the resource is made.",
  types: [...Object.keys(neverGiven), ...Object.keys(neverGivenByCache)],
  judge(resource) {
    if (!isMadeByThisLibrary(resource)) return compliant;
    const ofCaches = isMadeBy("HipaaRedisCache", resource) ? neverGivenByCache : {};
    return worst(
      [...(neverGiven[resource.type] ?? []), ...(ofCaches[resource.type] ?? [])].map((property) => {
        const value = resource.props[property] ?? undefined;
        if (value === undefined || (Array.isArray(value) && value.length === 0)) return compliant;
        return value === notKnown
          ? undecided(`${property} is not known yet`)
          : violation(`has ${property} that no component gives`);
      }),
    );
  },
};
