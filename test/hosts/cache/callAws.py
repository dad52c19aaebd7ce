"""The same as callAws.mjs, with boto3: callAws.py [FOLDER]"""

import json
import os
import sys

import boto3

folder = sys.argv[1] if len(sys.argv) > 1 else None
session = boto3.Session()
staying = session.client("sts")
keys = []
arns = set()
failed = []
calls = 0


def call(client):
    global calls
    calls += 1
    try:
        arns.add(client.get_caller_identity()["Arn"])
    except Exception as error:
        failed.append(repr(error))


while True:
    call(staying)
    call(boto3.Session().client("sts"))
    key = session.get_credentials().get_frozen_credentials().access_key
    if key not in keys:
        keys.append(key)
        if folder:
            with open(os.path.join(folder, "keys"), "a") as file:
                file.write(f"{key}\n")
    if not folder or os.path.exists(os.path.join(folder, "stop")):
        break

print(json.dumps({"calls": calls, "failed": failed, "arns": sorted(arns), "keys": len(keys)}))
