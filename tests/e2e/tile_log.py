# SPDX-License-Identifier: EUPL-1.2
"""Reads the folder of a tiled log (C2SP tlog-tiles), with the standard library alone."""

import base64
import hashlib


def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def tree_root(leaves):
    """RFC 6962 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + tree_root(leaves[:split]) + tree_root(leaves[split:])).digest()


def read_bundle(data):
    entries = []
    while data:
        size = int.from_bytes(data[:2], "big")
        assert len(data) >= 2 + size, "a bundle ends within an entry"
        entries.append(data[2:2 + size])
        data = data[2 + size:]
    return entries


class TileLog:
    """As the checkpoint in the folder says. Indices below 256,000 only."""

    def __init__(self, folder):
        self.folder = folder
        self.origin, size, root = (folder / "checkpoint").read_text().split("\n")[:3]
        self.size, self.said_root = int(size), base64.b64decode(root)

    def file(self, kind, number):
        """A full file, or the one whose width the size asks for."""
        name, width = f"{number:03d}", self.size - 256 * number
        full = self.folder / "tile" / kind / name
        if width >= 256:
            return full.read_bytes()
        partial = self.folder / "tile" / kind / f"{name}.p" / str(width)
        return partial.read_bytes() if partial.exists() else full.read_bytes()

    def entries(self):
        entries = []
        for number in range((self.size + 255) // 256):
            entries += read_bundle(self.file("entries", number))[:256]
        return entries[:self.size]

    def leaves(self):
        leaves = b"".join(self.file("0", number) for number in range((self.size + 255) // 256))
        return [leaves[i:i + 32] for i in range(0, 32 * self.size, 32)]

    def root(self):
        leaves = [leaf_hash(entry) for entry in self.entries()]
        assert leaves == self.leaves(), "tiles and entries differ"
        return tree_root(leaves)

    def checkpoint_root(self):
        return self.said_root
