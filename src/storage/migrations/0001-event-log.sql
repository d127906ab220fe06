-- SPDX-License-Identifier: EUPL-1.2
--
-- Events as they happened, and the Merkle tree over their leaves.

CREATE TABLE events (
  sequence {key},
  stream {blob} NOT NULL,
  version {integer} NOT NULL,
  -- What the log shows of the event: canonical JSON with commitments.
  leaf {text} NOT NULL,
  -- What was committed to, encrypted under the key of the stream; NULL once erased.
  sealed {blob},
  UNIQUE (stream, version)
{strict};

CREATE TABLE leaves (
  leaf_index {integer} NOT NULL PRIMARY KEY,
  -- NULL for an event that a restored backup did not have.
  sequence {integer} UNIQUE REFERENCES events (sequence),
  -- Of such an event alone: the leaf as the exported log had it.
  lost_leaf {text}
{strict};

-- The widest tile of each place: 32 bytes for each hash.
CREATE TABLE tiles (
  level {integer} NOT NULL,
  tile_index {integer} NOT NULL,
  hashes {blob} NOT NULL,
  PRIMARY KEY (level, tile_index)
{strict};

CREATE TABLE checkpoints (
  size {integer} NOT NULL PRIMARY KEY,
  note {text} NOT NULL
{strict};
