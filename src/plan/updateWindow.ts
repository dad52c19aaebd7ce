/**
 * Every night, when it is between midnight in Los Angeles and 4 o'clock in New York: a hole that is known is open for a day at
 * most, and in a night without an update that concerns a service nothing is restarted.
 */
export const defaultSecurityUpdateWindow = "08:00";
