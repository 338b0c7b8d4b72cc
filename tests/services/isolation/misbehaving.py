"""Tasks that do what a reader of files must not; each runs in a child."""

import ctypes
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import numpy as np
import pandas as pd

from chb.domain.refusal import Refusal
from chb.services.isolation.answers import Answer


def say_hello(job):
    job.tell(1, 2, "half")
    return Answer({"hello": job.options.get("name", ""), "files": [g.name for g in job.given]})


def look_round(job):
    """What the child can see of the server's surroundings."""
    return Answer(
        {
            "environment": sorted(os.environ),
            "folder": str(Path.cwd()),
            "mode": Path.cwd().stat().st_mode & 0o777,
            "threads": len(list(Path("/proc/self/task").iterdir())),
        }
    )


def eat_memory(job):
    kept = []
    while True:
        kept.append(np.ones(4_000_000))


def eat_memory_in_python(job):
    return Answer({"text": "x" * 8_000_000_000})


def loop(job):
    while True:
        pass


def sleep(job):
    time.sleep(600)


def write_too_much(job):
    with Path("huge").open("wb") as stream:
        while True:
            stream.write(bytes(1_000_000))


def leave_files(job):
    for number in range(20):
        Path(f"left-{number}").write_text("secret")
    job.tell(0, 0, str(os.getpid()))
    time.sleep(600)


def refuse(job):
    raise Refusal("It is wrong", found="Row 7", cause="A slip", remedy="Mend it")


def fail(job):
    raise ZeroDivisionError("a name that must not be shown")


def die(job):
    os.abort()


def _tried(attempt):
    try:
        attempt()
    except Exception as error:
        return type(error).__name__
    return "done"


def reach_out(job):
    """Each way out, and how it ended."""
    port = job.options["port"]
    ways = {
        "connect": lambda: socket.create_connection(("127.0.0.1", port), timeout=2),
        "datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "bind": lambda: socket.create_server(("127.0.0.1", 0)),
        "name": lambda: socket.getaddrinfo("example.org", 80),
        "web": lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2),
        "program": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        "shell": lambda: os.system("true"),
        "fork": os.fork,
        "elsewhere": lambda: Path("/tmp/holdfast-elsewhere").write_text("x"),
        "passwords": lambda: Path("/etc/passwd").read_text(),
        "database": lambda: sqlite3.connect(job.options["database"]),
        "database as a file": lambda: Path(job.options["database"]).read_bytes(),
    }
    return Answer({name: _tried(way) for name, way in ways.items()})


def pass_the_hook_by(job):
    """A connection by the C library: no audit hook sees it."""
    libc = ctypes.CDLL(None)
    descriptor = libc.socket(2, 1, 0)
    address = (2).to_bytes(2, "little") + job.options["port"].to_bytes(2, "big")
    return Answer(
        {"code": libc.connect(descriptor, address + bytes([127, 0, 0, 1]) + bytes(8), 16)}
    )


def answer_with_a_pickle(job):
    return Answer({}, {"frame": pd.DataFrame({"a": [b"\x80\x04."]}, dtype=object)})


def answer_off_the_globe(job):
    return Answer({}, {"frame": pd.DataFrame({"longitude": [999.0], "latitude": [0.0]})})


def answer_with_a_link(job):
    Path("frame.arrow").symlink_to("/etc/passwd")
    Path("answer.json").write_text('{"found": {}, "frames": ["frame"]}')
    job.tell(0, 0, "x")
    os.write(_line(), b'{"done": true}\n')
    os._exit(0)


def answer_rubbish(job):
    os.write(_line(), b"rubbish\n")
    time.sleep(600)


def _line():
    """The descriptor of the line to the parent: the highest socket that is open."""
    entries = Path("/proc/self/fd").iterdir()
    sockets = [int(each.name) for each in entries if _is_socket(each)]
    return max(sockets)


def _is_socket(entry):
    try:
        return str(entry.readlink()).startswith("socket:") and int(entry.name) > 2
    except OSError:  # the descriptor that the folder was listed by
        return False
