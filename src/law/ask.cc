// SPDX-License-Identifier: EUPL-1.2
#include "law/ask.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "law/detail/cone.h"

namespace rogatory::law {
namespace {

std::vector<ProvisionIndex> decided(const Valuation& valuation, Literal literal,
                                    const std::vector<ProvisionIndex>& open) {
  std::vector<ProvisionIndex> out;
  const auto assumed = valuation.assuming(std::vector<Literal>{literal});
  if (!assumed) return out;
  for (const ProvisionIndex i : open) {
    if (verdict_on(*assumed, i) != Verdict::kUndetermined) out.push_back(i);
  }
  return out;
}

}  // namespace

std::vector<Question> rank_questions(const Valuation& valuation,
                                     std::span<const ProvisionIndex> provisions) {
  const LawBook& book = valuation.book();
  std::map<AtomId, std::vector<ProvisionIndex>> asked_by;
  for (const ProvisionIndex i : provisions) {
    const FormulaId root = book.compiled(i).formula.root;
    if (root == kNoFormula || verdict_on(valuation, i) != Verdict::kUndetermined) continue;
    for (const AtomId atom : detail::open_atoms(book.formulas(), root, valuation.values())) {
      if (book.atoms()[atom].kind != Atom::Kind::kOpen) asked_by[atom].push_back(i);
    }
  }
  std::vector<Question> out;
  for (const auto& [atom, open] : asked_by) {
    out.push_back({.atom = atom,
                   .decided_if_true = decided(valuation, positive(atom), open),
                   .decided_if_false = decided(valuation, negative(atom), open),
                   .concerns = open.size()});
  }
  const auto value = [](const Question& q) {
    return std::tuple(q.decided_if_true.size() + q.decided_if_false.size(), q.concerns);
  };
  std::ranges::sort(out, [&](const Question& a, const Question& b) {
    return value(a) != value(b) ? value(a) > value(b) : a.atom < b.atom;
  });
  if (out.size() > kMaxQuestions) out.resize(kMaxQuestions);
  return out;
}

}  // namespace rogatory::law
