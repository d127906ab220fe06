# SPDX-License-Identifier: EUPL-1.2
"""Logs from the command line, read again by a reader of our own in Python."""

import base64
import json
import subprocess

import pytest

from tile_log import TileLog, leaf_hash

ORIGIN = "example.org/log"


@pytest.fixture
def keys(rogatory, tmp_path):
    """The public keys of a log and of two witnesses, whose private keys are files beside them."""
    made = {"log": rogatory.json("log", "key", f"{tmp_path}/log.key", "--name", ORIGIN)["key"]}
    for name in ("w1", "w2"):
        answer = rogatory.json("log", "key", f"{tmp_path}/{name}.key", "--name", f"{name}.example", "--witness")
        made[name] = answer["key"]
    return made


@pytest.fixture
def log(rogatory, tmp_path, keys):
    """A log of three entries, signed."""
    rogatory.json("log", "init", f"{tmp_path}/log", "--origin", ORIGIN)
    answer = rogatory.run("log", "append", f"{tmp_path}/log", "-", text="one\ntwo\nthree\n")
    assert answer.code == 0, answer.err
    rogatory.json("log", "checkpoint", f"{tmp_path}/log", "--key", f"{tmp_path}/log.key")
    return tmp_path / "log"


@pytest.fixture
def policy(tmp_path, keys):
    path = tmp_path / "policy"
    path.write_text(f"log {keys['log']}\nwitness A {keys['w1']}\nwitness B {keys['w2']}\n"
                    "group both all A B\nquorum both\n")
    return path


def cosign(rogatory, log, keys, name, old_size=0):
    top = log.parent
    request = rogatory.json("log", "prove", log, "--from", str(old_size))["request"]
    return rogatory.run("log", "witness", "-", "--state", f"{top}/seen-{name}", "--key", f"{top}/{name}.key",
                        "--log-key", keys["log"], "--json", text=request)


def cosign_all(rogatory, log, keys, old_size=0):
    for name in ("w1", "w2"):
        lines = log.parent / f"{name}.lines"
        lines.write_text(cosign(rogatory, log, keys, name, old_size).json()["cosignature"])
        rogatory.json("log", "checkpoint", log, "--cosignature", lines)


def test_what_is_said_is_what_is_there(rogatory, log):
    tiles = TileLog(log)
    assert tiles.entries() == [b"one", b"two", b"three"]
    assert tiles.root() == tiles.checkpoint_root()
    answer = rogatory.run("log", "append", log, "-", "--json", text="four\n\nsix")
    said = [json.loads(line) for line in answer.out.splitlines()]
    assert [one["index"] for one in said] == [3, 4, 5]
    assert [one["leaf"] for one in said] == [leaf_hash(entry).hex() for entry in (b"four", b"", b"six")]


def test_a_proof_stands_alone(rogatory, log, keys, policy, tmp_path):
    cosign_all(rogatory, log, keys)
    proof, entry = tmp_path / "two.tlog-proof", tmp_path / "two"
    entry.write_bytes(b"two")
    assert rogatory.run("log", "prove", log, "1", "-o", proof).code == 0
    answer = rogatory.json("log", "verify", proof, "--entry", entry, "--policy", policy)
    assert answer["verified"]
    assert any("number 1 of the log" in text for text in answer["checked"])
    assert [one["source"] for one in answer["times"]] == ["stated by the witness A", "stated by the witness B"]
    assert "what the entry says, and whether it was true" in answer["not_checked"]

    entry.write_bytes(b"2")
    error = rogatory.run("log", "verify", proof, "--entry", entry, "--policy", policy, "--json").error()
    assert error["code"] == "lint"


def test_the_quorum_is_asked(rogatory, log, keys, policy):
    error = rogatory.run("log", "verify", log, "--policy", policy, "--json").error()
    assert "quorum" in error["message"]
    cosign_all(rogatory, log, keys)
    assert rogatory.json("log", "verify", log, "--policy", policy)["verified"]


def test_a_witness_refuses_another_past(rogatory, log, keys, tmp_path):
    assert cosign(rogatory, log, keys, "w1").code == 0
    error = cosign(rogatory, log, keys, "w1").error()
    assert error["code"] == "conflict" and "3 entries" in error["message"]

    # Another log under the same key, three entries long and then five.
    other = tmp_path / "other"
    rogatory.json("log", "init", other, "--origin", ORIGIN)
    rogatory.run("log", "append", other, "-", text="un\ndeux\ntrois\nquatre\ncinq\n")
    rogatory.json("log", "checkpoint", other, "--key", f"{tmp_path}/log.key")
    error = cosign(rogatory, other, keys, "w1", old_size=3).error()
    assert error["code"] == "lint"
    assert error["context"] == ["refused with status 422"]


def test_a_cut_tail_is_found_by_a_cosigned_checkpoint(rogatory, log, keys, policy, tmp_path):
    short = tmp_path / "short"
    cosign_all(rogatory, log, keys)
    copy_folder(log, short)
    rogatory.run("log", "append", log, "-", text="four\nfive\n")
    rogatory.json("log", "checkpoint", log, "--key", f"{tmp_path}/log.key")
    cosign_all(rogatory, log, keys, old_size=3)
    seen = tmp_path / "seen.checkpoint"
    seen.write_bytes((log / "checkpoint").read_bytes())
    # The shorter log is well by itself: its signatures are good, all of it fits.
    assert rogatory.json("log", "verify", short, "--policy", policy)["verified"]
    error = rogatory.run("log", "verify", short, "--policy", policy, "--earlier", seen, "--json").error()
    assert error["message"] == "the log was shown with 5 entries and has 3: its end was cut off"
    # And the log of whoever keeps the record of what was signed apart signs nothing smaller.
    error = rogatory.run("log", "checkpoint", short, "--key", f"{tmp_path}/log.key", "--signed-record",
                         log / "writer" / "signed", "--json").error()
    assert error["code"] == "lint" and "a smaller tree is never signed" in error["message"]


def copy_folder(source, target):
    for path in sorted(source.rglob("*")):
        if path.is_file():
            to = target / path.relative_to(source)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())


def test_a_changed_file_is_found(rogatory, log, keys, policy):
    cosign_all(rogatory, log, keys)
    # The path of entry 0 goes by the last leaf; the last entry is what its own proof is about.
    for path, index in ((log / "tile" / "0" / "000.p" / "3", 0), (log / "tile" / "entries" / "000.p" / "3", 2)):
        good = path.read_bytes()
        path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        assert rogatory.run("log", "verify", log, "--policy", policy, "--json").error()["code"] == "lint"
        # No proof leaves a log that is damaged.
        assert rogatory.run("log", "prove", log, index).code != 0
        path.write_bytes(good)


def test_a_wrong_cosignature_is_not_published(rogatory, log, keys, policy, tmp_path):
    line = cosign(rogatory, log, keys, "w1").json()["cosignature"]
    name, signature = line.split()[1:]
    changed = bytearray(base64.b64decode(signature))
    changed[-1] ^= 1
    (tmp_path / "lines").write_text(f"— {name} {base64.b64encode(changed).decode()}\n")
    before = (log / "checkpoint").read_bytes()
    error = rogatory.run("log", "checkpoint", log, "--cosignature", f"{tmp_path}/lines", "--policy", policy,
                         "--json").error()
    assert error["code"] == "lint"
    assert (log / "checkpoint").read_bytes() == before


def test_keys_are_for_their_owner(rogatory, log, tmp_path):
    key = tmp_path / "log.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert rogatory.run("log", "key", key, "--name", ORIGIN, "--json").error()["code"] == "conflict"
    key.chmod(0o644)
    error = rogatory.run("log", "checkpoint", log, "--key", key, "--json").error()
    assert "chmod 600" in error["message"]


def test_help_teaches(rogatory):
    assert "rogatory log verify report.tlog-proof" in rogatory.run("log --help").out
    for command in ("key", "init", "append", "checkpoint", "prove", "witness", "verify"):
        answer = rogatory.run("log", command, "--help")
        assert answer.code == 0 and "--json" in answer.out


def test_wrong_use_says_what_to_do(rogatory, tmp_path, log):
    assert "log init" in rogatory.run("log", "append", tmp_path / "no", "-", "--json", text="").error()["message"]
    assert rogatory.run("log", "prove", log, "--json").error()["code"] == "invalid_argument"
    assert rogatory.run("log", "prove", log, "3", "--json").error()["code"] == "invalid_argument"
    assert rogatory.run("log", "init", log, "--origin", ORIGIN, "--json").error()["code"] == "conflict"


def test_an_option_that_would_check_nothing_is_refused(rogatory, tmp_path):
    log, key, policy = (str(tmp_path / name) for name in ("log", "key", "policy"))
    made = rogatory.json("log", "key", key, "--name", "example.org/log")
    rogatory.json("log", "init", log, "--origin", "example.org/log")
    (tmp_path / "entry").write_text("one")
    rogatory.json("log", "append", log, str(tmp_path / "entry"))
    (tmp_path / "policy").write_text(f"log {made['key']}\nquorum none\n")
    both = rogatory.run("log", "checkpoint", log, "--key", key, "--policy", policy)
    assert both.code == 2 and not (tmp_path / "log" / "checkpoint").exists()
    rogatory.json("log", "checkpoint", log, "--key", key)
    checkpoint = str(tmp_path / "log" / "checkpoint")
    proof = str(tmp_path / "proof")
    rogatory.json("log", "prove", log, "0", "-o", proof)
    entry = str(tmp_path / "entry")
    assert rogatory.run("log", "verify", proof, "--policy", policy, "--entry", entry).code == 0
    for words in ([log, "--entry", entry], [log, "--leaf", "0" * 64], [checkpoint, "--entry", entry],
                  [checkpoint, "--earlier", checkpoint], [proof, "--entry", entry, "--earlier", checkpoint]):
        refused = rogatory.run("log", "verify", *words, "--policy", policy)
        assert refused.code == 2, (words, refused.out)
    assert rogatory.run("log", "verify", log, "--policy", policy, "--earlier", checkpoint).code == 0


def test_a_witness_writes_the_file_it_is_told_to_and_says_when_it_cannot(rogatory, tmp_path):
    log, key = str(tmp_path / "log"), str(tmp_path / "key")
    made = rogatory.json("log", "key", key, "--name", "example.org/log")
    rogatory.json("log", "key", str(tmp_path / "w"), "--name", "w.example", "--witness")
    rogatory.json("log", "init", log + "/", "--origin", "example.org/log")
    (tmp_path / "entry").write_text("one")
    rogatory.json("log", "append", log, str(tmp_path / "entry"))
    rogatory.json("log", "checkpoint", log, "--key", key)
    request = str(tmp_path / "request")
    rogatory.json("log", "prove", log, "--from", "0", "-o", request)
    words = ["log", "witness", request, "--state", str(tmp_path / "state"), "--key", str(tmp_path / "w"), "--log-key",
             made["key"]]
    out = tmp_path / "cosigned"
    said = rogatory.json(*words, "-o", str(out))
    assert out.read_text() == said["cosignature"]
    words[words.index("--state") + 1] = str(tmp_path / "another-state")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([rogatory.path, *words], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 6
