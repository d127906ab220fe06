// SPDX-License-Identifier: EUPL-1.2
#include "law/compare.h"

#include <algorithm>
#include <map>

#include "law/detail/overlap.h"
#include "law/entail.h"

namespace rogatory::law {
namespace {

bool has_open_reference(const LawBook& book, FormulaId id) {
  const FlatNode& node = book.formulas()[id];
  if (node.op == Op::kAtom) return book.atoms()[node.first].kind == Atom::Kind::kOpen;
  for (std::uint32_t i = 0; i < node.count; ++i) {
    if (has_open_reference(book, book.formulas().child(id, i))) return true;
  }
  return false;
}

/// The offences of one instrument by kind and article.
struct Article {
  std::string article;
  ProvisionKind kind = ProvisionKind::kSubstantive;
  std::vector<ProvisionIndex> provisions;
};

std::vector<Article> articles_of(const LawBook& book, std::string_view owner) {
  std::vector<Article> out;
  for (const ProvisionIndex i : book.provisions_of(owner)) {
    const Provision& p = book.provisions[i];
    if (!p.is_offence() || book.compiled(i).formula.root == kNoFormula) continue;
    const auto it = std::ranges::find_if(
        out, [&](const Article& a) { return a.article == p.article && a.kind == p.kind; });
    if (it == out.end()) {
      out.push_back({.article = p.article, .kind = p.kind, .provisions = {i}});
    } else {
      it->provisions.push_back(i);
    }
  }
  return out;
}

class Comparer {
 public:
  explicit Comparer(const LawBook& book) : book_(book), reasoner_(book), overlap_(book) {}

  ProvisionRelation compare(ProvisionIndex from, ProvisionIndex to) {
    ProvisionRelation out{.from = from, .to = to, .witness_from_only = {}, .witness_to_only = {}};
    const FormulaId a = root(from);
    const FormulaId b = root(to);
    out.confidence = weaker(weakest_element(book_, from), weakest_element(book_, to));
    if (has_open_reference(book_, a) || has_open_reference(book_, b)) {
      out.relation = Relation::kOpen;
      return out;
    }
    const std::vector<FormulaId> from_roots{a};
    const std::vector<FormulaId> to_roots{b};
    const auto shares = [&] { return overlap_.shares_act_and_object(a, b); };
    relate(from_roots, to_roots, shares, out);
    return out;
  }

  ArticleRelation compare(const Article& from, const Article& to,
                          const std::vector<ProvisionRelation>& pairs) {
    ArticleRelation out{.from_article = from.article,
                        .to_article = to.article,
                        .witness_from_only = {},
                        .witness_to_only = {}};
    out.confidence = Confidence::kFound;
    bool shares_something = false;
    bool is_open = false;
    for (const ProvisionRelation& pair : pairs) {
      shares_something = shares_something || pair.relation != Relation::kNone;
      is_open = is_open || pair.relation == Relation::kOpen;
      out.confidence = weaker(out.confidence, pair.confidence);
    }
    if (is_open) {
      out.relation = Relation::kOpen;
      return out;
    }
    relate(roots(from), roots(to), [&] { return shares_something; }, out);
    return out;
  }

 private:
  [[nodiscard]] FormulaId root(ProvisionIndex i) const { return book_.compiled(i).formula.root; }

  [[nodiscard]] std::vector<FormulaId> roots(const Article& article) const {
    std::vector<FormulaId> out;
    for (const ProvisionIndex i : article.provisions) out.push_back(root(i));
    return out;
  }

  /// A conduct under one of `a` and under none of `b`, in words; empty when there is none.
  std::string witness(const std::vector<FormulaId>& a, const std::vector<FormulaId>& b) {
    for (const FormulaId one : a) {
      if (const auto story = reasoner_.find_story(std::vector<FormulaId>{one}, b)) {
        const std::string lacking = lacking_text(book_, *story, b);
        return story_text(book_, *story) + (lacking.empty() ? "" : " " + lacking);
      }
    }
    return {};
  }

  [[nodiscard]] bool is_within(const std::vector<FormulaId>& a, const std::vector<FormulaId>& b) {
    return std::ranges::all_of(a, [&](FormulaId one) { return reasoner_.implies(one, b); });
  }

  [[nodiscard]] Confidence sureness(const std::vector<FormulaId>& a,
                                    const std::vector<FormulaId>& b) {
    Confidence out = Confidence::kFound;
    for (const FormulaId one : a) out = weaker(out, reasoner_.sureness_of(one, b));
    return out;
  }

  template <class Shares, class Out>
  void relate(const std::vector<FormulaId>& a, const std::vector<FormulaId>& b, Shares shares,
              Out& out) {
    const bool a_within_b = is_within(a, b);
    const bool b_within_a = is_within(b, a);
    if (a_within_b) out.confidence = weaker(out.confidence, sureness(a, b));
    if (b_within_a) out.confidence = weaker(out.confidence, sureness(b, a));
    if (a_within_b && b_within_a) {
      out.relation = Relation::kEquivalent;
      return;
    }
    if (!a_within_b && !b_within_a && !shares()) {
      out.relation = Relation::kNone;
      return;
    }
    out.relation = b_within_a   ? Relation::kBroader
                   : a_within_b ? Relation::kNarrower
                                : Relation::kOverlapping;
    out.witness_from_only = witness(a, b);
    out.witness_to_only = witness(b, a);
  }

  const LawBook& book_;
  Reasoner reasoner_;
  detail::Overlap overlap_;
};

Confidence weakest_of(const LinkedNode& node) {
  Confidence out = node.is_leaf() ? node.citation->confidence : Confidence::kFound;
  for (const LinkedNode* child : node.children) out = weaker(out, weakest_of(*child));
  for (const LinkedException& exception : node.unless) {
    const Confidence own = exception.source->citation.confidence;
    out = weaker(out, weaker(own, weakest_of(*exception.when)));
  }
  return out;
}

}  // namespace

Confidence weakest_element(const LawBook& book, ProvisionIndex provision) {
  const Confidence own = book.provisions[provision].citation.confidence;
  const LinkedNode* tree = book.compiled(provision).formula.tree;
  return tree == nullptr ? own : weaker(own, weakest_of(*tree));
}

InstrumentComparison compare(const LawBook& book, std::string_view from, std::string_view to) {
  InstrumentComparison out;
  Comparer comparer(book);
  for (const Article& a : articles_of(book, from)) {
    for (const Article& b : articles_of(book, to)) {
      if (a.kind != b.kind) continue;
      std::vector<ProvisionRelation> pairs;
      for (const ProvisionIndex i : a.provisions) {
        for (const ProvisionIndex j : b.provisions) pairs.push_back(comparer.compare(i, j));
      }
      out.articles.push_back(comparer.compare(a, b, pairs));
      out.paragraphs.insert(out.paragraphs.end(), pairs.begin(), pairs.end());
    }
  }
  return out;
}

}  // namespace rogatory::law
