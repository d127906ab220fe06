# SPDX-License-Identifier: EUPL-1.2
"""Vaults that are ready for one more command, each made once and then copied, and what there is to ask of one."""

import json
import random
import shutil
import sqlite3
import subprocess

from stopped import KILL, run_stopped, why_no_strace
from tile_log import TileLog

CASE, OTHER, NEW = "Harbour 7/2026", "Market 9/2026", "Depot 11/2026"
NOTE, MAP, RECEIPT, LATE, DISK = "note of P7.txt", "map.bin", "receipt.txt", "late.txt", "disk.raw"
ACT = ["--officer", "officer A7", "--role", "evidence custodian", "--authority", "warrant 14", "--reason", "request 7"]
CHUNK = 65536
CONTENT = {
    NOTE: b"midnight at the harbour",
    MAP: random.Random(1).randbytes(CHUNK + 100),
    RECEIPT: b"paid in cash",
    LATE: b"came after the backup",
    DISK: random.Random(2).randbytes(3 * CHUNK + 1000),
}
# What an erasure of CASE has to leave nowhere, whatever the form it was kept in.
WORDS = [CASE.encode(), NOTE.encode(), CONTENT[NOTE], b"officer A7", b"warrant 14", CONTENT[MAP][:40]]


class Vault:
    """A vault, asked through the program."""

    def __init__(self, program, path):
        self.program, self.path = program, path

    def command(self, name, *arguments, case=CASE, act=ACT):
        about = ["--case", case] if case else []
        return [self.program, "evidence", name, str(self.path), *map(str, arguments), *about, *act, "--json"]

    def run(self, name, *arguments, **options):
        return subprocess.run(self.command(name, *arguments, **options), capture_output=True, text=True, check=False)

    def ok(self, name, *arguments, **options):
        done = self.run(name, *arguments, **options)
        assert done.returncode == 0, f"{name}: {done.returncode} {done.stderr}"
        return json.loads(done.stdout)

    def custody(self, case=CASE):
        """What the vault says of a case; None when it knows no such case."""
        done = self.run("custody", case=case, act=[])
        assert done.returncode in (0, 5), done.stderr
        return json.loads(done.stdout) if done.returncode == 0 else None

    def holds(self):
        """Every leaf, every event, every item."""
        said = json.loads(self.run("verify", "--content", case=None, act=[]).stdout)
        assert said["holds"], said["problems"]

    def entries(self):
        """What is published: the tiles are those that the checkpoint signs."""
        log = TileLog(self.path / "log")
        entries = log.entries()
        assert log.root() == log.said_root, "a checkpoint that is not on the disk"
        return entries

    def kinds(self):
        return [json.loads(entry)["kind"] for entry in self.entries()]

    def kept(self):
        """The items that have a file."""
        return {path.name.partition(".")[0] for path in (self.path / "blobs").rglob("*.age")}

    def known(self, *cases):
        """The items that are known of."""
        return {item["item"] for case in cases for item in (self.custody(case) or {"items": []})["items"]}

    def files_with(self, words):
        """The files of the whole folder that hold one of the words or are called so."""
        found = []
        for path in self.path.rglob("*"):
            content = path.name.encode() + b"/" + (path.read_bytes() if path.is_file() else b"")
            found += [f"{path.name}: {word[:40]!r}" for word in words if word in content]
        return found

    def secrets_of(self, case_id, items):
        """The key of a case as it is wrapped, and what is kept under it: rows that an erasure has to take away."""
        found = [path.read_bytes() for path in (self.path / "keys").rglob(f"case-{case_id}.key")]
        base = sqlite3.connect(f"file:{self.path}/vault.db?mode=ro", uri=True)
        key = bytes.fromhex(case_id)
        row = base.execute("SELECT name_tag, wrapped_secret, sealed_name FROM cases WHERE case_id = ?", [key])
        found += row.fetchone()
        found += [row[0] for row in base.execute("SELECT sealed FROM events WHERE stream = ?", [key])]
        found += [row[0] for row in base.execute("SELECT wrapped_key FROM items WHERE case_id = ?", [key])]
        base.close()
        # Long values lie on several pages of the database: their beginning is on one.
        return [word[:64] for word in found] + [f"{item}.age".encode() for item in items]


class World:
    """The folder of a vault that is ready, what lies beside it, and what it had published."""

    def __init__(self, program, folder):
        self.folder = folder
        self.vault = Vault(program, folder / "vault")
        self.secrets = []
        for name, content in CONTENT.items():
            (folder / name).write_bytes(content)
        subprocess.run([program, "evidence", "init", self.vault.path, "--origin", "e.example/vault"], check=True,
                       capture_output=True)
        for case, names in ((CASE, (NOTE, MAP)), (OTHER, (RECEIPT,))):
            self.take_in(case, *names)
        self.case_id = self.vault.custody()["case_id"]
        self.items = [item["item"] for item in self.vault.custody()["items"]]

    def take_in(self, case, *names):
        self.vault.ok("ingest", *[self.folder / name for name in names], "--source", "police", case=case)

    def approve(self):
        self.secrets = self.vault.secrets_of(self.case_id, self.items)
        for officer, role in (("A", "judge"), ("B", "prosecutor")):
            act = ["--officer", officer, "--role", role, "--authority", "order 3", "--reason", "closed"]
            self.vault.ok("erase", "--approve", act=act)

    def go_behind(self):
        """The database is what it was before an item came in and a case was erased."""
        kept = self.folder / "kept"
        kept.mkdir()
        self.vault.ok("backup", "--out", kept / "vault.db", case=None, act=[])
        shutil.copytree(self.vault.path / "blobs", kept / "blobs")
        self.take_in(OTHER, LATE)
        self.approve()
        self.vault.ok("erase")
        for path in self.vault.path.glob("vault.db*"):
            path.unlink()
        shutil.copy(kept / "vault.db", self.vault.path / "vault.db")
        shutil.copytree(kept / "blobs", self.vault.path / "blobs", dirs_exist_ok=True)
        # Only the key and what it opens: what is sealed came back with the backup, until it is purged again.
        assert self.vault.files_with(self.secrets)


    def stop_ingest(self):
        """Content was written and flushed, and is not yet in its place."""
        command = self.vault.command("ingest", self.folder / DISK, "--source", "police")
        run_stopped(command, self.folder / "trace", "rename", 1, KILL)
        assert list((self.vault.path / "incoming").iterdir())

    def stop_erasure(self):
        """It is decided, and nothing has been taken away yet."""
        run_stopped(self.vault.command("erase"), self.folder / "trace", "unlink", 1, KILL)
        assert self.vault.files_with(self.secrets)


def make_world(program, folder, command):
    world = World(program, folder)
    if command == "disclose":
        world.vault.ok("seal")
    if command == "ingest that goes on" and not why_no_strace():
        world.stop_ingest()
    if command.startswith("erase"):
        world.approve()
    if command == "erase that goes on" and not why_no_strace():
        world.stop_erasure()
    if command == "restore":
        world.go_behind()
    return world
