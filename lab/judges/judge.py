"""
Judges what is given as JSON on standard input, and prints the findings as JSON:
templates of CloudFormation, by name, with cfn-lint; policies, by name, with parliament.
"""

import json
import sys

from cfnlint.config import ConfigMixIn
from cfnlint.decode import decode_str
from cfnlint.runner import Runner
from parliament import analyze_policy_string, enhance_finding

# One for all templates: to read the rules takes a second.
runner = Runner(ConfigMixIn(regions=["us-east-1"]))


def of_template(name, template):
    decoded, errors = decode_str(json.dumps(template))
    for match in errors or runner.validate_template(decoded):
        yield {
            "judge": "cfn-lint",
            "subject": name,
            "rule": match.rule.id,
            "path": [str(part) for part in match.path],
            "message": match.message,
        }


def of_policy(name, policy):
    for finding in analyze_policy_string(json.dumps(policy)).findings:
        enhance_finding(finding)
        detail = finding.detail
        yield {
            "judge": "parliament",
            "subject": name,
            "rule": finding.issue,
            "path": [],
            "message": detail if isinstance(detail, str) and detail else f"{finding.title} {json.dumps(detail)}",
        }


given = json.load(sys.stdin)
found = [one for name, template in given["templates"].items() for one in of_template(name, template)]
found += [one for name, policy in given["policies"].items() for one in of_policy(name, policy)]
json.dump(found, sys.stdout)
