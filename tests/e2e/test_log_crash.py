# SPDX-License-Identifier: EUPL-1.2
"""The real program, stopped: each of its system calls fails or kills it once, and it is killed while it appends.

Whatever happened, the log opens again, has every entry that was acknowledged, and nothing that nobody appended.
"""

import os
import pathlib
import random
import re
import shutil
import subprocess

import pytest

from stopped import KILL, count_calls, fails_with, memory_folder, run_stopped, why_no_strace
from tile_log import TileLog, leaf_hash

ORIGIN = "example.org/log"
CALLS = ("openat", "write", "fdatasync", "fsync", "rename", "mkdir", "flock", "unlink", "rmdir", "read", "getdents64",
         "access")
KILLS = 12


@pytest.fixture(scope="module")
def program():
    return os.environ["ROGATORY_BIN"]


@pytest.fixture(scope="module")
def ready(program, tmp_path_factory):
    """A log of 254 signed entries and three more in the journal: to open it makes the first full tile."""
    top = tmp_path_factory.mktemp("ready")

    def run(*arguments, text=""):
        subprocess.run([program, "log", *arguments], input=text, text=True, check=True, capture_output=True)

    run("key", f"{top}/key", "--name", ORIGIN)
    run("init", f"{top}/log", "--origin", ORIGIN)
    run("append", f"{top}/log", "-", text="".join(f"old {i}\n" for i in range(254)))
    run("checkpoint", f"{top}/log", "--key", f"{top}/key")
    run("append", f"{top}/log", "-", text="old 254\nold 255\nold 256\n")
    for name in ("a", "b"):
        (top / name).write_text(f"new {name}")
    return top


@pytest.fixture
def copies():
    with memory_folder() as name:
        yield pathlib.Path(name)


class Case:
    """One copy of the ready log, and what the program said of it."""

    def __init__(self, program, ready, folder, name):
        self.program, self.ready = program, ready
        self.log = folder / name
        shutil.copytree(ready / "log", self.log)
        self.said = {i: f"old {i}".encode() for i in range(257)}
        self.allowed = set(self.said.values()) | {b"new a", b"new b"}
        self.signed = TileLog(self.log)

    def hear(self, out, entries):
        """Reads acknowledgements; the entries were appended in that order."""
        by_leaf = {leaf_hash(entry).hex(): entry for entry in entries}
        for index, leaf in re.findall(r"^(\d+) ([0-9a-f]{64})$", out, re.MULTILINE):
            assert self.said.setdefault(int(index), by_leaf[leaf]) == by_leaf[leaf]

    def check(self):
        before = TileLog(self.log)
        assert before.root() == before.said_root, "a checkpoint that is not on the disk"
        assert before.size >= self.signed.size
        done = subprocess.run([self.program, "log", "checkpoint", self.log, "--key", self.ready / "key"],
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        after = TileLog(self.log)
        entries = after.entries()
        for index, entry in self.said.items():
            assert entries[index] == entry, f"entry {index} was acknowledged and is lost"
        assert after.root() == after.said_root
        assert set(entries) <= self.allowed, "an entry that nobody appended"
        shutil.rmtree(self.log)


COMMANDS = {
    "append": lambda ready, log: ["append", log, ready / "a", ready / "b"],
    "checkpoint": lambda ready, log: ["checkpoint", log, "--key", ready / "key"],
}


@pytest.mark.parametrize("fault", [fails_with("EIO"), KILL])
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_call_fails_once(program, ready, copies, command, fault):
    reason = why_no_strace()
    if reason:
        pytest.skip(reason)
    counting = Case(program, ready, copies, "count")
    trace = copies / "trace"
    counts = count_calls([program, "log", *COMMANDS[command](ready, counting.log)], trace, CALLS)
    assert counts["fdatasync"] >= 3 and counts["fsync"] >= 3 and counts["rename"] >= 2
    runs = 0
    for call, count in counts.items():
        for number in range(1, count + 1):
            case = Case(program, ready, copies, f"{call}-{number}")
            done = run_stopped([program, "log", *COMMANDS[command](ready, case.log)], trace, call, number, fault)
            case.hear(done.stdout, [b"new a", b"new b"])
            case.check()
            runs += 1
    assert runs == sum(counts.values())


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_while_it_appends(program, ready, copies, seed):
    """The kill comes after some acknowledgements were read, while more is on its way."""
    choice = random.Random(seed)
    case = Case(program, ready, copies, "log")
    entries = [f"line {i}".encode() for i in range(400)]
    case.allowed |= set(entries)
    process = subprocess.Popen([program, "log", "append", case.log, "-"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    heard = []
    sent = 0
    wanted = choice.randrange(0, 60)
    while len(heard) < wanted:
        several = choice.randrange(1, 9)
        process.stdin.write(b"".join(entry + b"\n" for entry in entries[sent:sent + several]))
        process.stdin.flush()
        sent += several
        heard.append(process.stdout.readline())
    process.stdin.write(b"".join(entry + b"\n" for entry in entries[sent:]))
    process.stdin.flush()
    process.kill()
    heard.append(process.stdout.read())
    process.wait()
    case.hear(b"".join(heard).decode(), entries)
    case.check()
