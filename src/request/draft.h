// SPDX-License-Identifier: EUPL-1.2
//
// A request as it is being written: a file that can be read, changed by hand and compared line by
// line (docs/formats/requests.md). It carries the whole case, so it stands alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "base/shape.h"
#include "request/case_file.h"
#include "request/kind.h"

namespace rogatory::request {

/// The legal basis that the request names, on the day for which it was chosen.
struct BasisChosen {
  std::string instrument;  ///< id; empty for the law of the requested State
  std::string provision;   ///< full id of the `basis` provision
  base::Date on;
  std::string words;  ///< title and citation for the content that names the basis; not stored
};

struct ContentText {
  std::string id;
  std::string text;
  bool is_from_case = false;
};

struct Condition {
  std::string id;
  std::string text;
};

/// Relation to an earlier request, such as the extension of a preservation.
struct Earlier {
  std::string of;
  std::string relation;  ///< extends, lapses, follows
};

struct Draft {
  std::string kind;
  std::string id;
  CaseFile case_file;
  std::optional<BasisChosen> basis;   ///< nothing: none is known
  std::vector<ContentText> contents;  ///< in the order of the kind
  std::vector<Condition> conditions;
  std::vector<Earlier> history;
  std::string corpus_digest;

  [[nodiscard]] const ContentText* find_content(std::string_view content) const;
};

/// A first draft: each content of the kind, filled from the case where the case has it: from
/// `texts`, else from the fields that the content names. The words of the basis are found at
/// `/basis`.
[[nodiscard]] Draft make_draft(const Kind& kind, CaseFile case_file,
                               std::optional<BasisChosen> basis, std::string corpus_digest);

/// Refuses a case with a text for a content that no kind has; kSchema with the place.
[[nodiscard]] base::Result<void> check_content_texts(const CaseFile& file, const KindBook& kinds);

/// Reads a draft. Errors: kSchema with the place for unknown keys, an unknown kind or content, a
/// content given twice, deceptive characters, and those of read_case for the case inside.
[[nodiscard]] base::Result<Draft> read_draft(const base::Json& document, const KindBook& kinds,
                                             const base::PlaceOf& place_of = {});

/// `format: rogatory.request/1`. Members stand in the order in which an officer reads them;
/// `base::canonical_json` of it is the form that is signed.
[[nodiscard]] base::JsonObject to_json(const Draft& draft);

/// The same as YAML for the officer: texts in blocks, one value a line. Reads back to the same
/// draft.
[[nodiscard]] std::string to_yaml(const Draft& draft);

}  // namespace rogatory::request
