// SPDX-License-Identifier: EUPL-1.2

#include "case_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "case_cooperation.h"
#include "case_expect.h"
#include "case_file.h"
#include "law/answer.h"
#include "law/compare.h"
#include "law/cover.h"

namespace rogatory::test {
namespace {

using law::LawBook;
using law::ProofNode;
using law::Verdict;

std::set<std::string> names_of(const std::vector<law::UnknownReason>& reasons) {
  std::set<std::string> out;
  for (const law::UnknownReason reason : reasons) out.emplace(to_text(reason));
  return out;
}

std::set<std::string> ids_of(const LawBook& book,
                             const std::vector<law::ProvisionIndex>& provisions) {
  std::set<std::string> out;
  for (const law::ProvisionIndex i : provisions) out.insert(book.provisions[i].id);
  return out;
}

std::set<std::string> facts_of(const LawBook& book, const std::vector<law::FactNeeded>& facts) {
  std::set<std::string> out;
  for (const law::FactNeeded& fact : facts) out.insert(book.atoms().key(fact.atom));
  return out;
}

/// Ids of the elements and exceptions that the answer rests on.
void collect_decisive(const ProofNode& node, std::set<std::string>& out) {
  if (!node.is_decisive) return;
  if (!node.id.empty()) out.insert(node.id);
  for (const ProofNode& child : node.children) collect_decisive(child, out);
}

/// A no has a reason when some fact stated otherwise would have to be another one.
bool has_reason(const law::Assessment& a) {
  return !a.needed.empty() && !a.needed.front().contradicted.empty();
}

class CaseRun {
 public:
  CaseRun(const LawBook& book, const std::optional<conduct::Count>& count)
      : book_(book), count_(count) {}

  void ask(const Entry& question) {
    if (question.has("classify")) return classify(question);
    if (question.has("dual")) return dual(question);
    if (question.has("compare")) return compare(question);
    if (question.has("cover")) return cover(question);
    if (question.has("articles")) return articles(question);
    if (ask_cooperation(book_, count_, question)) return;
    ADD_FAILURE() << question.place()
                  << ": a question is classify, dual, compare, cover, articles, basis, grounds or "
                     "extraditable";
  }

 private:
  // classify: one provision
  // --------------------------------------------------------------------------------------------

  void classify(const Entry& question) {
    question.allow_only({"classify", "verdict", "because", "contradicted", "missing", "reasons",
                         "subject_to", "readings"});
    const auto index = book_.find_provision_index(question.text("classify"));
    ASSERT_TRUE(index.has_value()) << question.place() << ": no such provision";
    ASSERT_TRUE(count_.has_value()) << question.place() << ": the case has no conduct";
    const auto valuation = law::Valuation::make(book_, count_->facts);
    ASSERT_TRUE(valuation.ok()) << question.place() << ": " << valuation.error().to_string();
    const law::Assessment a = law::assess(*valuation, *index);
    expect_name(question.at("verdict"), a.verdict);
    std::set<std::string> decisive;
    collect_decisive(a.proof, decisive);
    expect_holds(question.at("because"), decisive);
    const law::FactSet best = a.needed.empty() ? law::FactSet{} : a.needed.front();
    expect_exactly(question.at("contradicted"), facts_of(book_, best.contradicted));
    expect_exactly(question.at("missing"), facts_of(book_, best.missing));
    expect_exactly(question.at("reasons"), names_of(a.unknown_reasons));
    std::set<std::string> defences;
    for (const law::LinkedException* exception : a.subject_to) defences.insert(exception->id);
    expect_exactly(question.at("subject_to"), defences);
    for (const auto& [id, wanted] : question.at("readings").members()) check_reading(id, wanted, a);
  }

  /// The answer under another reading of the same text.
  static void check_reading(const std::string& id, const Entry& wanted, const law::Assessment& a) {
    const auto it = std::ranges::find_if(
        a.readings, [&](const law::ReadingOutcome& one) { return one.reading->id == id; });
    ASSERT_NE(it, a.readings.end()) << wanted.place() << ": no such reading";
    expect_name(wanted, it->verdict);
  }

  // dual
  // ---------------------------------------------------------------------------------------------------------------

  void dual(const Entry& question) {
    question.allow_only(
        {"dual", "verdict", "reasons", "never", "requesting", "requested", "refused", "differs"});
    const Entry states = question.at("dual");
    states.allow_only({"requesting", "requested", "request_date", "warrant_date", "decision_date"});
    law::DualQuestion asked;
    asked.requesting = book_.find_state(states.text("requesting"));
    asked.requested = book_.find_state(states.text("requested"));
    const bool is_refused = asked.requesting == nullptr || asked.requested == nullptr;
    if (question.has("refused")) {
      EXPECT_TRUE(is_refused) << question.place()
                              << ": only the law of States takes part in dual criminality";
      return;
    }
    ASSERT_FALSE(is_refused) << states.place() << ": no such State";
    ASSERT_TRUE(count_.has_value()) << question.place() << ": the case has no conduct";
    asked.facts = count_->facts;
    asked.dates = count_->dates;
    asked.request_date = states.date("request_date");
    asked.warrant_date = states.date("warrant_date");
    asked.decision_date = states.date("decision_date");
    const bool needs_reasons =
        question.at("requesting").has("tried") || question.at("requested").has("tried");
    const auto answer = law::dual_criminality(
        book_, asked, needs_reasons ? law::Detail::kFull : law::Detail::kVerdict);
    ASSERT_TRUE(answer.ok()) << question.place() << ": " << answer.error().to_string();
    expect_name(question.at("verdict"), answer->verdict);
    expect_difference(question, to_text(answer->verdict));
    expect_exactly(question.at("reasons"), names_of(answer->reasons));
    if (question.has("never")) {
      EXPECT_NE(to_text(answer->verdict), question.text("never")) << question.place();
    }
    for (const law::DualSlice& slice : answer->slices) {
      check_state(question.at("requesting"), slice.requesting);
      check_state(question.at("requested"), slice.requested);
    }
  }

  void check_state(const Entry& wanted, const law::StateAnswer& answer) {
    if (!wanted.exists()) return;
    wanted.allow_only({"verdict", "reasons", "closure", "relied_on", "suspended", "tried"});
    expect_name(wanted.at("verdict"), answer.verdict);
    expect_exactly(wanted.at("reasons"), names_of(answer.reasons));
    if (wanted.has("closure")) {
      const std::string id = answer.closure == nullptr ? "none" : answer.closure->id;
      EXPECT_EQ(id, wanted.text("closure")) << wanted.place();
    }
    expect_holds(wanted.at("relied_on"), ids_of(book_, answer.relied_on));
    std::set<std::string> suspended;
    for (const law::NotApplicable& one : answer.not_applicable) {
      const bool is_suspended =
          one.period != nullptr && one.period->state == law::PeriodState::kSuspended;
      if (is_suspended) suspended.insert(book_.provisions[one.provision].id);
    }
    expect_holds(wanted.at("suspended"), suspended);
    if (wanted.has("tried")) check_tried(wanted.at("tried"), answer);
  }

  /// Each provision in force that day was tried, failed, and says why.
  void check_tried(const Entry& wanted, const law::StateAnswer& answer) {
    EXPECT_EQ(wanted.text(), "all_not_met_with_reason") << wanted.place();
    EXPECT_FALSE(answer.assessments.empty()) << wanted.place() << ": nothing was tried";
    for (const law::Assessment& a : answer.assessments) {
      const std::string id = book_.provisions[a.provision].id;
      EXPECT_EQ(to_text(a.verdict), to_text(Verdict::kNotMet)) << wanted.place() << ": " << id;
      EXPECT_TRUE(has_reason(a)) << wanted.place() << ": " << id << " does not say why it fails";
    }
  }

  // compare
  // ------------------------------------------------------------------------------------------------------------

  void compare(const Entry& question) {
    question.allow_only({"compare", "counterparts", "open", "relations"});
    const Entry pair = question.at("compare");
    pair.allow_only({"from", "to"});
    const auto comparison = law::compare(book_, pair.text("from"), pair.text("to"));
    const std::set<std::string> substantive = substantive_articles(pair.text("from"));
    std::set<std::string> related;
    std::set<std::string> open;
    std::string why;
    for (const law::ArticleRelation& r : comparison.articles) {
      if (!substantive.contains(r.from_article) || r.relation == law::Relation::kNone) continue;
      (r.relation == law::Relation::kOpen ? open : related).insert(r.from_article);
      why += "\n  " + r.from_article + " is " + std::string(to_text(r.relation)) + " to " +
             r.to_article + "; only the first: " + r.witness_from_only +
             "; only the second: " + r.witness_to_only;
    }
    expect_exactly(question.at("counterparts"), related, why);
    expect_exactly(question.at("open"), open);
    for (const Entry& wanted : question.at("relations").items()) check_relation(wanted, comparison);
  }

  [[nodiscard]] std::set<std::string> substantive_articles(const std::string& owner) const {
    std::set<std::string> out;
    for (const law::ProvisionIndex i : book_.provisions_of(owner)) {
      const law::Provision& p = book_.provisions[i];
      if (p.kind == law::ProvisionKind::kSubstantive) out.insert(p.article);
    }
    return out;
  }

  static void check_relation(const Entry& wanted, const law::InstrumentComparison& comparison) {
    wanted.allow_only({"from", "to", "relation", "from_only_says", "to_only_says"});
    const auto it = std::ranges::find_if(comparison.articles, [&](const law::ArticleRelation& r) {
      return r.from_article == wanted.text("from") && r.to_article == wanted.text("to");
    });
    ASSERT_NE(it, comparison.articles.end()) << wanted.place() << ": no such pair of articles";
    expect_name(wanted.at("relation"), it->relation);
    for (const auto& [key, witness] : {std::pair("from_only_says", &it->witness_from_only),
                                       std::pair("to_only_says", &it->witness_to_only)}) {
      if (!wanted.has(key)) continue;
      EXPECT_NE(witness->find(wanted.text(key)), std::string::npos)
          << wanted.place() << ": the witness is: " << *witness;
    }
  }

  // cover
  // --------------------------------------------------------------------------------------------------------------

  void cover(const Entry& question) {
    question.allow_only({"cover", "grades", "covered_by"});
    const Entry what = question.at("cover");
    what.allow_only({"instrument", "state", "on"});
    const law::Instrument* instrument = book_.find_instrument(what.text("instrument"));
    const law::StateLaw* state = book_.find_state(what.text("state"));
    const auto on = what.date("on");
    ASSERT_TRUE(instrument != nullptr && state != nullptr && on.has_value()) << what.place();
    std::map<std::string, law::CoverAnswer> by_id;
    for (const law::CoverAnswer& a : law::cover(book_, *instrument, *state, *on)) {
      by_id.emplace(book_.provisions[a.required].id, a);
    }
    for (const auto& [id, grade] : question.at("grades").members()) {
      ASSERT_TRUE(by_id.contains(id)) << grade.place() << ": no such offence";
      expect_name(grade, by_id.at(id).grade);
    }
    for (const auto& [id, provisions] : question.at("covered_by").members()) {
      ASSERT_TRUE(by_id.contains(id)) << provisions.place() << ": no such offence";
      expect_exactly(provisions, ids_of(book_, by_id.at(id).covered_by));
    }
  }

  // articles: how many offences an instrument has
  // ------------------------------------------------------------------------

  void articles(const Entry& question) {
    question.allow_only({"articles", "substantive", "inchoate"});
    std::map<law::ProvisionKind, std::set<std::string>> found;
    for (const law::ProvisionIndex i : book_.provisions_of(question.text("articles"))) {
      const law::Provision& p = book_.provisions[i];
      if (p.is_offence()) found[p.kind].insert(p.article);
    }
    expect_exactly(question.at("substantive"), found[law::ProvisionKind::kSubstantive]);
    expect_exactly(question.at("inchoate"), found[law::ProvisionKind::kInchoate]);
  }

  const LawBook& book_;
  const std::optional<conduct::Count>& count_;
};

/// Who says that the expected answer is right.
void check_authority(const Entry& root) {
  const Entry authority = root.at("authority");
  authority.allow_only({"who", "says", "read"});
  const std::string who = authority.text("who");
  EXPECT_TRUE(who == "court" || who == "law_text" || who == "ours")
      << authority.place() << ": `who` is court, law_text or ours";
  EXPECT_FALSE(authority.text("says").empty()) << authority.place();
  for (const Entry& one : authority.at("read").items()) {
    one.allow_only({"what", "where", "on"});
    EXPECT_FALSE(one.text("what").empty() || one.text("where").empty()) << one.place();
    EXPECT_TRUE(one.date("on").has_value()) << one.place();
  }
}

}  // namespace

void run_case(const std::filesystem::path& path) {
  const auto text = base::read_file(path);
  ASSERT_TRUE(text.ok()) << text.error().to_string();
  const auto document = corpus::read_yaml_document(*text, path.filename().string());
  ASSERT_TRUE(document.ok()) << document.error().to_string();
  const Entry root(*document, &document->value, "");
  root.allow_only({"format", "title", "authority", "law", "conduct", "questions", "note"});
  ASSERT_EQ(root.text("format"), "rogatory.law-case/1") << root.place();
  EXPECT_FALSE(root.text("title").empty());
  check_authority(root);
  const auto book = read_law(root);
  ASSERT_TRUE(book.ok()) << book.error().to_string();
  auto count = read_case_conduct(root);
  ASSERT_TRUE(count.ok()) << count.error().to_string();
  if (*count) {
    const auto denied = deny_the_rest(*book, root.at("conduct"), **count);
    ASSERT_TRUE(denied.ok()) << denied.error().to_string();
  }
  const std::vector<Entry> questions = root.at("questions").items();
  EXPECT_FALSE(questions.empty()) << root.place() << ": a case asks something";
  CaseRun run(*book, *count);
  for (const Entry& question : questions) run.ask(question);
}

}  // namespace rogatory::test
