import type { Rule } from "./rule";
import { authorizedPortsOnly } from "./rules/authorizedPortsOnly";
import { cacheKeyUsers } from "./rules/cacheKeyUsers";
import { cacheNetworkAclClosed } from "./rules/cacheNetworkAclClosed";
import { cacheNetworkWriters } from "./rules/cacheNetworkWriters";
import { cacheNodeAlone } from "./rules/cacheNodeAlone";
import { cacheRoleAlone } from "./rules/cacheRoleAlone";
import { cacheSecretReaders } from "./rules/cacheSecretReaders";
import { cacheSecurityGroupAlone } from "./rules/cacheSecurityGroupAlone";
import { cacheSecurityGroupClosed } from "./rules/cacheSecurityGroupClosed";
import { cacheSubnetAlone } from "./rules/cacheSubnetAlone";
import { cacheSubnetRoutes } from "./rules/cacheSubnetRoutes";
import { componentAsGiven } from "./rules/componentAsGiven";
import { componentNothingAdded } from "./rules/componentNothingAdded";
import { defaultSecurityGroupClosed } from "./rules/defaultSecurityGroupClosed";
import { ebsEncryptionByDefault } from "./rules/ebsEncryptionByDefault";
import { flowLogsEnabled } from "./rules/flowLogsEnabled";
import { iamCustomerPolicyKms } from "./rules/iamCustomerPolicyKms";
import { iamGroupHasUsers } from "./rules/iamGroupHasUsers";
import { iamInlinePolicyKms } from "./rules/iamInlinePolicyKms";
import { iamNoAdminAccess } from "./rules/iamNoAdminAccess";
import { iamNoFullAccess } from "./rules/iamNoFullAccess";
import { iamNoInlinePolicy } from "./rules/iamNoInlinePolicy";
import { iamUserInGroup } from "./rules/iamUserInGroup";
import { iamUserNoPolicies } from "./rules/iamUserNoPolicies";
import { instanceDedicated } from "./rules/instanceDedicated";
import { instanceDetailedMonitoring } from "./rules/instanceDetailedMonitoring";
import { instanceEbsOptimized } from "./rules/instanceEbsOptimized";
import { instanceInVpc } from "./rules/instanceInVpc";
import { instanceMetadataV2 } from "./rules/instanceMetadataV2";
import { instanceNoPublicIp } from "./rules/instanceNoPublicIp";
import { instanceProfileAttached } from "./rules/instanceProfileAttached";
import { internetGatewayAuthorized } from "./rules/internetGatewayAuthorized";
import { kmsKeyRotation } from "./rules/kmsKeyRotation";
import { logGroupEncrypted } from "./rules/logGroupEncrypted";
import { logGroupRetention } from "./rules/logGroupRetention";
import { noUnrestrictedRouteToIgw } from "./rules/noUnrestrictedRouteToIgw";
import { openInParts } from "./rules/openInParts";
import { prefixListNotInternet } from "./rules/prefixListNotInternet";
import { redisPortNotPublic } from "./rules/redisPortNotPublic";
import { restrictedCommonPorts } from "./rules/restrictedCommonPorts";
import { restrictedSsh } from "./rules/restrictedSsh";
import { secretRotationEnabled } from "./rules/secretRotationEnabled";
import { secretUsesKmsKey } from "./rules/secretUsesKmsKey";
import { snapshotsNotPublic } from "./rules/snapshotsNotPublic";
import { subnetNoPublicIp } from "./rules/subnetNoPublicIp";
import { volumesBackedUp } from "./rules/volumesBackedUp";
import { volumesEncrypted } from "./rules/volumesEncrypted";

/** All rules, in the order in which they are told: what guards the cache itself, then the packs' by kind of resource. */
export const rules: readonly Rule[] = [
  redisPortNotPublic,
  cacheSecurityGroupClosed,
  cacheSecurityGroupAlone,
  cacheNetworkAclClosed,
  cacheSubnetRoutes,
  cacheSubnetAlone,
  cacheNodeAlone,
  cacheSecretReaders,
  cacheKeyUsers,
  cacheRoleAlone,
  cacheNetworkWriters,
  componentAsGiven,
  componentNothingAdded,
  instanceDedicated,
  instanceMetadataV2,
  instanceNoPublicIp,
  instanceProfileAttached,
  instanceInVpc,
  instanceDetailedMonitoring,
  instanceEbsOptimized,
  volumesEncrypted,
  ebsEncryptionByDefault,
  snapshotsNotPublic,
  volumesBackedUp,
  restrictedSsh,
  restrictedCommonPorts,
  authorizedPortsOnly,
  openInParts,
  prefixListNotInternet,
  defaultSecurityGroupClosed,
  flowLogsEnabled,
  subnetNoPublicIp,
  noUnrestrictedRouteToIgw,
  internetGatewayAuthorized,
  iamNoAdminAccess,
  iamNoFullAccess,
  iamNoInlinePolicy,
  iamCustomerPolicyKms,
  iamInlinePolicyKms,
  iamUserNoPolicies,
  iamUserInGroup,
  iamGroupHasUsers,
  secretUsesKmsKey,
  secretRotationEnabled,
  kmsKeyRotation,
  logGroupEncrypted,
  logGroupRetention,
];
