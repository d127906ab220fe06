-- SPDX-License-Identifier: EUPL-1.2
--
-- What the events say, kept at hand. No row holds anything personal in the clear, so that the
-- destruction of a case's key erases here, and in a backup as far as no copy of the key is left
-- (docs/formats/vault.md).

CREATE TABLE vault (
  name {text} NOT NULL PRIMARY KEY,
  content {blob} NOT NULL
{strict};

CREATE TABLE cases (
  case_id {blob} NOT NULL PRIMARY KEY,
  -- A keyed digest of the name, to find the case by it; NULL once erased.
  name_tag {blob} UNIQUE,
  -- The case's secret, wrapped under its key in the key store; NULL once erased.
  wrapped_secret {blob},
  -- The name, under that secret; NULL once erased.
  sealed_name {blob},
  -- The day of erasure.
  erased_on {text}
{strict};

CREATE TABLE items (
  item_id {blob} NOT NULL PRIMARY KEY,
  case_id {blob} NOT NULL REFERENCES cases (case_id),
  -- The item's key, wrapped under the case's key.
  wrapped_key {blob} NOT NULL,
  is_damaged {integer} NOT NULL,
  -- When the content was last read and compared; NULL before the first time.
  scrubbed_at {text}
{strict};

CREATE INDEX items_of_case ON items (case_id);

-- An ingest that has begun and not ended.
CREATE TABLE unfinished (
  item_id {blob} NOT NULL PRIMARY KEY,
  case_id {blob} NOT NULL REFERENCES cases (case_id),
  wrapped_key {blob} NOT NULL,
  -- Where the content comes from, under the case's secret.
  sealed_origin {blob} NOT NULL
{strict};
