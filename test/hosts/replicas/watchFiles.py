# Runs as root on a host: tells every file that is made, written to or moved below some folders, on their own file system, a line each.
# A folder that is made meanwhile is told, and not watched. Arguments: a file that it makes once it watches, a file at whose sight it
# ends, and the folders.
import ctypes
import os
import select
import struct
import sys

MODIFY, MOVED_TO, CREATE = 0x2, 0x80, 0x100
libc = ctypes.CDLL(None, use_errno=True)
watcher = libc.inotify_init1(os.O_CLOEXEC)
folders = {}


def watch(folder, device):
    if os.lstat(folder).st_dev != device:
        return False
    number = libc.inotify_add_watch(watcher, os.fsencode(folder), MODIFY | MOVED_TO | CREATE)
    if number < 0:
        raise OSError(ctypes.get_errno(), folder)
    folders[number] = folder
    return True


for top in sys.argv[3:]:
    device = os.lstat(top).st_dev
    for folder, below, _ in os.walk(top):
        below[:] = [name for name in below if not os.path.islink(os.path.join(folder, name))]
        if not watch(folder, device):
            below.clear()
open(sys.argv[1], "x").close()

told = set()
while True:
    ends = os.path.exists(sys.argv[2])
    ready, _, _ = select.select([watcher], [], [], 0.1)
    if ready:
        data = os.read(watcher, 1 << 16)
        at = 0
        while at < len(data):
            number, _, _, length = struct.unpack_from("iIII", data, at)
            name = data[at + 16 : at + 16 + length].rstrip(b"\0")
            at += 16 + length
            told.add("too many to tell" if number < 0 else os.path.join(folders[number], os.fsdecode(name)))
    elif ends:
        break
print("\n".join(sorted(told)))
