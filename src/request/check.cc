// SPDX-License-Identifier: EUPL-1.2

#include "request/check.h"

#include <algorithm>
#include <set>
#include <utility>

#include "law/entail.h"
#include "law/report.h"
#include "law/side.h"
#include "law/valuation.h"

namespace rogatory::request {
namespace {

using base::Result;
using law::BasisAnswer;
using law::DualCriminalityRule;
using law::LawBook;
using law::Verdict;

Remark remark(std::string id, Weight weight, std::string says, std::string cite = {},
              std::optional<law::Confidence> confidence = std::nullopt) {
  return {.id = std::move(id),
          .weight = weight,
          .says = std::move(says),
          .cite = std::move(cite),
          .confidence = confidence};
}

std::vector<ContentCheck> check_contents(const Kind& kind, const Draft& draft) {
  std::vector<ContentCheck> out;
  for (const ContentUse& use : kind.contents) {
    ContentCheck check{.use = &use, .asked_by = {}};
    const ContentText* content = draft.find_content(use.content->id);
    check.is_present = content != nullptr && !content->text.empty();
    for (const Rule& rule : use.required_by) {
      if (draft.basis && rule.instrument == draft.basis->instrument)
        check.asked_by.push_back(&rule);
    }
    check.is_needed =
        use.level == Level::kEssential || (use.level == Level::kBasis && !check.asked_by.empty());
    out.push_back(std::move(check));
  }
  return out;
}

std::string provision_words(const LawBook& book, law::ProvisionIndex index) {
  return law::provision_name(book, book.provisions[index]);
}

const law::Basis* find_chosen(const LawBook& book, const BasisAnswer& answer,
                              const std::string& id) {
  for (const auto* list : {&answer.bases, &answer.channels}) {
    for (const law::Basis& basis : *list) {
      if (book.provisions[basis.provision].id == id) return &basis;
    }
  }
  return nullptr;
}

/// Why a provision is not among the bases.
std::string why_not(const LawBook& book, const BasisAnswer& answer, const std::string& id) {
  for (const law::NotAvailable& entry : answer.not_available) {
    for (const law::ProvisionIndex index : entry.provisions) {
      if (book.provisions[index].id == id) return entry.reason;
    }
  }
  return "the corpus has no such basis for this kind of request between these States";
}

void check_conditions(const law::Basis& basis, CheckResult& result) {
  for (const law::ConditionAnswer& condition : basis.conditions) {
    if (condition.value == law::Truth::kTrue) continue;
    const bool is_failed = condition.value == law::Truth::kFalse;
    if (!is_failed) result.open_conditions.push_back(condition);
    result.remarks.push_back(remark(
        is_failed ? "condition_failed" : "condition_open",
        is_failed ? Weight::kBlocks : Weight::kWarns,
        (is_failed ? "a condition of the basis fails: " : "a condition of the basis is open: ") +
            condition.says,
        condition.cite, condition.confidence));
  }
}

void check_basis(const LawBook& book, const Draft& draft, CheckResult& result) {
  const BasisAnswer& answer = *result.bases;
  if (!draft.basis) {
    const std::string reason =
        answer.bases.empty() ? answer.none_known : "a basis serves, and the draft names none";
    result.remarks.push_back(
        remark("no_basis", Weight::kBlocks, "the request names no legal basis: " + reason));
    return;
  }
  const law::Basis* chosen = find_chosen(book, answer, draft.basis->provision);
  if (chosen == nullptr) {
    result.remarks.push_back(remark("basis_not_available", Weight::kBlocks,
                                    "the legal basis `" + draft.basis->provision +
                                        "` does not serve on " + answer.on.to_string() + ": " +
                                        why_not(book, answer, draft.basis->provision)));
    return;
  }
  const law::Provision& provision = book.provisions[chosen->provision];
  if (const law::Basis* first = answer.governing();
      first != nullptr && first != chosen && chosen->rank > 1) {
    result.remarks.push_back(
        remark("basis_not_first", Weight::kWarns,
               "another basis goes first: " + provision_words(book, first->provision)));
  }
  if (chosen->confidence == law::Confidence::kRecalled) {
    result.remarks.push_back(
        remark("basis_recalled", Weight::kWarns,
               "the request rests on a fact of law that is recalled and unchecked",
               provision.citation.cite, chosen->confidence));
  }
  if (chosen->is_rank_open) {
    result.remarks.push_back(
        remark("bilateral_not_encoded", Weight::kNotes,
               "a treaty between the two States might go first: none is encoded for this kind"));
  }
  if (chosen->requesting.is_after_list || chosen->requested.is_after_list) {
    result.remarks.push_back(remark("dated", Weight::kNotes,
                                    "the list of Parties to " + chosen->instrument->title +
                                        " was read for " +
                                        chosen->instrument->parties_as_of->to_string()));
  }
  check_conditions(*chosen, result);
  result.is_provisional = result.is_provisional || chosen->is_provisional();
}

bool asks_dual_criminality(const LawBook& book, const Draft& draft, const BasisAnswer& answer) {
  if (!draft.basis) return false;
  const law::Basis* chosen = find_chosen(book, answer, draft.basis->provision);
  return chosen != nullptr && chosen->dual_criminality != DualCriminalityRule::kNotRequired;
}

std::string dual_words(const law::DualAnswer& answer, const std::string& count) {
  const std::string words(law::to_text(answer.verdict));
  return "dual criminality of count `" + count + "`: " + words +
         (answer.is_provisional() ? ", provisional" : "");
}

Result<void> check_dual(const LawBook& book, const Draft& draft, base::Date on,
                        CheckResult& result) {
  const CaseFile& file = draft.case_file;
  if (!asks_dual_criminality(book, draft, *result.bases)) return {};
  const law::StateLaw* requesting = book.find_state(file.requesting.state);
  const law::StateLaw* requested = book.find_state(file.requested.state);
  if (requesting == nullptr || requested == nullptr) {
    result.remarks.push_back(
        remark("dual_not_encoded", Weight::kWarns,
               "dual criminality cannot be examined: the law of " +
                   (requested == nullptr ? file.requested.state : file.requesting.state) +
                   " is not encoded, which does not mean that it has none"));
    return {};
  }
  for (const conduct::Count& count : file.conduct.counts) {
    ROG_TRY(law::DualAnswer answer, law::dual_criminality(book,
                                                          {.requesting = requesting,
                                                           .requested = requested,
                                                           .facts = count.facts,
                                                           .dates = count.dates,
                                                           .request_date = on,
                                                           .warrant_date = std::nullopt},
                                                          law::Detail::kVerdict));
    if (answer.verdict != Verdict::kMet) {
      result.remarks.push_back(
          remark(answer.verdict == Verdict::kNotMet ? "no_dual_criminality" : "dual_undetermined",
                 Weight::kWarns, dual_words(answer, count.id), {}, answer.confidence));
    }
    result.is_provisional = result.is_provisional || answer.is_provisional();
    result.dual.push_back({.count = count.id, .answer = std::move(answer)});
  }
  return {};
}

void check_offences(const LawBook& book, const CaseFile& file, std::vector<Remark>& out) {
  for (const AllegedOffence& offence : file.offences) {
    const law::Provision* provision = book.find_provision(offence.provision);
    if (provision == nullptr) {
      out.push_back(remark("offence_not_encoded", Weight::kNotes,
                           "the offence `" + offence.provision +
                               "` is not encoded: its text in the case stands alone"));
      continue;
    }
    if (provision->owner != file.requesting.state) {
      out.push_back(
          remark("offence_of_another_state", Weight::kBlocks,
                 "the offence `" + offence.provision + "` is not one of the requesting State",
                 provision->citation.cite));
    }
  }
}

void check_language(const LawBook& book, const Draft& draft, std::vector<Remark>& out) {
  const CaseFile& file = draft.case_file;
  for (const law::AcceptedLanguages& accepted : book.world.languages) {
    const bool concerns =
        accepted.state == file.requested.state &&
        std::ranges::find(accepted.for_kinds, draft.kind) != accepted.for_kinds.end();
    if (!concerns) continue;
    std::string list;
    for (const std::string& code : accepted.accepts) list += (list.empty() ? "" : ", ") + code;
    const bool is_accepted =
        std::ranges::find(accepted.accepts, file.language) != accepted.accepts.end();
    if (!is_accepted) {
      out.push_back(remark("language", Weight::kWarns,
                           "the requested State accepts requests in: " + list +
                               "; the free text of the case is in `" + file.language + "`",
                           accepted.citation.cite, accepted.citation.confidence));
    }
    return;
  }
  out.push_back(remark("language_unknown", Weight::kNotes,
                       "which languages the requested State accepts is not encoded"));
}

void check_form(const LawBook& book, const Draft& draft, std::vector<Remark>& out) {
  const bool needs_history =
      draft.kind == "preservation_extension" || draft.kind == "preservation_lapse";
  if (needs_history && draft.history.empty()) {
    out.push_back(
        remark("no_history", Weight::kBlocks,
               "the request continues or ends an earlier one and `history` does not name it"));
  }
  for (const DataSought& data : draft.case_file.data) {
    if (data.from.empty() || data.until.empty()) {
      out.push_back(remark("open_period", Weight::kWarns,
                           "the data `" + data.id +
                               "` have no beginning or no end in time: a request without a period "
                               "is often returned as too wide"));
    }
  }
  if (!draft.corpus_digest.empty() && draft.corpus_digest != book.digest) {
    out.push_back(remark(
        "corpus_changed", Weight::kNotes,
        "the draft was made with another edition of the corpus; the basis was examined anew"));
  }
  if (draft.case_file.is_exercise)
    out.push_back(remark("exercise", Weight::kNotes, "this is an exercise"));
}

/// What the contents that are there state, where the case does not speak of it.
void add_facts_of_contents(const std::vector<ContentCheck>& contents,
                           std::vector<law::Fact>& facts) {
  for (const ContentCheck& check : contents) {
    const std::string& term = check.use->fact;
    if (term.empty() || !check.is_present) continue;
    const bool is_stated = std::ranges::any_of(
        facts, [&](const law::Fact& fact) { return fact.term == term && fact.scope.empty(); });
    if (is_stated) continue;
    law::Fact fact;
    fact.term = term;
    fact.value = law::Truth::kTrue;
    fact.asserted_by = "request";
    fact.field = "/contents/" + check.use->content->id;
    facts.push_back(std::move(fact));
  }
}

Result<BasisAnswer> bases_of(const LawBook& book, const Draft& draft, base::Date on,
                             std::span<const law::Fact> facts) {
  return law::find_bases(book, {.requesting = draft.case_file.requesting.state,
                                .requested = draft.case_file.requested.state,
                                .kind = draft.kind,
                                .on = on,
                                .facts = facts});
}

}  // namespace

std::string_view to_text(Weight weight) {
  switch (weight) {
    case Weight::kNotes:
      return "notes";
    case Weight::kWarns:
      return "warns";
    case Weight::kBlocks:
      return "blocks";
  }
  return {};
}

bool CheckResult::is_complete() const {
  return missing() == 0 &&
         std::ranges::none_of(remarks, [](const Remark& r) { return r.weight == Weight::kBlocks; });
}

std::size_t CheckResult::missing() const {
  return static_cast<std::size_t>(std::ranges::count_if(contents, &ContentCheck::is_missing));
}

base::Result<CheckResult> check_request(const LawBook& book, const KindBook& kinds,
                                        const Draft& draft, base::Date on) {
  const Kind* kind = kinds.find(draft.kind);
  ROG_ASSERT(kind != nullptr);  // read_draft and make_draft refuse unknown kinds.
  CheckResult result;
  result.contents = check_contents(*kind, draft);
  std::vector<law::Fact> facts = facts_of_request(draft.case_file);
  add_facts_of_contents(result.contents, facts);
  ROG_TRY(result.bases, bases_of(book, draft, on, facts));
  check_basis(book, draft, result);
  ROG_CHECKED(check_dual(book, draft, on, result));
  check_offences(book, draft.case_file, result.remarks);
  check_language(book, draft, result.remarks);
  check_form(book, draft, result.remarks);
  std::ranges::stable_sort(result.remarks, std::greater<>{}, &Remark::weight);
  return result;
}

}  // namespace rogatory::request
