# SPDX-License-Identifier: EUPL-1.2
"""One bit of a bundle flipped: the second verifier says that it does not hold.

It is imported, not started anew for each flip. With ROGATORY_SLOW=1 every bit is flipped, on all processors; else one
bit, a different one each time, at every STRIDE-th byte of a file, at its last, and beside the edges of its chunks.
"""

import contextlib
import functools
import importlib.util
import io
import multiprocessing
import os
import pathlib
import random
import shutil
import sys

import pytest

from conftest import TOP
from stopped import memory_folder
from vault_world import Vault

CHUNK = 65536
STRIDES = ((100_000, 499), (4096, 61), (0, 5))  # by the size of a file
IS_SLOW = os.environ.get("ROGATORY_SLOW") == "1"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """A bundle of an item of two chunks and a bit, and a small one."""
    top = tmp_path_factory.mktemp("bundle")
    vault = Vault(os.environ["ROGATORY_BIN"], top / "vault")
    vault.ok("init", "--origin", "e.example/vault", case=None, act=[])
    (top / "disk.raw").write_bytes(random.Random(3).randbytes(2 * CHUNK + 3))
    (top / "note").write_bytes(b"x")
    vault.ok("ingest", top / "disk.raw", top / "note", "--source", "police")
    vault.ok("seal")
    vault.ok("disclose", "--recipient", "court", "--purpose", "trial", "--out", top / "bundle")
    shutil.copy(vault.path / "policy", top / "policy")
    return top


@functools.cache
def verifier():
    path = TOP / "src" / "package" / "verify_bundle.py"
    spec = importlib.util.spec_from_file_location("verify_bundle", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    # Most flips leave the signatures as they are, and to verify one takes longer than all the rest.
    module.ed25519_verify = functools.cache(module.ed25519_verify)
    return module


def verify(top):
    """The status that the verifier would end with."""
    sys.argv = ["verify_bundle.py", str(top / "bundle"), "--policy", str(top / "policy")]
    with contextlib.redirect_stdout(io.StringIO()):
        return verifier().main()


def flip_at(top, path, good, places):
    """Flips these bits of a file; those after which the verifier did not say that the bundle does not hold."""
    missed = []
    with open(path, "r+b", buffering=0) as file:
        for at, bit in places:
            os.pwrite(file.fileno(), bytes([good[at] ^ 1 << bit]), at)
            try:
                status = verify(top)
            except Exception as error:  # whatever it is: a verifier has to end with a verdict
                status = repr(error)
            os.pwrite(file.fileno(), good[at:at + 1], at)
            if status != 1:
                missed.append(f"{path.relative_to(top / 'bundle')} byte {at} bit {bit}: {status}")
    return missed


def chosen(size):
    """Places in a file of that size."""
    if IS_SLOW:
        return [(at, bit) for at in range(size) for bit in range(8)]
    stride = next(stride for least, stride in STRIDES if size >= least)
    places = {*range(0, size, stride), size - 1, *range(CHUNK, size, CHUNK), *range(CHUNK - 1, size, CHUNK)}
    return [(at, number % 8) for number, at in enumerate(sorted(places))]


def flip_part(task):
    """The part of one process, in a copy of its own."""
    top, part, parts = task
    missed, count = [], 0
    with memory_folder() as name:
        own = pathlib.Path(name)
        shutil.copytree(top / "bundle", own / "bundle")
        shutil.copy(top / "policy", own / "policy")
        for path in sorted(path for path in (own / "bundle").rglob("*") if path.is_file()):
            good = path.read_bytes()
            places = chosen(len(good))[part::parts]
            count += len(places)
            missed += flip_at(own, path, good, places)
        if verify(own) != 0:
            missed.append("not every byte was put back")
    return missed, count


def flip_all(top):
    parts = os.cpu_count() if IS_SLOW else 1
    tasks = [(top, part, parts) for part in range(parts)]
    if parts == 1:
        outcomes = [flip_part(tasks[0])]
    else:
        with multiprocessing.Pool(parts) as pool:
            outcomes = pool.map(flip_part, tasks)
    count = sum(number for _, number in outcomes)
    print(f"{count} bits flipped")
    return [text for missed, _ in outcomes for text in missed], count


def test_the_bundle_holds_as_it_is(bundle):
    assert verify(bundle) == 0


@pytest.mark.skipif(IS_SLOW, reason="every bit is flipped below")
def test_a_flipped_bit_is_found(bundle):
    missed, count = flip_all(bundle)
    assert count > 2000
    assert not missed, missed[:20]


@pytest.mark.skipif(not IS_SLOW, reason="ROGATORY_SLOW=1 flips every bit")
def test_every_flipped_bit_is_found(bundle):
    missed, count = flip_all(bundle)
    assert count > 8 * 2 * CHUNK
    assert not missed, missed[:20]
