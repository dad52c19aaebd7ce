import type { Assessment } from "../assess";
import { cacheTitle } from "../served";
import type { Ids } from "./deployment";
import { catalogue, listed, metadata } from "./form";
import { parametersOf } from "./parameters";
import { requirementsOf } from "./requirements";

/** The controls of NIST's catalogue that the plan speaks of: your organisation's profile selects more. */
export function profile({ plan, evidence, controls }: Assessment, date: Date, id: Ids): object {
  const controlIds = requirementsOf(controls).map(({ controlId }) => controlId);
  const parameters = controlIds.flatMap((controlId) => parametersOf(controlId, plan));
  return {
    profile: {
      uuid: id("profile"),
      metadata: metadata(`Controls that the ${cacheTitle(plan)} has a part in`, evidence.libraryVersion, date),
      imports: [{ href: catalogue, "include-controls": [{ "with-ids": controlIds }] }],
      merge: { "as-is": true },
      ...(parameters.length === 0 ? {} : { modify: listed("set-parameters", parameters) }),
    },
  };
}
