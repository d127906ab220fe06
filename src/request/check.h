// SPDX-License-Identifier: EUPL-1.2
//
// Is a request right first time? What is missing, under which article, why it matters; whether its
// basis stands; and the least that the requested State would ask back. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "law/answer.h"
#include "law/basis.h"
#include "law/document.h"
#include "law/law_book.h"
#include "request/draft.h"
#include "request/kind.h"

namespace rogatory::request {

/// One content of the kind against the draft.
struct ContentCheck {
  const ContentUse* use = nullptr;
  bool is_present = false;
  bool is_needed = false;  ///< essential, or of the level `basis` and asked by the basis chosen
  std::vector<const Rule*> asked_by;  ///< the articles of the basis chosen that ask it
  [[nodiscard]] bool is_missing() const { return is_needed && !is_present; }
};

/// `kBlocks`: the request should not be sent so. `kWarns`: it may come back or be refused.
/// `kNotes`: good to know.
enum class Weight : std::uint8_t { kNotes, kWarns, kBlocks };
[[nodiscard]] std::string_view to_text(Weight weight);

struct Remark {
  std::string id;  ///< published, such as `basis_not_available`
  Weight weight = Weight::kNotes;
  std::string says;
  std::string cite;
  std::optional<law::Confidence> confidence;  ///< of the fact of law behind it
};

/// The conduct under both laws, where the basis or a later step asks for it.
struct DualCheck {
  std::string count;
  law::DualAnswer answer;
};

struct CheckResult {
  std::vector<ContentCheck> contents;
  std::vector<Remark> remarks;            ///< heaviest first
  std::optional<law::BasisAnswer> bases;  ///< nothing when the States are unknown
  /// Conditions of the basis chosen that no fact decides. They keep no request from being complete:
  /// whoever is asked will look at them.
  std::vector<law::ConditionAnswer> open_conditions;
  std::vector<DualCheck> dual;
  bool is_provisional = false;  ///< rests on a recalled fact, or an order of bases that may change

  /// Nothing needed is missing and nothing blocks.
  [[nodiscard]] bool is_complete() const;
  [[nodiscard]] std::size_t missing() const;
};

/// Errors: kNotFound for a State of the case that is no State or territory; kConflict when facts of
/// the case contradict each other, naming them.
/// Beside the circumstances of the case, what the contents of the draft state (`ContentUse::fact`)
/// counts, unless the case says otherwise.
[[nodiscard]] base::Result<CheckResult> check_request(const law::LawBook& book,
                                                      const KindBook& kinds, const Draft& draft,
                                                      base::Date on);

/// One question that would come back.
struct Question {
  std::string about;  ///< content, condition, or conduct
  std::string id;     ///< of the content, the condition, or the term
  std::string asks;   ///< in English
  std::string why;
  std::string cite;
  std::string count;  ///< for conduct
};

/// The least the requested State will ask back: missing contents, open conditions of the basis, and
/// for each count the smallest set of open facts that would make it an offence under the encoded
/// law of the requested State. Where that law is not encoded, or a count is met already, nothing is
/// asked about the conduct.
struct AskResult {
  std::vector<Question> questions;
  std::vector<std::string> notes;  ///< what could not be computed, and why
};
[[nodiscard]] base::Result<AskResult> ask_back(const law::LawBook& book, const KindBook& kinds,
                                               const Draft& draft, base::Date on);

[[nodiscard]] base::Json to_json(const law::LawBook& book, const Draft& draft,
                                 const CheckResult& result);
[[nodiscard]] base::Json to_json(const AskResult& result);
void write(const law::LawBook& book, const Draft& draft, const CheckResult& result,
           law::Document& out);
void write(const AskResult& result, law::Document& out);

}  // namespace rogatory::request
