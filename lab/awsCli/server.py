"""Runs Debian's AWS CLI for many callers, each in a process of its own that is forked from one that has loaded it.

    server.py SOCKET [SERVICE ...]

Most of a command's time is the AWS CLI's own start: its modules, and the models of services, which are read here once. A child runs
the very function that /usr/bin/aws runs, with its caller's arguments, environment, folder and open files. The server says "ready"
when it listens, and ends, with what it still runs, when its standard input does.
"""

import functools
import gc
import marshal
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

import awscli.clidriver
from botocore import loaders

# A datagram of a Unix socket holds no more: arguments, folder and environment.
MOST_BYTES = 200_000


def main():
    path, *services = sys.argv[1:]
    load(services)
    take_place_of(Server(path).next_request())
    status = awscli.clidriver.main()
    # As Python ends it frees all that was loaded, and so would copy every page of it: a third of a child's work. It says itself what
    # could not be written.
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def load(services):
    """Has everything in memory that commands for these services would read from files of the AWS CLI."""
    driver = awscli.clidriver.create_clidriver()
    read = functools.cache(functools.partial(loaders.JSONFileLoader.load_file, loaders.JSONFileLoader()))
    loaders.JSONFileLoader.load_file = lambda _, file_path: read(file_path)
    data = Path(loaders.Loader.BUILTIN_DATA_PATH)
    for file in [*data.glob("*.json"), *(file for one in services for file in data.glob(f"{one}/*/*.json"))]:
        read(str(file.with_suffix("")))
    list_once(driver.session.get_component("data_loader"))
    # Else every child would copy the pages of all that when it first collects garbage.
    gc.freeze()


def list_once(loader):
    """Which services there are each command asks four times, which is a look into a thousand folders."""
    listed = loaders.Loader.list_available_services
    kinds = ("service-2", "paginators-1", "waiters-2", "endpoint-rule-set-1")
    known = {(kind, *loader.search_paths): listed(loader, kind) for kind in kinds}

    def find(self, type_name):
        return known.get((type_name, *self.search_paths)) or listed(self, type_name)

    loaders.Loader.list_available_services = find


class Server:
    def __init__(self, path):
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.listener.bind(path)
        self.listener.listen()
        # A byte comes out of this pipe when a child has ended.
        self.ended, wake = socket.socketpair()
        wake.setblocking(False)
        self.wake = wake
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake.fileno())
        self.ready = selectors.DefaultSelector()
        for source in (sys.stdin, self.listener, self.ended):
            self.ready.register(source, selectors.EVENT_READ)
        # Who waits for a child, by its process id.
        self.callers = {}
        print("ready", flush=True)

    def next_request(self):
        """Returns in each child alone, with its request."""
        while True:
            for key, _ in self.ready.select():
                request = self.on(key.fileobj, key.data)
                if request is not None:
                    return request

    def on(self, source, pid):
        if source is sys.stdin:
            self.end()
        elif source is self.ended:
            self.ended.recv(4096)
            self.tell()
        elif source is self.listener:
            self.ready.register(self.listener.accept()[0], selectors.EVENT_READ)
        elif pid is None:
            return self.start(source)
        elif pid in self.callers:
            # Who asked is gone.
            self.ready.unregister(source)
            os.kill(pid, signal.SIGTERM)
        return None

    def start(self, caller):
        message, files, _, _ = socket.recv_fds(caller, MOST_BYTES, 3)
        pid = os.fork() if message else None
        if pid == 0:
            self.leave()
            return marshal.loads(message), files
        for fd in files:
            os.close(fd)
        if pid is None:
            self.ready.unregister(caller)
            caller.close()
        else:
            self.callers[pid] = caller
            self.ready.modify(caller, selectors.EVENT_READ, pid)
        return None

    def tell(self):
        """Tells whose process has ended how it did."""
        while self.callers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            code = os.waitstatus_to_exitcode(status)
            caller = self.callers.pop(pid)
            if caller in self.ready.get_map():
                self.ready.unregister(caller)
            with suppress(OSError), caller:
                # A shell has 128 and the signal's number of who was ended by one.
                caller.send(str(code if code >= 0 else 128 - code).encode())

    def leave(self):
        """A child has none of the server's files."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.ready.close()
        for one in (self.listener, self.ended, self.wake, *self.callers.values()):
            one.close()

    def end(self):
        for pid in self.callers:
            os.kill(pid, signal.SIGTERM)
        sys.exit()


def take_place_of(request):
    (arguments, folder, environment), files = request
    for target, fd in enumerate(files):
        os.dup2(fd, target)
        os.close(fd)
    os.chdir(folder)
    # The AWS CLI adds its own data to what the environment names when it is loaded.
    data = [environment.get(b"AWS_DATA_PATH"), os.environb[b"AWS_DATA_PATH"]]
    os.environb.clear()
    os.environb.update({**environment, b"AWS_DATA_PATH": b":".join(filter(None, data))})
    sys.argv = ["/usr/bin/aws", *arguments]


if __name__ == "__main__":
    sys.exit(main())
