// SPDX-License-Identifier: EUPL-1.2
//
// One fact of each kind, for tests.
#pragma once

#include <vector>

#include "vault/event.h"

namespace rogatory::vault {

inline base::Date sample_day(const char* text) {
  return base::Date::parse(text).value();
}

inline Act sample_act() {
  return {.officer = "officer A7",
          .role = "evidence custodian",
          .authority = "warrant 14/2026",
          .reason = "preservation request 7",
          .at = sample_day("2026-11-24").days()};
}

inline Content sample_content() {
  return {.name = "disk.E01",
          .media = "ewf",
          .size_bytes = 12,
          .sha256 = std::string(64, 'a'),
          .sha512 = std::string(128, 'b'),
          .tree_root = std::string(64, 'c')};
}

inline Conditions sample_conditions() {
  return {.purposes = std::vector<std::string>{"case 7"},
          .return_by = sample_day("2027-01-01"),
          .delete_by = sample_day("2028-01-01"),
          .keep_until = sample_day("2026-12-01"),
          .imposed_by = "Philippines, letter of 2026-11-02"};
}

inline std::vector<Fact> sample_facts() {
  const Use use{.purpose = "case 7", .consent = "letter 9"};
  const ItemId item("a1");
  return {
      Ingest{.item = item,
             .content = sample_content(),
             .source = "police of Manila",
             .received = {{.algorithm = "MD5", .value = "0011"}},
             .conditions = sample_conditions()},
      AcquisitionReport{.item = item,
                        .acquired_by = "unit 3",
                        .acquired_at = "2026-11-01",
                        .method = "write blocker",
                        .report = "no error"},
      Seal{.set = SetId("b1"),
           .items = {item},
           .salts = {std::string(64, '0')},
           .names = {"disk.E01"},
           .root = std::string(64, 'd')},
      Release{.set = SetId("b1"), .recipient = "court", .use = use},
      Receipt{.set = SetId("b1"), .from = "court", .root = std::string(64, 'd'), .note = "whole"},
      Open{.item = item, .use = use},
      Copy{.copy = ItemId("c1"), .item = item, .holder = "laboratory", .use = use},
      Derive{.item = ItemId("a2"),
             .content = sample_content(),
             .parents = {item},
             .tool = "carver 2",
             .use = use,
             .conditions = {}},
      Disclose{.set = SetId("b1"), .items = {item}, .recipient = "defence", .use = use},
      Mismatch{.item = item, .expected = "a", .found = "b", .where = "chunk 3"},
      Hold{.hold = HoldId("h1")},
      HoldRelease{.hold = HoldId("h1")},
      EraseApproval{},
      Erase{.case_id = "e1", .approvals = {"A, judge", "B, prosecutor"}},
      Scrub{.checked = 4, .damaged = {item}},
      Restore{.lost_from = 3, .lost_until = 5},
  };
}

}  // namespace rogatory::vault
