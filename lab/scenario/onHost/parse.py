"""Runs on a node: has the programs that will read rendered user data parse it, and tells what they made of it.

Reads a JSON list of cloud-configs from its standard input, parses each as cloud-init does, and hands its files to the
programs that they are for. argv: the tunnel's engine, and users whom the files may name though the node has none of them.
Prints a JSON list of {"config", "firewall", "sshd", "clock", "accounts", "refused"}; what was refused is no structure, but why.
"""

import json
import re
import socket
import subprocess
import sys
import tempfile

import yaml


def run(command, stdin=""):
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def as_file(content, command):
    with tempfile.NamedTemporaryFile("w", dir="/run", prefix="parsed-") as file:
        file.write(content)
        file.flush()
        return run([file.name if word == "FILE" else word for word in command])


def firewall(content, users):
    """Loads it into a network namespace of its own, in which the users exist."""
    lines = "".join(f"{name}:x:60000:60000::/:/bin/false\n" for name in users)
    with tempfile.NamedTemporaryFile("w", dir="/run", prefix="parsed-") as passwd:
        with open("/etc/passwd", encoding="utf-8") as known:
            passwd.write(known.read() + lines)
        passwd.flush()
        load = 'mount --bind "$0" /etc/passwd && nft --file /dev/stdin && nft --json list ruleset'
        return run(["unshare", "--net", "--mount", "sh", "-c", load, passwd.name], content)


def tunnel(engine, content):
    if engine == "haproxy":
        status, _, error = as_file(content, ["haproxy", "-c", "-f", "FILE"])
        return f"ended with {status}: {error}" if status != 0 else ""
    # It has no way to check alone, so it is started. It says what it makes of the file before it tries to listen, which it can't.
    _, out, error = as_file(content, ["timeout", "10", "stunnel4", "FILE"])
    faults = [line for line in (out + error).splitlines() if re.search(r"\[!\] \S+:\d+: ", line)]
    return "" if "Configuration successful" in out + error and not faults else "\n".join(faults or [out, error])


def parse(engine, text, users):
    told = {"refused": []}
    try:
        config = yaml.safe_load(text)
        if isinstance(config, list):
            config = yaml.safe_load(config[0]["content"])
    except yaml.YAMLError as error:
        return {"refused": [f"cloud-init: {error}"]}
    told["config"] = config
    for program, *arguments in config["bootcmd"]:
        if program == "systemd-sysusers":
            status, out, error = run([program, "--dry-run", *arguments])
            told["accounts"] = (out + error).splitlines()
            if status != 0:
                told["refused"].append(f"systemd-sysusers: {error}")
    for file in config["write_files"]:
        path, content = file["path"], file["content"]
        if path.endswith("/nftables.conf"):
            status, out, error = firewall(content, users)
            told["firewall"] = json.loads(out) if status == 0 else None
            if status != 0:
                told["refused"].append(f"nft: {error}")
        if "/sshd_config.d/" in path:
            status, out, error = as_file(content, ["sshd", "-T", "-f", "FILE"])
            told["sshd"] = out.splitlines()
            if status != 0:
                told["refused"].append(f"sshd: {error}")
        if path.startswith("/etc/chrony/"):
            status, out, error = as_file(content, ["chronyd", "-p", "-f", "FILE"])
            told["clock"] = out.splitlines()
            if status != 0:
                told["refused"].append(f"chronyd: {error}")
        if path.endswith(("/stunnel.conf", "/haproxy.cfg")):
            fault = tunnel(engine, content)
            if fault != "":
                told["refused"].append(f"{engine}: {fault}")
    return told


taken = socket.create_server(("127.0.0.1", 6379))
json.dump([parse(sys.argv[1], text, sys.argv[2:]) for text in json.load(sys.stdin)], sys.stdout)
