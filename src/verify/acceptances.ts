import type { RiskAcceptance } from "../evidence/acceptance";
import type { RecordSignature } from "../evidence/judgeRecord";
import { chosenRiskIds, riskIds } from "../evidence/risks";
import { attested, begins, parseForm } from "./attestations";

/**
 * Reads what was decided about risks: the form is that of attestations, with a risk's id for the control's, the name of the cache as `cache`, and of what is chosen, or left open, that as `chosen`: another
 * choice is another risk. `passed` accepts the risk until
 * the frequency is over, and its explanation begins with who has accepted it ("Accepted by …"); `failed` says that it is not acceptable. Nothing is accepted by a file that nobody
 * has signed who may.
 *
 * @throws Error that names the entry, when one is not in the form that is meant, is for no risk, or for another cache.
 */
export function riskAcceptances(text: string, cache: string, signature: RecordSignature, now: Date): RiskAcceptance[] {
  const decisions = parseForm(text, now, {
    option: "--acceptances",
    cache,
    ids: riskIds,
    unknownId: "There is no risk with that id: the risk register has the list.",
    ofChoice: chosenRiskIds,
    missing: ({ explanation, status }) =>
      status === "failed" || begins("accepted").test(explanation)
        ? undefined
        : 'Begin with "Accepted by", and name who accepted it, such as "Accepted by Ada Lovelace; decision 12".',
  });
  const distinct = new Map(decisions.map((one) => [JSON.stringify([one.control_id, one.chosen]), one]));
  return [...distinct.values()].map(({ control_id: risk, chosen }) => {
    const same = decisions.filter((one) => one.control_id === risk && one.chosen === chosen);
    const { holds, found, until } = attested(risk, same, now);
    const of = { risk, ...(chosen === undefined ? {} : { chosen }) };
    if ("refused" in signature)
      return { ...of, holds: false, found: `${found}; it does not count: ${signature.refused}` };
    const signed = `${found} (signed by ${signature.signedBy})`;
    return { ...of, holds, found: signed, ...(holds && until !== undefined ? { until } : {}) };
  });
}
