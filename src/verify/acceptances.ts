import type { RecordSignature } from "../evidence/judgeRecord";
import { riskIds } from "../evidence/risks";
import type { RiskAcceptance } from "../evidence/sheets/riskRegister";
import { attested, begins, parseForm } from "./attestations";

/**
 * Reads what was decided about risks: the form is that of attestations, with a risk's id for the control's and the name of the cache as `cache`. `passed` accepts the risk until
 * the frequency is over, and its explanation begins with who has accepted it ("Accepted by …"); `failed` says that it is not acceptable. Nothing is accepted by a file that nobody
 * has signed who may.
 *
 * @throws Error that names the entry, when one is not in the form that is meant, is for no risk, or for another cache.
 */
export function riskAcceptances(
  text: string,
  cache: string,
  signature: RecordSignature,
  now: Date,
): Map<string, RiskAcceptance> {
  const decisions = parseForm(text, now, {
    option: "--acceptances",
    cache,
    ids: riskIds,
    unknownId: "There is no risk with that id: the risk register has the list.",
    missing: ({ explanation, status }) =>
      status === "failed" || begins("accepted").test(explanation)
        ? undefined
        : 'Begin with "Accepted by", and name who accepted it, such as "Accepted by Ada Lovelace; decision 12".',
  });
  return new Map(
    decisions.map(({ control_id: id }) => {
      const { holds, found, until } = attested(id, decisions, now);
      if ("refused" in signature)
        return [id, { holds: false, found: `${found}; it does not count: ${signature.refused}` }];
      const signed = `${found} (signed by ${signature.signedBy})`;
      return [id, { holds, found: signed, ...(until === undefined ? {} : { until }) }];
    }),
  );
}
