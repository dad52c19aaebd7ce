/**
 * What opens a node or its network, or lets somebody into it, whichever resource it is granted on: of EC2's actions those that change the
 * rules, routes, groups, role or user data of what is there already, and the ways in through Systems Manager and EC2 Instance Connect.
 */
export const networkTakeovers: readonly string[] = [
  ...[
    "AssociateIamInstanceProfile AssociateRouteTable AttachNetworkInterface AuthorizeSecurityGroupEgress",
    "AuthorizeSecurityGroupIngress CreateNetworkAclEntry CreateRoute CreateTrafficMirrorSession ModifyInstanceAttribute",
    "ModifyNetworkInterfaceAttribute ModifySecurityGroupRules ReplaceIamInstanceProfileAssociation ReplaceNetworkAclAssociation",
    "ReplaceNetworkAclEntry ReplaceRoute ReplaceRouteTableAssociation",
  ].flatMap((line) => line.split(" ").map((name) => `ec2:${name}`)),
  "ssm:SendCommand",
  "ssm:StartSession",
  "ec2-instance-connect:SendSSHPublicKey",
  "ec2-instance-connect:SendSerialConsoleSSHPublicKey",
];
