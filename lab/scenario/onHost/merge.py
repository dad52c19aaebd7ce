"""Runs on a host: has Debian's own cloud-init take user data apart and join it, and tells what it would do.

Reads a JSON list of user data from its standard input. Prints a JSON list, in the same order, of {"config", "alone",
"scripts", "order", "broken", "warnings"}: the joined cloud-config; each part's own, null for one that is dropped; the scripts by
name, with what would be run; the order in which they are; what would end in an error.
"""

import base64
import contextlib
import io
import json
import logging
import os
import sys
import tempfile

from cloudinit import helpers, user_data, util
from cloudinit.handlers import CONTENT_END, CONTENT_START, walk
from cloudinit.handlers.cloud_config import CloudConfigPartHandler
from cloudinit.handlers.shell_script import ShellScriptPartHandler


class Warnings(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.told = []

    def emit(self, record):
        self.told.append(record.getMessage())


class Paths(helpers.Paths):
    """Those of an instance that is all in one folder."""

    def __init__(self, folder):
        super().__init__({"cloud_dir": folder, "run_dir": folder})
        self.folder = folder

    def get_ipath_cur(self, name=None):
        return os.path.join(self.folder, self.lookups.get(name, "")) if name else self.folder

    def get_ipath(self, name=None):
        return self.get_ipath_cur(name)


def plain(value):
    """JSON has no bytes, dates or keys that are no texts."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if isinstance(value, bytes):
        return "bytes " + base64.b64encode(value).decode()
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def broken(config):
    """What the modules would end with; those that run commands or write are asked for no more than their first half."""
    faults = []

    def attempt(name, act):
        try:
            act()
        except Exception as error:
            faults.append(f"{name}: {type(error).__name__}")

    for name in ("bootcmd", "runcmd"):
        if name in config:
            attempt(name, lambda name=name: util.shellify(config[name]))
    attempt("packages", lambda: util.expand_package_list("%s=%s", util.get_cfg_option_list(config, "packages", [])))
    attempt("write_files", lambda: [prepare(file) for file in config.get("write_files", [])])
    return faults


def prepare(file):
    util.get_cfg_option_bool(file, "defer", False)
    if file.get("path"):
        os.path.abspath(file["path"])
        (file.get("encoding") or "").lower()
        util.encode_text(file.get("content", ""))
        util.extract_usergroup(file.get("owner", "root:root"))


def join(text, warnings):
    warnings.told = []
    with tempfile.TemporaryDirectory(dir="/run", prefix="joined-") as folder:
        paths = Paths(folder)
        message = user_data.UserDataProcessor(paths).process(text.encode())
        configs, scripts = CloudConfigPartHandler(paths), ShellScriptPartHandler(paths)
        told = {"alone": [], "scripts": {}}

        def take(_data, filename, payload, headers):
            kind = headers["Content-Type"]
            if kind == "text/cloud-config":
                told["alone"].append(plain(util.load_yaml(payload)))
                configs.handle_part(None, kind, filename, payload, None, headers)
            elif kind == "text/x-shellscript":
                scripts.handle_part(None, kind, filename, payload, None)
            else:
                warnings.told.append(f"a part of type {kind}")

        configs.handle_part(None, CONTENT_START, None, None, None, {})
        walk(message, take, None)
        configs.handle_part(None, CONTENT_END, None, None, None, {})
        joined = util.read_conf(configs.cloud_fn)
        if os.path.isdir(scripts.script_dir):
            for name in os.listdir(scripts.script_dir):
                with open(os.path.join(scripts.script_dir, name), encoding="utf-8", newline="") as file:
                    told["scripts"][name] = file.read()
    # As subp.runparts() runs them; the module runcmd writes the one of that name.
    told["order"] = sorted([*told["scripts"], "runcmd"])
    return {**told, "config": plain(joined), "broken": broken(joined), "warnings": warnings.told}


log = Warnings()
logging.getLogger("cloudinit").addHandler(log)
with contextlib.redirect_stdout(io.StringIO()):
    joined_texts = [join(text, log) for text in json.load(sys.stdin)]
json.dump(joined_texts, sys.stdout)
