import { isFilledIn } from "../../given/filledIn";
import { isAt, isFree } from "../../given/freeInputs";
import { givenInputs } from "../../given/givenInputs";
import { leavesOf, type Leaf } from "../leaves";
import { insideOf, notKnown } from "../resource";
import type { ResourceRule } from "../rule";
import { compliant, undecided, violation, worst } from "../verdict";

export const componentNothingAdded: ResourceRule = {
  name: "component-nothing-added",
  description: "No transform gives a component's resources an input that no component gives them.",
  control: "flows-only",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Remove it from the transform: the component's arguments have all that it can be given.",
  note:
    "It refuses rules and routes inside a group or a table, policies, addresses, interfaces, replicas and every other input of its " +
    "resources, unless it says what is there without it. AWS fills many in, so they can be told apart only before the resource is made.",
  types: "components",
  judge(resource) {
    const { type, props } = resource;
    const given = givenInputs(insideOf(resource)?.component ?? "", type);
    // What the component has not made is component-as-given's matter.
    if (given === undefined) return compliant;
    // An object that is to come may have in it what is given, and no more: component-as-given judges it when it is there.
    const isGiven = ({ path, value }: Leaf): boolean =>
      given.some((one) => isAt(path, one) || (value === notKnown && isAt(one, path)));
    const added = leavesOf(props, "").filter(
      (leaf) => !isFree(type, leaf.path) && !isGiven(leaf) && !isFilledIn(type, leaf.path, leaf.value),
    );
    return worst(
      added.map(({ path, value }) =>
        value === notKnown ? undecided(`${path} is not known yet`) : violation(`has ${path} that no component gives`),
      ),
    );
  },
};
