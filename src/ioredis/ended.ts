/** A command of ioredis, as far as its end goes. */
interface Open {
  reject?: (error: Error) => void;
  [ended]?: boolean;
}

const ended = Symbol("whether it has failed");

/** Has a command remember that it has failed for good, whoever still holds it to send it. */
export function noteEnd(given: object): void {
  const command = given as Open;
  const { reject } = command;
  if (reject === undefined || command[ended] !== undefined) return;
  command[ended] = false;
  command.reject = (error) => {
    command[ended] = true;
    reject.call(command, error);
  };
}

export function hasEnded(command: object): boolean {
  return (command as Open)[ended] === true;
}
