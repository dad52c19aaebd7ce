// A policy pack for stacks with a cache in them: pulumi preview --policy-pack <this folder>
import { PolicyPack } from "@pulumi/policy";
import { hipaaRedisPolicies } from "pulumi-hipaa-redis/policy";

// Policies of your own go beside them.
new PolicyPack("hipaa-redis", { policies: [...hipaaRedisPolicies()] });
