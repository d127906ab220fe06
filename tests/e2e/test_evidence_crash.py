# SPDX-License-Identifier: EUPL-1.2
"""The vault as the real program, stopped: each of its system calls fails or kills it once.

Whatever happened, what the program said is done is there and verifies, what it did not say is there wholly or not at
all, the same command then succeeds, and nothing that was signed is lost. With ROGATORY_SLOW=1 every call fails in each
way; else those that change nothing (CHEAP) fail at their first, their last and every STRIDE-th time, the disk is full
(ENOSPC) at every second write, and a kill is at those calls alone that change something, or may (openat): between them
the disk is the same.
"""

import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess

import pytest

from stopped import KILL, count_calls, fails_with, memory_folder, run_stopped, why_no_strace
from vault_world import CASE, CONTENT, DISK, LATE, MAP, NEW, NOTE, OTHER, RECEIPT, WORDS, Vault, make_world

WRITING = ("pwrite64", "write", "pwritev", "writev", "fallocate", "mkdir", "mkdirat")
CHANGING = WRITING + ("fdatasync", "fsync", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir",
                      "ftruncate", "flock")
CHEAP = ("openat", "fcntl", "read", "pread64", "getdents64", "access", "close", "newfstatat")
STRIDE = 32
NOT_FOUND, IO_ERROR, CONFLICT = 5, 6, 9  # exit statuses
# Commands that judge what they read, so that each read of an item has a test of its own.
READING = ("open", "scrub")
IS_SLOW = os.environ.get("ROGATORY_SLOW") == "1"


class Case:
    """A copy of a vault that is ready, and the one command that is stopped in it."""

    def __init__(self, world, folder):
        self.world, self.folder = world, folder
        shutil.copytree(world.vault.path, folder / "vault")
        self.vault = Vault(world.vault.program, folder / "vault")
        self.out = folder / "out"
        self.published = world.published
        self.resumed = 0  # bytes that an ingest found written already

    def arguments(self):
        """Of the command: how it is called, and for which case."""
        return []

    def options(self):
        return {}

    def command(self):
        return self.vault.command(self.name, *self.arguments(), **self.options())

    def again(self, *allowed):
        done = subprocess.run(self.command(), capture_output=True, text=True, check=False)
        is_allowed = done.returncode in (0, *allowed)
        assert is_allowed, f"again: {done.returncode} {done.stderr}"
        return json.loads(done.stdout) if done.returncode == 0 else None

    def check_log(self):
        entries = self.vault.entries()
        assert entries[:len(self.published)] == self.published, "what was signed is no longer there"
        self.published = entries

    def check(self, done):
        self.check_log()
        self.check_stopped(done.returncode == 0)
        self.check_log()
        self.check_completed()
        self.check_log()
        self.vault.holds()
        # The case that is not meant is as it was.
        names = [item["name"] for item in self.vault.custody(OTHER)["items"]]
        assert names[0] == RECEIPT and set(names) <= {RECEIPT, LATE}


class Ingest(Case):
    name = "ingest"

    def arguments(self):
        return [self.world.folder / DISK, "--source", "police"]

    def custody(self):
        return self.vault.custody()

    def taken_in(self):
        return [item["name"] for item in (self.custody() or {"items": []})["items"]].count(DISK)

    def check_stopped(self, is_done):
        self.there = self.taken_in()
        assert self.there in (0, 1) and (self.there or not is_done), "said to be in, and is not"
        self.vault.holds()

    def check_completed(self):
        item = self.again()["items"][0]
        self.resumed = item["resumed_bytes"]
        assert self.taken_in() == self.there + 1
        assert list((self.vault.path / "incoming").iterdir()) == []
        assert self.vault.kept() == self.vault.known(CASE, OTHER, NEW), "a file that belongs to no item, or none"
        out = self.folder / "read back"
        self.vault.ok("open", item["item"], "--purpose", "trial", "--out", out, **self.options())
        assert out.read_bytes() == CONTENT[DISK]


class IngestOfACase(Ingest):
    """The case is made by it."""

    def options(self):
        return {"case": NEW}

    def custody(self):
        return self.vault.custody(NEW)


class IngestThatGoesOn(Ingest):
    """It was stopped before, so that it finds the beginning of what it writes."""


class Seal(Case):
    name = "seal"

    def check_stopped(self, is_done):
        self.there = len(self.vault.custody()["sets"])
        assert self.there in (0, 1) and (self.there or not is_done)

    def check_completed(self):
        self.again()
        sets = self.vault.custody()["sets"]
        assert len(sets) == self.there + 1
        for number, one in enumerate(sets):
            bundle = self.folder / f"bundle {number}"
            self.vault.ok("disclose", "--set", one["set"], "--recipient", "court", "--purpose", "trial", "--out",
                          bundle)
            assert is_whole(self.vault, bundle)


def is_whole(vault, bundle):
    """Whether a bundle verifies; what verifies has to have all that the set has."""
    said = subprocess.run([vault.program, "evidence", "verify", bundle, "--policy", vault.path / "policy", "--json"],
                          capture_output=True, text=True, check=False)
    if said.returncode != 0:
        return False
    for name in (NOTE, MAP):
        assert (bundle / "data" / name).read_bytes() == CONTENT[name], "a bundle that is not whole verifies"
    return True


class Disclose(Case):
    name = "disclose"

    def arguments(self):
        return ["--recipient", "court", "--purpose", "trial", "--out", self.out]

    def check_stopped(self, is_done):
        self.there = self.out.exists()
        assert self.there or not is_done
        if self.there:
            assert is_whole(self.vault, self.out), "a bundle under its name is not whole"
            assert "disclose" in self.vault.kinds(), "it went out, and no event says so"
        for partial in self.folder.glob("out?*"):
            is_whole(self.vault, partial)

    def check_completed(self):
        # What is there is not written over.
        self.again(*([CONFLICT] if self.there else []))
        assert is_whole(self.vault, self.out)


class Open(Case):
    name = "open"

    def arguments(self):
        return [MAP, "--purpose", "trial", "--out", self.out]

    def check_stopped(self, is_done):
        self.there = self.out.exists()
        assert self.there or not is_done
        self.opened = [event["kind"] for event in self.vault.custody()["events"]].count("open")
        assert self.opened in (0, 1)
        if any(path.stat().st_size for path in self.folder.glob("out*")):
            assert self.opened == 1, "content went out, and no event says so"

    def check_completed(self):
        if self.there:
            self.out.rename(self.folder / "first")
            assert (self.folder / "first").read_bytes() == CONTENT[MAP]
        self.again()
        assert self.out.read_bytes() == CONTENT[MAP]
        events = [event["kind"] for event in self.vault.custody()["events"]]
        assert events.count("open") == self.opened + 1 and "mismatch" not in events


class Erase(Case):
    name = "erase"

    def check_gone(self):
        assert self.vault.files_with(WORDS + self.world.secrets) == []

    def check_stopped(self, is_done):
        if is_done:
            self.check_gone()
        # To ask opens the vault, which ends an erasure that was decided.
        self.gone = self.vault.custody() is None
        assert self.gone or not is_done
        if self.gone:
            self.check_gone()
        else:
            assert {item["name"] for item in self.vault.custody()["items"]} == {NOTE, MAP}
            self.vault.holds()

    def check_completed(self):
        # A case that is gone has no name to be erased by.
        self.again(*([NOT_FOUND] if self.gone else []))
        assert self.vault.custody() is None
        self.check_gone()
        assert self.vault.kept() == self.vault.known(OTHER)
        self.vault.ok("scrub", case=None)
        assert self.vault.kinds().count("erase") == 2, "in the case and in the vault's own stream"


class EraseThatGoesOn(Erase):
    """It was stopped once it was decided; another command, which has to end it first, is stopped too."""

    name = "custody"

    def options(self):
        return {"case": OTHER, "act": []}

    def check_stopped(self, is_done):
        assert self.vault.custody() is None
        self.check_gone()
        self.gone = True


class Scrub(Case):
    name = "scrub"

    def options(self):
        return {"case": None}

    def check_stopped(self, is_done):
        kinds = self.vault.kinds()
        assert "scrub" in kinds or not is_done
        assert "mismatch" not in kinds, "a disk that fails is not damage"

    def check_completed(self):
        said = self.again()
        assert (said["checked"], said["damaged"]) == (3, [])
        for case in (CASE, OTHER):
            custody = self.vault.custody(case)
            assert not any(item["is_damaged"] for item in custody["items"])
            assert "mismatch" not in [event["kind"] for event in custody["events"]]
        assert self.vault.kinds().count("scrub") in (1, 2)


class Restore(Case):
    name = "restore"

    def options(self):
        return {"case": None}

    def restored(self):
        """The ranges that the leaves of a restore name."""
        leaves = [json.loads(entry) for entry in self.vault.entries()]
        return [(leaf["open"]["lost_from"], leaf["open"]["lost_until"]) for leaf in leaves if leaf["kind"] == "restore"]

    def check_leaf(self):
        assert set(self.restored()) == {(3, len(self.world.published))}, "no leaf says what was lost"

    def check_erased(self):
        assert self.vault.custody() is None
        assert self.vault.files_with(WORDS + self.world.secrets) == []

    def check_stopped(self, is_done):
        if is_done:
            self.check_leaf()
            self.check_erased()

    def check_completed(self):
        self.again()
        self.check_erased()


class RestoreLeaf(Restore):
    """What is lost has its leaf also where the restore was cut off."""

    def check_completed(self):
        super().check_completed()
        self.check_leaf()


COMMANDS = {
    "disclose": Disclose,
    "erase": Erase,
    "erase that goes on": EraseThatGoesOn,
    "ingest": Ingest,
    "ingest of a case": IngestOfACase,
    "ingest that goes on": IngestThatGoesOn,
    "open": Open,
    "restore": Restore,
    "scrub": Scrub,
    "seal": Seal,
}


def make_folder(parent, name):
    (parent / name).mkdir()
    return parent / name


def numbers(call, count, fault):
    """Which of the calls are stopped."""
    if IS_SLOW:
        return range(1, count + 1)
    if call in CHEAP:
        return sorted({1, count, *range(1, count + 1, STRIDE)})
    return range(1, count + 1, 2 if fault == fails_with("ENOSPC") else 1)


def stop_once(kind, world, top, call, number, fault):
    """What is wrong after that fault; nothing where all is well. And how much an ingest resumed."""
    folder = make_folder(top, f"{call}-{number}")
    case = kind(world, folder)
    ended = "not run"
    try:
        done = run_stopped(case.command(), folder / "trace", call, number, fault)
        ended = f"ended with {done.returncode}"
        assert fault == KILL or done.returncode >= 0, f"it died: {done.stderr[-300:]}"
        assert done.returncode == 0 or fault == KILL or done.stderr, "it failed and did not say why"
        case.check(done)
        return "", case.resumed
    except (AssertionError, ValueError, KeyError, TypeError, OSError) as error:
        said = (str(error) or type(error).__name__).partition("\nassert ")[0]
        return f"{call} {number}, {ended}: {said[:600]}", 0
    finally:
        shutil.rmtree(folder)


def stop_everywhere(kind, world, fault, calls):
    """Stops a command at each of the calls, in copies of the vault; the outcome of each run."""
    reason = why_no_strace()
    if reason:
        pytest.skip(reason)
    with memory_folder() as name, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        top = pathlib.Path(name)
        counting = make_folder(top, "count")
        counts = count_calls(kind(world, counting).command(), top / "trace", calls)
        runs = [pool.submit(stop_once, kind, world, top, call, number, fault)
                for call, count in counts.items() for number in numbers(call, count, fault)]
        outcomes = [run.result() for run in runs]
    wrong = [problem for problem, _ in outcomes if problem]
    print(f"{kind.__name__}, {fault}: {len(runs)} runs, {len(wrong)} after which something is wrong")
    assert len(runs) >= 10, "SQLite alone writes more often"
    return outcomes, wrong


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    made = {}

    def of(command):
        if command not in made:
            world = make_world(os.environ["ROGATORY_BIN"], tmp_path_factory.mktemp("ready"), command)
            world.published = world.vault.entries()
            made[command] = world
        return made[command]

    return of


def test_what_is_searched_for_would_be_found(worlds):
    """The search for what an erasure leaves is no empty one: all of it but the words is there before."""
    world = worlds("erase")
    found = world.vault.files_with(world.secrets)
    assert {text.partition(": ")[2] for text in found} == {repr(word[:40]) for word in world.secrets}
    assert world.vault.files_with(WORDS) == [], "in the clear there is nothing at any time"


@pytest.mark.parametrize("fault", [fails_with("EIO"), fails_with("ENOSPC"), KILL])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_call_stopped_once(worlds, command, fault):
    calls = WRITING if fault == fails_with("ENOSPC") else CHANGING + CHEAP
    if fault == KILL and not IS_SLOW:
        calls = CHANGING + ("openat",)
    if command in READING:
        calls = [call for call in calls if call != "read"]  # below
    outcomes, wrong = stop_everywhere(COMMANDS[command], worlds(command), fault, calls)
    listed = "\n".join(wrong[:20])
    assert not wrong, f"{len(wrong)} of {len(outcomes)}:\n{listed}"
    if command.startswith("ingest") and fault == KILL:
        assert max(resumed for _, resumed in outcomes) > 0, "none went on where it was stopped"


def test_a_restore_cut_off_says_what_was_lost(worlds):
    _, wrong = stop_everywhere(RestoreLeaf, worlds("restore"), KILL, ("fdatasync", "rename"))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("command", READING)
def test_a_disk_that_fails_is_not_damage(worlds, tmp_path, command):
    """Each read of each item fails once: the command fails, and nothing is recorded of the item."""
    reason = why_no_strace()
    if reason:
        pytest.skip(reason)
    world = worlds(command)
    runs, wrong = 0, []
    for blob in sorted(path.relative_to(world.vault.path) for path in world.vault.path.glob("blobs/*/*.age")):
        counting = COMMANDS[command](world, make_folder(tmp_path, blob.name))
        counts = count_calls(counting.command(), tmp_path / "trace", ["read"], counting.vault.path / blob)
        for number in range(1, counts.get("read", 0) + 1):
            case = COMMANDS[command](world, make_folder(tmp_path, f"{blob.name}-{number}"))
            done = run_stopped(case.command(), tmp_path / "trace", "read", number, fails_with("EIO"),
                               case.vault.path / blob)
            runs += 1
            if done.returncode != IO_ERROR or "mismatch" in case.vault.kinds():
                wrong.append(f"read {number} of {blob.name}: status {done.returncode}, {case.vault.kinds()}")
    assert runs >= 2
    listed = "\n".join(wrong)
    assert not wrong, f"{len(wrong)} of {runs}:\n{listed}"


def test_a_database_that_cannot_be_read_is_not_damage(worlds, tmp_path):
    """SQLite says of both that the image is malformed."""
    reason = why_no_strace()
    if reason:
        pytest.skip(reason)
    world = worlds("scrub")
    counting = COMMANDS["scrub"](world, make_folder(tmp_path, "count"))
    counts = count_calls(counting.command(), tmp_path / "trace", ["pread64"], counting.vault.path / "vault.db")
    assert counts["pread64"] >= 10
    endings = {}
    for number in range(1, counts["pread64"] + 1):
        case = COMMANDS["scrub"](world, make_folder(tmp_path, f"at-{number}"))
        done = run_stopped(case.command(), tmp_path / "trace", "pread64", number, fails_with("EIO"),
                           case.vault.path / "vault.db")
        endings.setdefault(done.returncode, []).append(number)
        assert "mismatch" not in case.vault.kinds()
    assert set(endings) <= {0, IO_ERROR} and len(endings[IO_ERROR]) >= 10, endings
