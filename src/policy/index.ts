export { hipaaRedisPolicies } from "./policies";
