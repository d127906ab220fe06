// SPDX-License-Identifier: EUPL-1.2
//
// What every lint rule looks things up in. Borrows the reading; one thread.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/error.h"
#include "corpus/detail/findings.h"
#include "corpus/reader.h"
#include "law/law_book.h"

namespace rogatory::corpus::detail {

/// Ids of a reading that is not linked, and the findings so far.
class LintIndex final {
 public:
  LintIndex(const Reading& reading, Findings& findings);

  const law::LawBook& book() const { return book_; }

  const law::Quantity* find_quantity(std::string_view id) const;
  const law::Provision* find_provision(std::string_view id) const;
  const law::Instrument* find_instrument(std::string_view id) const;

  const law::GroundSubject* find_subject(std::string_view id) const;

  void add(Rule rule, std::string message, const base::Place& place) {
    findings_.add(rule, std::move(message), place);
  }

  /// kUnknownTerm unless `term` is declared.
  void check_term(const std::string& term, const base::Place& place);
  /// kUnknownQuantity unless `quantity` is declared.
  void check_quantity(const std::string& quantity, const base::Place& place);

  /// kUnknownState unless `code` is a State of the world or one whose law is encoded. Without a
  /// world nothing is known, and nothing refused.
  void check_state(const std::string& code, const base::Place& place);
  /// As check_state, for territories too.
  void check_state_or_territory(const std::string& code, const base::Place& place);

  /// kUnknownContent unless `contents`, the document of the contents of requests, has `id`.
  void check_content(const std::string& id, const base::Place& place);

  /// True when `term` is `ancestor` or has it among its parents' parents.
  bool descends_from(const std::string& term, const std::string& ancestor) const;

 private:
  template <class T>
  using ById = std::map<std::string_view, const T*, std::less<>>;

  const law::LawBook& book_;
  Findings& findings_;
  ById<law::Term> terms_;
  ById<law::Quantity> quantities_;
  ById<law::Provision> provisions_;
  ById<law::Instrument> instruments_;
  ById<law::GroundSubject> subjects_;
  std::set<std::string_view> states_;
  std::set<std::string_view> territories_;
  std::set<std::string, std::less<>> contents_;
};

/// Notes kDuplicateId when an id comes a second time.
class UniqueIds final {
 public:
  UniqueIds(LintIndex& index, std::string_view what) : index_(index), what_(what) {}

  void add(const std::string& id, const base::Place& place);

 private:
  LintIndex& index_;
  std::string_view what_;
  std::map<std::string, base::Place> seen_;
};

/// The rules of each kind of thing; they add to the findings of `index`.
void lint_vocabulary(LintIndex& index);
void lint_owners(LintIndex& index);
void lint_provisions(LintIndex& index);
void lint_world(LintIndex& index);
void lint_document(const CorpusFile& file, LintIndex& index);

/// Asks the solver; `book` must link.
void lint_meaning(const law::LawBook& book, Findings& findings);

}  // namespace rogatory::corpus::detail
