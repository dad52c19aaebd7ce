import { every, optional, wholeNumber, argumentsIn, type Check } from "./check";
import { generation, mostGenerations } from "./common";
import { quoted } from "./problems";
import type { RotationArguments } from "./rotationArguments";

const retired = optional(wholeNumber(0, mostGenerations));

const each = argumentsIn<RotationArguments>({
  authority: generation,
  retiredAuthority: retired,
  keys: generation,
  passwords: generation,
  retiredPasswords: retired,
});

/** What is wrong with the generations: nobody retires what is in use. */
export const rotationProblems: Check = (path, value) => {
  const problems = each(path, value);
  return problems.length > 0 ? problems : inUse(path, value);
};

const inUse = every(retiring("authority", "retiredAuthority"), retiring("passwords", "retiredPasswords"));

function retiring(name: "authority" | "passwords", retiredName: keyof RotationArguments): Check {
  return (path, value) => {
    const { [name]: current = 1, [retiredName]: retired = 0 } = value as RotationArguments;
    if (retired < current) return [];
    const allowed = `Generation ${current} is in use: raise ${path}.${name} first, and retire only older generations.`;
    return [{ path: `${path}.${retiredName}`, got: quoted(retired), allowed }];
  };
}
