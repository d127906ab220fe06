// SPDX-License-Identifier: EUPL-1.2
//
// Small law books for tests, in few lines:
//
//     LawBuilder law;
//     law.terms({"act.access", "circ.without_right", "circ.consent"});
//     law.offence("i:art-2", all({is("act.access"), is("circ.without_right")}));
//     const LawBook book = law.link();
//
// Everything that is built is `found` unless a test says otherwise. Single-threaded, as tests are.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "law/fact.h"
#include "law/law_book.h"
#include "law/valuation.h"

namespace rogatory::test {

/// A leaf whose element id is the term.
law::Node is(std::string_view term);
law::Node is_in(law::Scope scope, std::string_view term);
/// `at_least("qty.loss", 5000, "USD")`: its element id is the text of the threshold.
law::Node at_least(std::string_view quantity, double value, std::string_view currency = {});
law::Node compared(std::string_view quantity, law::Comparison op, double value,
                   std::string_view currency = {});
law::Node open(std::string_view what_resolves_it);
law::Node refer(law::ReferAs as, std::vector<std::string> provisions);
law::Node all(std::vector<law::Node> children);
law::Node any(std::vector<law::Node> children);
law::Node none(std::vector<law::Node> children);

/// The node with one exception more, with the given id.
law::Node unless(law::Node node, law::Role role, std::string_view id, law::Node when);
law::Node with_id(law::Node node, std::string_view id);
law::Node sure(law::Node node, law::Confidence confidence);

law::Fact yes(std::string_view term);
law::Fact no(std::string_view term);
law::Fact unknown(std::string_view term, law::UnknownReason reason);
law::Fact amount(std::string_view quantity, double value, std::string_view currency = {});
/// The same fact, said by somebody, or of a State.
law::Fact by(law::Fact fact, std::string_view who);
law::Fact of_state(law::Fact fact, std::string_view state);

/// Aborts where the text is no date.
base::Date date(std::string_view text);
base::DateRange from(std::string_view first_day);
base::DateRange between(std::string_view first_day, std::string_view first_day_after);
law::Citation found(std::string_view cite = "Art. 1");

class LawBuilder {
 public:
  LawBuilder& terms(std::initializer_list<std::string_view> ids);
  /// References are good until the next call of the same function.
  law::Term& term(std::string_view id, std::vector<std::string> parents = {});
  LawBuilder& exclusive(std::string_view id, std::vector<std::string> members);
  LawBuilder& exhaustive(std::string_view id, std::string_view of,
                         std::vector<std::string> members);
  LawBuilder& entails(std::string_view id, std::vector<std::string> premises,
                      std::string_view conclusion);
  LawBuilder& quantity(std::string_view id, std::string_view unit = "money");

  /// The owner is what stands before the colon of the id; three capitals name a State. Both are
  /// declared on first use.
  law::Provision& offence(std::string_view id, law::Node elements);
  law::Instrument& instrument(std::string_view id);
  law::StateLaw& state(std::string_view iso3);
  /// For the conduct of `subject`, the encoded list of the State is exhaustive in these days.
  law::Closure& closure(std::string_view iso3, law::Node subject, base::DateRange range);

  law::LawBook& book() { return book_; }
  /// The linked book, which leaves the builder; records a failure of the test when it does not
  /// link.
  law::LawBook link();
  base::Result<law::LawBook> try_link();

 private:
  law::LawBook book_;
};

}  // namespace rogatory::test
