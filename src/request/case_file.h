// SPDX-License-Identifier: EUPL-1.2
//
// What an officer knows of a case, once, for all requests made from it (docs/formats/requests.md).
// Persons appear by role. Values: any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "base/shape.h"
#include "conduct/conduct.h"
#include "law/fact.h"

namespace rogatory::request {

/// The most entries of one list of a case: more is a mistake in the input.
inline constexpr std::size_t kMaxListed = 10'000;

struct Office {
  std::string state;  ///< ISO 3166-1 alpha-3
  std::string name;
  std::string role;  ///< central_authority, extradition_authority, ...; may be empty
  std::string reference;
};

/// A domestic offence of the requesting State that is alleged.
struct AllegedOffence {
  std::string provision;  ///< id in the corpus, or free text where it is not encoded
  std::string text;
  std::optional<int> max_months;
  base::Place place;
};

struct PersonOfCase {
  std::string id;
  std::string role;
  std::vector<std::string> nationality;  ///< those known; others may exist
  std::string residence;
  std::optional<int> age_at_conduct;
  base::Place place;
};

struct DataSought {
  std::string id;
  std::string category;  ///< subscriber, traffic, content, other
  std::string from;      ///< RFC 3339 with offset
  std::string until;
  base::Place place;
};

/// What the officer writes for a content that has no field of its own in a case.
struct TextOfCase {
  std::string content;  ///< id of the content
  std::string text;
  base::Place place;
};

struct Sentence {
  std::optional<int> months;
  std::optional<int> remaining_months;
  std::optional<base::Date> on;
  std::optional<bool> is_in_absentia;
};

/// A case. `document` holds it as it was read, with the conduct inside; the typed members are what
/// rules look at.
struct CaseFile {
  base::JsonObject document;
  std::string id;
  std::string title;
  bool is_exercise = false;
  Office requesting;
  Office requested;
  std::string language;  ///< ISO 639-1, of the free text
  std::string urgency;   ///< ordinary, urgent, emergency; empty when not stated
  std::vector<AllegedOffence> offences;
  std::vector<PersonOfCase> persons;
  std::vector<DataSought> data;
  std::vector<TextOfCase> texts;
  std::optional<Sentence> sentence;
  conduct::Conduct conduct;
  std::vector<law::Fact> circumstances;  ///< over `req.` terms, as stated in the case
};

/// Reads a case whose conduct stands inside (`counts`, `sources`). A `conduct:` that names a file
/// is replaced by its content before (see `put_conduct`).
///
/// Errors: kSchema with the place for unknown keys, wrong types, an identifier used twice, a time
/// without offset, an account or holder that does not exist; kSchema, too, for anything that looks
/// like a key or password of an asset: such things never stand in a case; and for control
/// characters and bidirectional overrides in any text (base/deceptive.h).
[[nodiscard]] base::Result<CaseFile> read_case(const base::Json& document,
                                               const base::PlaceOf& place_of = {});

/// The case with the counts and sources of `conduct` in place of the name of a file.
[[nodiscard]] base::JsonObject put_conduct(base::JsonObject document,
                                           const base::JsonObject& conduct);

/// The circumstances of the request: those stated, and what follows from the members of the case
/// (a nationality that is the requested State's, an age, an urgency, a maximum penalty). Nothing is
/// presumed: that a nationality is not listed says nothing. Each fact names the member it rests on.
[[nodiscard]] std::vector<law::Fact> facts_of_request(const CaseFile& file);

/// Facts of the conduct and of the request together, for one count.
[[nodiscard]] std::vector<law::Fact> facts_of(const CaseFile& file, const conduct::Count& count);

}  // namespace rogatory::request
