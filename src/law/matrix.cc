// SPDX-License-Identifier: EUPL-1.2
#include "law/matrix.h"

#include <algorithm>
#include <set>

#include "law/answer.h"
#include "law/assess.h"
#include "law/detail/overlap.h"
#include "law/evaluate.h"

namespace rogatory::law {
namespace {

/// One State's verdicts: offence by offence, rule by rule within each.
using Row = std::vector<Verdict>;

// A cell is the lesser of two verdicts: no before undetermined before yes.
static_assert(Verdict::kNotMet < Verdict::kUndetermined && Verdict::kUndetermined < Verdict::kMet);

/// Does the maximum penalty reach `min_months`?
Verdict reaches(const Provision& provision, int min_months) {
  Verdict best = provision.penalties.empty() ? Verdict::kUndetermined : Verdict::kNotMet;
  for (const Penalty& penalty : provision.penalties) {
    const bool is_enough = penalty.max == "life" || penalty.max == "death" ||
                           penalty.max_months.value_or(0) >= min_months;
    const bool is_unknown = !penalty.max_months && penalty.max != "fine_only" && !is_enough;
    if (!is_enough && !is_unknown) continue;
    // Whether an aggravated form applies is not asked here.
    const bool is_sure = is_enough && penalty.when.empty();
    best = std::max(best, is_sure ? Verdict::kMet : Verdict::kUndetermined);
  }
  return best;
}

/// The law of one State on the conduct of the question.
class StateTable {
 public:
  StateTable(const Valuation& valuation, const StateLaw& state, const MatrixQuestion& question)
      : valuation_(valuation), question_(question) {
    const LawBook& book = valuation.book();
    has_closure_ = std::ranges::any_of(state.closures, [&](const Closure& closure) {
      return closure.range.contains(question.on) &&
             evaluate(valuation, book.closure_subject(closure)) == Truth::kTrue;
    });
  }

  [[nodiscard]] Row row(const std::vector<std::vector<ProvisionIndex>>& links) const {
    Row out;
    out.reserve(links.size() * question_.rules.size());
    for (const auto& provisions : links) {
      const std::vector<Verdict> verdicts = judge(provisions);
      for (const RequestRule& rule : question_.rules) {
        out.push_back(conclude(provisions, verdicts, rule));
      }
    }
    return out;
  }

 private:
  [[nodiscard]] std::vector<Verdict> judge(const std::vector<ProvisionIndex>& provisions) const {
    std::vector<Verdict> out;
    for (const ProvisionIndex i : provisions) {
      const Provision& provision = valuation_.book().provisions[i];
      const bool applies = provision.is_offence() && provision.sanction == Sanction::kCriminal &&
                           is_in_force(provision, question_.on);
      out.push_back(applies ? verdict_on(valuation_, i, question_.on) : Verdict::kNotMet);
    }
    return out;
  }

  [[nodiscard]] Verdict conclude(const std::vector<ProvisionIndex>& provisions,
                                 const std::vector<Verdict>& verdicts,
                                 const RequestRule& rule) const {
    Verdict best = has_closure_ ? Verdict::kNotMet : Verdict::kUndetermined;
    for (std::size_t i = 0; i < provisions.size(); ++i) {
      Verdict verdict = verdicts[i];
      if (rule.min_months) {
        const Provision& provision = valuation_.book().provisions[provisions[i]];
        verdict = std::min(verdict, reaches(provision, *rule.min_months));
      }
      best = std::max(best, verdict);
    }
    return best;
  }

  const Valuation& valuation_;
  const MatrixQuestion& question_;
  bool has_closure_ = false;
};

/// The rows of all States, asked as they are or with facts transposed from another State.
class Rows {
 public:
  Rows(const LawBook& book, const MatrixQuestion& question, const OffenceLinks& links)
      : book_(book), question_(question), links_(links) {}

  base::Result<std::vector<Row>> all(const std::string& transposed_from) const {
    std::vector<Row> out;
    if (!depends_on_the_state()) {
      ROG_TRY(const Valuation valuation, Valuation::make(book_, question_.facts));
      for (std::size_t s = 0; s < question_.states.size(); ++s) out.push_back(row(valuation, s));
      return out;
    }
    for (std::size_t s = 0; s < question_.states.size(); ++s) {
      ROG_TRY(const Valuation valuation, Valuation::make(book_, question_.facts,
                                                         {.state = question_.states[s]->iso3,
                                                          .transposed_from = transposed_from}));
      out.push_back(row(valuation, s));
    }
    return out;
  }

  /// The rows of requested States, whose law is not asked by every rule.
  [[nodiscard]] std::vector<Row> as_requested(std::vector<Row> rows) const {
    const std::size_t rules = question_.rules.size();
    for (Row& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (!question_.rules[i % rules].needs_dual_criminality) row[i] = Verdict::kMet;
      }
    }
    return rows;
  }

  [[nodiscard]] bool depends_on_the_state() const {
    return std::ranges::any_of(question_.facts, [](const Fact& f) { return !f.of_state.empty(); });
  }

 private:
  [[nodiscard]] Row row(const Valuation& valuation, std::size_t state) const {
    return StateTable(valuation, *question_.states[state], question_).row(links_[state]);
  }

  const LawBook& book_;
  const MatrixQuestion& question_;
  const OffenceLinks& links_;
};

bool fits(const OffenceLinks& links, const MatrixQuestion& question) {
  return links.size() == question.states.size() &&
         std::ranges::all_of(
             links, [&](const auto& state) { return state.size() == question.offences.size(); });
}

}  // namespace

std::size_t DualMatrix::count(Verdict verdict) const {
  return static_cast<std::size_t>(std::ranges::count(cells_, verdict));
}

OffenceLinks link_offences(const LawBook& book, std::span<const StateLaw* const> states,
                           std::span<const ProvisionIndex> offences) {
  const detail::Overlap overlap(book);
  OffenceLinks out;
  for (const StateLaw* state : states) {
    auto& row = out.emplace_back(offences.size());
    for (const ProvisionIndex i : book.provisions_of(state->iso3)) {
      const FormulaId own = book.compiled(i).formula.root;
      if (own == kNoFormula || !book.provisions[i].is_offence()) continue;
      for (std::size_t k = 0; k < offences.size(); ++k) {
        const FormulaId wanted = book.compiled(offences[k]).formula.root;
        if (wanted != kNoFormula && overlap.shares_act_and_object(own, wanted)) row[k].push_back(i);
      }
    }
  }
  return out;
}

base::Result<DualMatrix> compute_matrix(const LawBook& book, const MatrixQuestion& question,
                                        const OffenceLinks& links) {
  if (!fits(links, question)) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "the links do not fit the States and offences of the question",
                       .context = {},
                       .place = {}};
  }
  const Rows rows(book, question, links);
  ROG_TRY(const std::vector<Row> requesting, rows.all({}));
  std::vector<Row> requested = rows.as_requested(requesting);

  DualMatrix out;
  out.states_ = question.states.size();
  out.offences_ = question.offences.size();
  out.rules_ = question.rules.size();
  out.cells_.reserve(out.states_ * out.states_ * out.offences_ * out.rules_);
  for (std::size_t r = 0; r < out.states_; ++r) {
    const std::string& iso3 = question.states[r]->iso3;
    const bool is_named = std::ranges::any_of(
        question.facts, [&](const Fact& fact) { return fact.of_state == iso3; });
    std::vector<Row> transposed;
    if (is_named) {
      ROG_TRY(std::vector<Row> own, rows.all(iso3));
      transposed = rows.as_requested(std::move(own));
    }
    for (const Row& other : is_named ? transposed : requested) {
      std::ranges::transform(requesting[r], other, std::back_inserter(out.cells_),
                             [](Verdict a, Verdict b) { return std::min(a, b); });
    }
  }
  return out;
}

}  // namespace rogatory::law
