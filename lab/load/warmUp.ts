/** An application runs for days: its code has long been compiled, for which a short measurement leaves no time. */
export const leastWarmUpMilliseconds = 1500;
