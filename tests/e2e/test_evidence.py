# SPDX-License-Identifier: EUPL-1.2
"""Evidence from ingest to erasure, as an officer works with it."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest

ACT = ["--officer", "officer A7", "--role", "evidence custodian", "--authority", "warrant 14/2026", "--reason", "request 7"]
CASE = ["--case", "Harbour 7/2026"]
LARGE_BYTES = int(os.environ.get("ROGATORY_LARGE_BYTES", 4 << 30))
MEMORY_KIB = 64 * 1024


class Vault:
    def __init__(self, rogatory, folder):
        self.rogatory = rogatory
        self.folder = folder
        self.path = folder / "vault"

    def run(self, command, *arguments, act=ACT, case=CASE):
        return self.rogatory.run("evidence", command, str(self.path), *map(str, arguments), *case, *act, "--json")

    def ok(self, command, *arguments, **options):
        return self.run(command, *arguments, **options).json()

    def ingest(self, name, content, *arguments):
        path = self.folder / name
        path.write_bytes(content)
        return self.ok("ingest", path, "--source", "police of Manila", *arguments)["items"][0]

    def approve(self):
        for officer, role in (("A", "judge"), ("B", "prosecutor")):
            act = ["--officer", officer, "--role", role, "--authority", "order 3", "--reason", "case closed"]
            self.ok("erase", "--approve", act=act)

    def holds(self, *arguments):
        return self.rogatory.json("evidence", "verify", str(self.path), *arguments)


@pytest.fixture
def vault(rogatory, tmp_path):
    vault = Vault(rogatory, tmp_path)
    rogatory.json("evidence", "init", str(vault.path), "--origin", "evidence.example/vault")
    return vault


def grep(folder, *words):
    """The files below a folder that hold one of the words, or have it in their name."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in words:
            sought = word if isinstance(word, bytes) else word.encode()
            if sought in content or sought in path.name.encode():
                found.append((str(path), word))
    return found


def sealed_columns(database):
    """What is stored sealed of cases and of their events."""
    with sqlite3.connect(database) as opened:
        columns = [
            "SELECT sealed FROM events WHERE stream <> zeroblob(16)",
            "SELECT wrapped_secret FROM cases",
            "SELECT sealed_name FROM cases",
            "SELECT wrapped_key FROM items",
        ]
        values = [[row[0] for row in opened.execute(column) if row[0] is not None] for column in columns]
    opened.close()
    return values


def test_ingest_measures_what_came_in(vault):
    content = b"EVF\x09\x0d\x0a\xff\x00" + os.urandom(200_000)
    item = vault.ingest("disk.E01", content, "--received", "MD5:" + hashlib.md5(content).hexdigest(),
                        "--received", "SHA-256:" + hashlib.sha256(content).hexdigest())
    assert item["sha256"] == hashlib.sha256(content).hexdigest()
    assert item["sha512"] == hashlib.sha512(content).hexdigest()
    assert (item["media"], item["size_bytes"], item["received_digest_differs"]) == ("ewf", len(content), False)
    outcomes = [(one["algorithm"], one["outcome"]) for one in item["received"]]
    assert outcomes == [("MD5", "not_compared"), ("SHA-256", "agrees")]
    out = vault.folder / "out"
    vault.ok("open", "disk.E01", "--purpose", "trial", "--out", out)
    assert out.read_bytes() == content
    assert vault.holds("--content")["holds"]


def test_a_wrong_received_digest_is_recorded(vault):
    assert vault.ingest("a", b"abc", "--received", "sha256:" + "0" * 64)["received_digest_differs"]
    events = vault.ok("custody", act=[])["events"]
    assert [event["kind"] for event in events] == ["ingest", "mismatch"]
    item = vault.ok("custody", act=[])["items"][0]
    assert item["differs_from_received"] and not item["is_damaged"], "what is stored is what came in"
    said = vault.rogatory.run("evidence", "ingest", vault.path, vault.folder / "a", "--source", "x", *CASE, *ACT,
                              "--received", "MD5:" + "0" * 32, "--received", "sha256:abc").out
    assert said.count("was not compared") == 2


def test_a_name_that_is_not_text_closes_nothing(vault):
    path = os.fsencode(vault.folder) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"abc")
    command = [vault.rogatory.path, "evidence", "ingest", str(vault.path), path, "--source", "x", *CASE, *ACT]
    refused = subprocess.run(command, capture_output=True, check=False)
    assert refused.returncode == 2 and b"--name" in refused.stderr
    assert vault.run("custody", act=[]).code == 5, "not even the case was made"
    named = subprocess.run([*command, "--name", "caf\u00e9.txt"], capture_output=True, check=False)
    assert named.returncode == 0, named.stderr
    assert vault.ok("custody", act=[])["items"][0]["name"] == "caf\u00e9.txt"
    assert vault.ok("scrub", case=[])["checked"] == 1


def test_options_are_not_dropped_in_silence(vault):
    vault.ingest("a", b"abc")
    (vault.folder / "b").write_bytes(b"b")
    derived = ["ingest", vault.folder / "b", "--derived-from", "a", "--tool", "t", "--purpose", "trial"]
    for option in (["--source", "x"], ["--received", "MD5:00"]):
        refused = vault.run(*derived, *option)
        assert refused.code == 2 and option[0] in refused.error()["message"]
    for option in ("--tool", "--purpose", "--consent"):
        refused = vault.run("ingest", vault.folder / "b", "--source", "x", option, "y")
        assert refused.code == 2 and option in refused.error()["message"]
    assert [event["kind"] for event in vault.ok("custody", act=[])["events"]] == ["ingest"]


def test_nothing_is_recorded_that_did_not_go_out(vault):
    vault.ingest("a", b"abc")
    vault.ok("seal")
    out = vault.folder / "out"
    leftover = vault.folder / "out.partial"
    elsewhere = vault.folder / "elsewhere"
    elsewhere.write_bytes(b"precious")
    leftover.symlink_to(elsewhere)
    tries = [
        ["open", "a", "--purpose", "trial", "--out", vault.folder / "nowhere" / "out"],
        ["open", "a", "--purpose", "trial", "--out", leftover],
        ["open", "a", "--purpose", "trial", "--to", "age1nonsense", "--out", vault.folder / "other"],
        ["disclose", "--recipient", "court", "--purpose", "trial", "--out", vault.folder],
        ["disclose", "--recipient", "court", "--purpose", "trial", "--out", vault.folder / "nowhere" / "bundle"],
    ]
    for one in tries:
        assert vault.run(*one).code != 0, one
    assert elsewhere.read_bytes() == b"precious" and leftover.is_symlink()
    assert not list(vault.folder.glob("other*"))
    assert [event["kind"] for event in vault.ok("custody", act=[])["events"]] == ["ingest", "seal"]
    # What a stop left stands in nobody's way, and is not followed.
    vault.ok("open", "a", "--purpose", "trial", "--out", out)
    assert out.read_bytes() == b"abc" and elsewhere.read_bytes() == b"precious" and leftover.is_symlink()


def test_a_batch_keeps_and_tells_what_came_in(vault):
    good = vault.folder / "good"
    good.write_bytes(b"abc")
    refused = vault.run("ingest", good, vault.folder / "absent", "--source", "x")
    assert refused.code == 5 and vault.run("custody", act=[]).code == 5, "all are opened first"
    # A file that opens and cannot be read to its end.
    stopped = vault.run("ingest", good, "/proc/self/mem", "--source", "x")
    assert stopped.code == 6
    told = json.loads(stopped.out)
    assert [item["name"] for item in told["items"]] == ["good"] and told["not_taken_in"] == ["/proc/self/mem"]
    checked = vault.holds()
    assert checked["holds"] and checked["leaves"] == 1 and checked["not_in_log_yet"] == []


def test_a_receipt_says_what_it_names(vault):
    vault.ingest("a", b"abc")
    root = vault.ok("seal")["root"]
    assert vault.ok("receipt", "--from", "court", "--root", root.upper())["is_same_root"]
    said = vault.rogatory.run("evidence", "receipt", vault.path, "--from", "court", "--root", root, *CASE, *ACT).out
    assert "names the root that was sealed" in said
    assert vault.run("receipt", "--from", "court", "--root", "0" * 64).code == 1


def test_verify_reads_the_vaults_own_events_too(vault):
    vault.ingest("a", b"abc")
    vault.ok("scrub", case=[])
    assert [event["kind"] for event in vault.rogatory.json("evidence", "custody", vault.path)["events"]] == ["scrub"]
    with sqlite3.connect(vault.path / "vault.db") as opened:
        opened.execute("UPDATE events SET sealed = NULL WHERE stream = zeroblob(16)")
    opened.close()
    checked = vault.rogatory.run("evidence", "verify", vault.path, "--json")
    assert checked.code == 1 and "lost its members" in json.loads(checked.out)["problems"][0]


def test_keys_are_said_to_open_what_was_erased(vault):
    said = vault.rogatory.run("evidence", "backup", vault.path, "--out", vault.folder / "b.db").out
    assert "keys/*/vault.key" in said
    vault.ingest("a", b"abc")
    vault.approve()
    erased = vault.rogatory.run("evidence", "erase", vault.path, *CASE, *ACT).out
    assert "still open the case" in " ".join(erased.split())


def test_conditions_of_use_are_held_and_explained(vault):
    vault.ingest("a", b"abc", "--allow", "Harbour trial", "--imposed-by", "Philippines, letter of 2026-11-02")
    refused = vault.run("open", "a", "--purpose", "tax matter", "--out", vault.folder / "o")
    assert refused.code == 10
    assert "speciality" in refused.error()["message"] and "letter of 2026-11-02" in refused.error()["message"]
    vault.ok("open", "a", "--purpose", "tax matter", "--consent", "letter 9", "--out", vault.folder / "o")
    vault.ingest("late", b"abc", "--return-by", "2020-01-01")
    assert vault.run("open", "late", "--purpose", "trial", "--out", vault.folder / "p").code == 10


def test_custody_links_copies_and_derived_items(vault):
    first = vault.ingest("a", b"abc")
    vault.ok("open", "a", "--purpose", "trial", "--holder", "laboratory", "--out", vault.folder / "copy")
    (vault.folder / "b").write_bytes(b"b")
    derived = vault.ok("ingest", vault.folder / "b", "--derived-from", "a", "--tool", "carver 2", "--purpose", "trial")
    items = {item["name"]: item for item in vault.ok("custody", act=[])["items"]}
    assert items["a"]["derived"] == [derived["items"][0]["item"]]
    assert items["b"]["parents"] == [first["item"]]
    assert [copy["holder"] for copy in items["a"]["copies"]] == ["laboratory"]


@pytest.mark.skipif(not shutil.which("age-keygen"), reason="age is not installed")
def test_a_copy_sealed_for_somebody_opens_with_age(vault):
    content = os.urandom(300_000)
    vault.ingest("disk", content)
    key, out = vault.folder / "key", vault.folder / "disk.age"
    subprocess.run(["age-keygen", "-o", key], check=True, capture_output=True)
    recipient = subprocess.run(["age-keygen", "-y", key], check=True, capture_output=True, text=True).stdout.strip()
    vault.ok("open", "disk", "--purpose", "trial", "--to", recipient, "--out", out)
    assert subprocess.run(["age", "-d", "-i", key, out], check=True, capture_output=True).stdout == content


def test_a_disclosed_subset_verifies_and_reveals_nothing_else(vault):
    vault.ingest("invoice.pdf", b"%PDF-1.7 the invoice")
    hidden = vault.ingest("diary of P7.txt", b"the diary")
    vault.ok("seal")
    bundle = vault.folder / "bundle"
    vault.ok("disclose", "invoice.pdf", "--recipient", "defence", "--purpose", "trial", "--out", bundle)
    assert (bundle / "data" / "invoice.pdf").read_bytes() == b"%PDF-1.7 the invoice"
    assert grep(bundle, "diary", "officer A7", hidden["item"], hidden["sha256"], hidden["tree_root"], "Harbour 7") == []
    report = vault.rogatory.json("evidence", "verify", str(bundle), "--policy", str(vault.path / "policy"))
    assert report["verdict"] == "holds" and report["not_checked"]
    second = subprocess.run(["python3", str(bundle / "custody" / "verify_bundle.py"), str(bundle), "--policy",
                             str(vault.path / "policy")], capture_output=True, text=True, check=False)
    assert second.returncode == 0, second.stdout + second.stderr
    (bundle / "data" / "invoice.pdf").write_bytes(b"%PDF-1.7 the Invoice")
    assert vault.rogatory.run("evidence", "verify", str(bundle)).code == 1


def test_a_derived_item_is_unchanged_since_its_derivation(vault):
    vault.ingest("disk.raw", b"the disk")
    path = vault.folder / "found.txt"
    path.write_bytes(b"what was found on it")
    vault.ok("ingest", path, "--derived-from", "disk.raw", "--tool", "carver 1", "--purpose", "trial")
    vault.ok("seal")
    bundle = vault.folder / "bundle"
    vault.ok("disclose", "--recipient", "court", "--purpose", "trial", "--out", bundle)
    report = vault.rogatory.json("evidence", "verify", str(bundle), "--policy", str(vault.path / "policy"))
    assert "1 are unchanged since ingest, 1 since their derivation and 0 since their seal" in report["statement"]


def test_a_disclosure_tells_nothing_of_hidden_items_or_other_recipients(vault):
    vault.ingest("invoice.pdf", b"%PDF-1.7 the invoice")
    vault.ingest("diary of P7.txt", b"the diary")
    vault.ok("seal", act=[*ACT[:-1], "the invoice, and the diary that informant K gave"])
    for recipient, purpose, reason in (("State B", "operation Lantern", "letter of B"), ("defence", "trial", "access")):
        vault.ok("disclose", "invoice.pdf", "--recipient", recipient, "--purpose", purpose, "--out",
                 vault.folder / recipient, act=[*ACT[:-1], reason])
    assert grep(vault.folder / "State B" / "custody", "Lantern", "letter of B"), "the search itself works"
    for bundle in (vault.folder / "State B", vault.folder / "defence"):
        assert grep(bundle, "informant K", "diary") == []
    assert grep(vault.folder / "defence", "State B", "Lantern", "letter of B") == []
    report = vault.rogatory.json("evidence", "verify", str(vault.folder / "defence"), "--policy", str(vault.path / "policy"))
    assert report["verdict"] == "holds"


def test_erasure_takes_two_and_leaves_the_proof_alone(vault):
    item = vault.ingest("note of P7.txt", b"midnight at the harbour")
    backup = vault.folder / "kept"
    backup.mkdir()
    vault.rogatory.json("evidence", "backup", str(vault.path), "--out", str(backup / "vault.db"))
    shutil.copytree(vault.path / "blobs", backup / "blobs")
    sealed = [value for column in sealed_columns(vault.path / "vault.db") for value in column]
    assert len(sealed) == 4 and all(grep(vault.path, value) for value in sealed), "so that it can be missed below"
    before = vault.holds()["leaves"]
    hold = vault.ok("hold")["hold"]
    assert vault.run("erase", "--approve").code == 10
    vault.ok("hold", "--lift", hold)
    assert vault.run("erase").code == 10
    vault.approve()
    vault.ok("erase")
    words = ("midnight", "note of P7", "officer A7", "Harbour 7", "Manila", "warrant 14", item["sha256"])
    assert grep(vault.path, *words) == [] and grep(backup, *words) == []
    assert sealed_columns(vault.path / "vault.db") == [[], [], [], []] and grep(vault.path, *sealed) == []
    checked = vault.holds("--content")
    assert checked["holds"] and checked["leaves"] == before + 6
    assert vault.run("custody", act=[]).code == 5
    # The backup put back, with the keys that are left: nothing opens, the log is not signed as it is.
    for path in vault.path.glob("vault.db*"):
        path.unlink()
    shutil.copy(backup / "vault.db", vault.path / "vault.db")
    shutil.copytree(backup / "blobs", vault.path / "blobs", dirs_exist_ok=True)
    assert vault.run("open", "note of P7.txt", "--purpose", "x", "--out", vault.folder / "o").code == 5
    assert vault.ok("restore", case=[])["restored"]
    assert vault.holds("--content")["holds"]
    assert not list((vault.path / "blobs").rglob("*.age")), "what was erased is erased again"
    assert grep(vault.path, *words) == []


def test_a_restored_backup_names_what_was_lost(vault):
    vault.ingest("a", b"abc")
    backup = vault.folder / "backup.db"
    vault.rogatory.json("evidence", "backup", str(vault.path), "--out", str(backup))
    vault.ingest("b", b"def")
    signed = (vault.path / "log" / "checkpoint").read_text()
    for path in vault.path.glob("vault.db*"):
        path.unlink()
    shutil.copy(backup, vault.path / "vault.db")
    assert vault.run("hold").code == 10, "nothing is signed over a smaller tree"
    assert (vault.path / "log" / "checkpoint").read_text() == signed
    done = vault.ok("restore", case=[])
    assert (done["lost_from"], done["lost_until"]) == (1, 2)
    assert vault.holds()["holds"]


def test_a_lost_record_is_founded_on_what_others_hold(vault):
    vault.ingest("a", b"abc")
    older = vault.folder / "older"
    shutil.copy(vault.path / "log" / "checkpoint", older)
    vault.ingest("b", b"def")
    newest = vault.folder / "newest"
    shutil.copy(vault.path / "log" / "checkpoint", newest)
    forged = vault.folder / "forged"
    forged.write_text(newest.read_text().replace("\n2\n", "\n1\n"))
    (vault.path / "log-signed").unlink()
    shutil.rmtree(vault.path / "log")
    assert vault.run("hold").code == 10, "nothing is signed without the record"
    for path, code in ((older, 10), (forged, 4)):
        refused = vault.run("restore", "--last-signed", path, case=[])
        assert refused.code == code, refused.err
        assert not (vault.path / "log-signed").exists() and not (vault.path / "log").exists()
    vault.ok("restore", "--last-signed", newest, case=[])
    vault.ingest("c", b"ghi")
    assert vault.holds("--content")["holds"]
    assert vault.run("restore", "--last-signed", newest, case=[]).code == 9, "the record is there"
    verified = vault.rogatory.run("log", "verify", str(vault.path / "log"), "--policy", str(vault.path / "policy"),
                                  "--earlier", str(newest))
    assert verified.code == 0, verified.err


def test_a_scrub_finds_what_was_damaged(vault):
    vault.ingest("a", b"abc")
    bad = vault.ingest("b", os.urandom(300_000))
    path = next((vault.path / "blobs").rglob(bad["item"] + ".age"))
    content = bytearray(path.read_bytes())
    content[-100_000] ^= 1
    path.write_bytes(content)
    scrub = vault.run("scrub", case=[])
    assert scrub.code == 1
    damaged = json.loads(scrub.out)["damaged"]
    assert [one["item"] for one in damaged] == [bad["item"]] and "chunk 3" in damaged[0]["what"]
    assert not json.loads(vault.rogatory.run("evidence", "verify", str(vault.path), "--content", "--json").out)["holds"]


def sparse(path, size):
    with open(path, "wb") as file:
        file.truncate(size)
        for at in (0, size // 3, size - 10):
            file.seek(at)
            file.write(b"landmark")


def test_a_timer_scrubs_what_is_due(vault):
    assert vault.ok("scrub", "--due-after", 30, case=[])["checked"] == 0
    assert vault.holds()["leaves"] == 0, "where nothing is there nothing is due"
    vault.ingest("a", b"abc")
    first = vault.ok("scrub", "--due-after", 30, case=[])
    assert (first["checked"], first["not_due"]) == (1, 0)
    size = vault.holds()["leaves"]
    again = vault.ok("scrub", "--due-after", 30, case=[])
    assert (again["checked"], again["not_due"]) == (0, 1)
    assert vault.holds()["leaves"] == size, "where nothing is due nothing is recorded"
    vault.ingest("b", b"abcd")
    later = vault.ok("scrub", "--due-after", 30, case=[])
    assert (later["checked"], later["not_due"]) == (1, 1)
    assert vault.ok("scrub", case=[])["checked"] == 2
    assert vault.run("scrub", "--due-after", -1, case=[]).code == 2


def test_a_killed_ingest_goes_on(vault):
    path = vault.folder / "disk.raw"
    sparse(path, 600 << 20)
    command = [vault.rogatory.path, "evidence", "ingest", str(vault.path), str(path), "--source", "x", *CASE, *ACT, "--json"]
    incoming = vault.path / "incoming"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            if any(p.stat().st_size > 50 << 20 for p in incoming.glob("*.age")):
                break
        assert process.poll() is None, "it was faster than the test"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert vault.ok("custody", act=[])["items"] == []
    item = vault.ok("ingest", path, "--source", "x")["items"][0]
    assert item["resumed_bytes"] > 40 << 20
    assert list(incoming.iterdir()) == []
    assert vault.holds("--content")["holds"]


def peak_kib(command):
    """Runs a command and gives its peak memory."""
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(command[0], command)
    _, status, usage = os.wait4(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, command
    return usage.ru_maxrss


def test_large_content_needs_little_memory(vault):
    path = vault.folder / "disk.raw"
    sparse(path, LARGE_BYTES)
    start = [vault.rogatory.path, "evidence"]
    bundle = vault.folder / "bundle"
    steps = {
        "ingest": ["ingest", vault.path, path, "--source", "x", *CASE, *ACT],
        "seal": ["seal", vault.path, *CASE, *ACT],
        "disclose": ["disclose", vault.path, "--recipient", "court", "--purpose", "trial", "--out", bundle, *CASE, *ACT],
        "verify bundle": ["verify", bundle, "--policy", vault.path / "policy"],
        "verify vault": ["verify", vault.path, "--content"],
    }
    peaks = {name: peak_kib(start + [str(word) for word in words]) for name, words in steps.items()}
    print(peaks)
    assert all(peak < MEMORY_KIB for peak in peaks.values()), peaks
