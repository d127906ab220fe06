# SPDX-License-Identifier: EUPL-1.2
"""Stops a program at one of its system calls, by strace: the call fails, or the program is killed before it."""

import collections
import os
import re
import shutil
import subprocess
import tempfile

KILL = "signal=KILL"


def fails_with(error):
    return f"error={error}"


def why_no_strace():
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not trace here"


def memory_folder():
    """A new folder, in memory where that is possible: the faults are injected, and real flushes take their time."""
    where = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return tempfile.TemporaryDirectory(dir=where)


def count_calls(command, trace, calls, path=None):
    """How often the command makes each of the calls, when nothing stops it; of its threads the one that makes most,
    for strace counts each for itself. With a path, only those on that file count."""
    only = ["-P", path] if path else []
    subprocess.run(["strace", "-f", "-o", trace, *only, *command], check=True, capture_output=True)
    counts = collections.Counter(re.findall(r"^(\d+) +(\w+)\(", trace.read_text(), re.MULTILINE))
    found = {}
    for (_, call), count in counts.items():
        if call in calls:
            found[call] = max(found.get(call, 0), count)
    return {call: found[call] for call in calls if call in found}


def run_stopped(command, trace, call, number, fault, path=None):
    """Runs the command with a fault at the call of that number (on that file), and makes sure that it came."""
    options = ["-P", path] if path else []
    if fault != KILL:
        options.append("--seccomp-bpf")  # quicker: no stop at other calls. A signal does not get through with it.
    done = subprocess.run(
        ["strace", "-f", "-o", trace, *options, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}",
         *command], capture_output=True, text=True, check=False)
    said = trace.read_text()
    assert ("killed by SIGKILL" if fault == KILL else "(INJECTED)") in said, f"no fault came: {said[-500:]}"
    return done
