import { counted } from "../../plan/counted";

/** What decides the parameters of NIST's controls. */
export interface Choices {
  readonly operatorIdleLogoffMinutes: number;
  readonly securityUpdateWindow: string;
}

/** The parameters of NIST's controls that arguments decide, by the control's id. */
export function parametersOf(controlId: string, choices: Choices): object[] {
  const idle = counted(choices.operatorIdleLogoffMinutes, "minute");
  const values: Readonly<Record<string, readonly [string, string]>> = {
    "ac-2.5": ["ac-02.05_odp", `they have done nothing for ${idle}`],
    "ac-12": ["ac-12_odp", `its operator has done nothing for ${idle}`],
    "si-2": ["si-02_odp", `the time to the next window for security updates (${choices.securityUpdateWindow} UTC)`],
  };
  const own = values[controlId];
  return own === undefined ? [] : [{ "param-id": own[0], values: [own[1]] }];
}
