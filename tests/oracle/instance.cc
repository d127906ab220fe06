// SPDX-License-Identifier: EUPL-1.2

#include "oracle/instance.h"

#include <algorithm>

#include "support/law_builder.h"

namespace rogatory::oracle {
namespace {

using law::Comparison;
using law::Node;
using law::Role;
using test::LawBuilder;

constexpr const char* kQuantity = "qty.loss";
constexpr const char* kCurrency = "EUR";
/// Thresholds lie at 1 to 5; amounts at 0 to 6 in halves.
constexpr int kMaxThreshold = 5;

class Generator {
 public:
  Generator(std::mt19937_64& random, const Shape& shape) : random_(random), shape_(shape) {}

  Instance run() {
    const int terms = between(3, shape_.terms);
    for (int i = 0; i < terms; ++i) add_term();
    add_groups();
    law_.quantity(kQuantity);
    law_.offence("i:x", tree(shape_.depth));
    Instance out;
    out.book = law_.link();
    add_facts(out.facts);
    return out;
  }

 private:
  int between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool chance(int percent) { return between(1, 100) <= percent; }

  const std::string& some_term() {
    return terms_[static_cast<std::size_t>(between(0, static_cast<int>(terms_.size()) - 1))];
  }

  std::vector<std::string> some_terms(int count) {
    std::vector<std::string> out = terms_;
    std::ranges::shuffle(out, random_);
    out.resize(std::min(out.size(), static_cast<std::size_t>(count)));
    return out;
  }

  /// Parents are older terms: no cycles.
  void add_term() {
    std::vector<std::string> parents;
    if (!terms_.empty() && chance(50)) parents.push_back(some_term());
    if (!terms_.empty() && chance(10)) parents.push_back(some_term());
    const std::string id = "act.t" + std::to_string(terms_.size());
    law_.term(id, std::move(parents));
    terms_.push_back(id);
  }

  void add_groups() {
    if (chance(50)) law_.exclusive("x1", some_terms(between(2, 3)));
    if (chance(30)) law_.exclusive("x2", some_terms(2));
    if (chance(50)) law_.exhaustive("h1", some_term(), some_terms(between(1, 3)));
    if (chance(30)) law_.exhaustive("h2", some_term(), some_terms(2));
    if (chance(50)) law_.entails("e1", some_terms(between(1, 3)), some_term());
    if (chance(30)) law_.entails("e2", some_terms(2), some_term());
  }

  Node threshold() {
    const auto op = static_cast<Comparison>(between(0, 3));
    return test::compared(kQuantity, op, between(1, kMaxThreshold), kCurrency);
  }

  Node leaf() { return chance(20) ? threshold() : test::is(some_term()); }

  Role some_role() {
    if (chance(50)) return Role::kDefence;
    return chance(50) ? Role::kExclusion : Role::kElement;
  }

  Node tree(int depth) {
    const bool is_leaf = chance(depth == shape_.depth ? 0 : 35) || depth == 0;
    Node out = is_leaf ? leaf() : list(depth);
    if (depth > 0 && chance(25)) {
      const Role role = some_role();
      out = test::unless(std::move(out), role, "e", tree(depth - 1));
    }
    return out;
  }

  Node list(int depth) {
    std::vector<Node> children;
    const int count = between(chance(5) ? 0 : 1, 3);
    for (int i = 0; i < count; ++i) children.push_back(tree(depth - 1));
    const int kind = between(0, 9);
    if (kind < 4) return test::all(std::move(children));
    return kind < 8 ? test::any(std::move(children)) : test::none(std::move(children));
  }

  void add_facts(std::vector<law::Fact>& out) {
    const int told = between(0, 60);
    for (const std::string& term : terms_) {
      if (!chance(told)) continue;
      out.push_back(chance(50) ? test::yes(term) : test::no(term));
    }
    if (chance(20)) out.push_back(test::amount(kQuantity, between(0, 12) / 2.0, kCurrency));
    if (chance(10)) out.push_back(test::amount(kQuantity, between(0, 12) / 2.0, "USD"));
    if (chance(3)) out.push_back(test::amount(kQuantity, between(0, 12) / 2.0, kCurrency));
    std::ranges::shuffle(out, random_);
  }

  std::mt19937_64& random_;
  const Shape& shape_;
  LawBuilder law_;
  std::vector<std::string> terms_;
};

}  // namespace

Instance make_instance(std::mt19937_64& random, const Shape& shape) {
  return Generator(random, shape).run();
}

}  // namespace rogatory::oracle
