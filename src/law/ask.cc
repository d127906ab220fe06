// SPDX-License-Identifier: EUPL-1.2
#include "law/ask.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "law/detail/cone.h"
#include "law/evaluate.h"

namespace rogatory::law {
namespace {

std::vector<ProvisionIndex> decided(const Valuation& valuation, Literal literal,
                                    const std::vector<ProvisionIndex>& open,
                                    std::optional<base::Date> on) {
  std::vector<ProvisionIndex> out;
  const auto assumed = valuation.assuming(std::vector<Literal>{literal});
  if (!assumed) return out;
  for (const ProvisionIndex i : open) {
    if (verdict_on(*assumed, i, on) != Verdict::kUndetermined) out.push_back(i);
  }
  return out;
}

/// Whether terms of one kind are asked of the conduct itself, and whether one of them holds.
struct Stated {
  bool is_asked = false;
  bool is_known = false;
};

/// How near a provision is to being met.
struct Nearness {
  std::size_t rank = 0;   ///< 0: an act and an object are stated, 1: one of them, 2: neither
  std::size_t share = 0;  ///< per cent of its elements that hold
};

class NearnessOf {
 public:
  explicit NearnessOf(const Valuation& valuation)
      : valuation_(valuation), pool_(valuation.book().formulas()) {}

  Nearness operator()(FormulaId root) {
    act_ = {};
    object_ = {};
    visit(root);
    Nearness out;
    for (const Stated& stated : {act_, object_}) {
      if (stated.is_asked && !stated.is_known) ++out.rank;
    }
    out.share = share(root);
    return out;
  }

 private:
  void visit(FormulaId id) {
    const FlatNode& node = pool_[id];
    if (node.op == Op::kAtom) return visit_atom(node.first);
    // What must not hold brings nobody nearer.
    if (node.op == Op::kNone || node.op == Op::kException) return;
    for (std::uint32_t i = 0; i < node.count; ++i) visit(pool_.child(id, i));
  }

  void visit_atom(AtomId id) {
    const Atom& atom = valuation_.book().atoms()[id];
    if (atom.kind != Atom::Kind::kTerm || !atom.scope.empty()) return;
    const TermKind kind = valuation_.book().term_of(id).kind;
    if (kind != TermKind::kAct && kind != TermKind::kObject) return;
    Stated& stated = kind == TermKind::kAct ? act_ : object_;
    stated.is_asked = true;
    stated.is_known = stated.is_known || valuation_.value(id) == Truth::kTrue;
  }

  [[nodiscard]] std::size_t share(FormulaId root) const {
    const FlatNode& node = pool_[root];
    if (node.op == Op::kUnless) return share(pool_.child(root, 0));
    if (node.op != Op::kAll || node.count == 0) return 0;
    std::size_t held = 0;
    for (std::uint32_t i = 0; i < node.count; ++i) {
      const Truth value = evaluate_kleene(pool_, pool_.child(root, i), valuation_.values());
      if (value == Truth::kTrue) ++held;
    }
    return 100 * held / node.count;
  }

  const Valuation& valuation_;
  const FormulaPool& pool_;
  Stated act_;
  Stated object_;
};

/// By rank of nearness: what the provisions settled weigh together.
using Weight = std::array<std::size_t, 3>;

Weight weight_of(const Question& question, const std::map<ProvisionIndex, Nearness>& nearness) {
  Weight out{};
  for (const auto* decided : {&question.decided_if_true, &question.decided_if_false}) {
    for (const ProvisionIndex i : *decided) {
      const Nearness& near = nearness.at(i);
      out[near.rank] += near.share + 1;
    }
  }
  return out;
}

}  // namespace

std::vector<Question> rank_questions(const Valuation& valuation,
                                     std::span<const ProvisionIndex> provisions,
                                     std::optional<base::Date> on) {
  const LawBook& book = valuation.book();
  std::map<AtomId, std::vector<ProvisionIndex>> asked_by;
  std::map<ProvisionIndex, Nearness> nearness;
  NearnessOf nearness_of(valuation);
  for (const ProvisionIndex i : provisions) {
    const FormulaId root = book.compiled_on(i, on).formula.root;
    if (root == kNoFormula || verdict_on(valuation, i, on) != Verdict::kUndetermined) continue;
    nearness[i] = nearness_of(root);
    for (const AtomId atom : detail::open_atoms(book.formulas(), root, valuation.values())) {
      if (book.atoms()[atom].kind != Atom::Kind::kOpen) asked_by[atom].push_back(i);
    }
  }
  std::vector<Question> out;
  for (const auto& [atom, open] : asked_by) {
    out.push_back({.atom = atom,
                   .decided_if_true = decided(valuation, positive(atom), open, on),
                   .decided_if_false = decided(valuation, negative(atom), open, on),
                   .concerns = open.size()});
  }
  std::map<AtomId, std::tuple<Weight, std::size_t>> value;
  for (const Question& q : out) value[q.atom] = {weight_of(q, nearness), q.concerns};
  std::ranges::sort(out, [&](const Question& a, const Question& b) {
    return value[a.atom] != value[b.atom] ? value[a.atom] > value[b.atom] : a.atom < b.atom;
  });
  if (out.size() > kMaxQuestions) out.resize(kMaxQuestions);
  return out;
}

}  // namespace rogatory::law
