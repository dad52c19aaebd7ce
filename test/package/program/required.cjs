console.log(Object.keys(require("pulumi-hipaa-redis")).sort().join(","));
console.log(Object.keys(require("pulumi-hipaa-redis/ioredis")).sort().join(","));
console.log(Object.keys(require("pulumi-hipaa-redis/evidence")).sort().join(","));
console.log(Object.keys(require("pulumi-hipaa-redis/policy")).join(","));
