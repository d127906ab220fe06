// SPDX-License-Identifier: EUPL-1.2

#include "world.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <set>

namespace rogatory::bench {
namespace {

using law::Node;
using law::NodeKind;

Node leaf(const std::string& term) {
  Node out;
  out.kind = NodeKind::kTerm;
  out.id = term;
  out.term = term;
  out.citation.confidence = law::Confidence::kFound;
  return out;
}

Node list(NodeKind kind, const std::vector<std::string>& terms) {
  Node out;
  out.kind = kind;
  for (const std::string& term : terms) out.children.push_back(leaf(term));
  return out;
}

/// What makes an offence: the acts are alternatives, the rest is required.
struct Elements {
  std::vector<std::string> acts;
  std::vector<std::string> required;
  std::string exclusion;
  std::string defence;
};

void add_exception(Node& to, const std::string& term, law::Role role) {
  if (term.empty()) return;
  to.unless.push_back({.id = "unless-" + term, .role = role, .citation = {}, .when = {leaf(term)}});
}

Node tree_of(const Elements& elements) {
  Node out = list(NodeKind::kAll, elements.required);
  out.children.push_back(list(NodeKind::kAny, elements.acts));
  add_exception(out, elements.exclusion, law::Role::kExclusion);
  add_exception(out, elements.defence, law::Role::kDefence);
  return out;
}

class Builder {
 public:
  explicit Builder(std::uint64_t seed) : random_(seed) {}

  World build() {
    add_terms();
    for (int k = 0; k < kOffences; ++k) add_offence(k);
    for (int s = 0; s < kStates; ++s) add_state(s);
    World out;
    out.book = std::move(book_);
    if (const auto linked = out.book.link(); !linked.ok()) {
      std::fprintf(stderr, "%s\n", linked.error().to_string().c_str());
      std::exit(1);
    }
    for (law::ProvisionIndex i = 0; i < kOffences; ++i) out.offences.push_back(i);
    for (const law::StateLaw& state : out.book.states) out.states.push_back(&state);
    out.links = std::move(links_);
    return out;
  }

 private:
  int below(std::size_t n) {
    return std::uniform_int_distribution<int>(0, static_cast<int>(n) - 1)(random_);
  }
  const std::string& one_of(const std::vector<std::string>& list) {
    return list[static_cast<std::size_t>(below(list.size()))];
  }

  void add_term(const std::string& id, std::vector<std::string> parents = {}) {
    law::Term& term = book_.vocabulary.terms.emplace_back();
    term.id = id;
    term.kind = *law::kind_of_id(id);
    term.label = id;
    term.phrase = id;
    term.parents = std::move(parents);
  }

  /// 36 acts and 15 objects in trees, 10 mental elements, 14 circumstances, 5 results, 3
  /// persons: 83.
  void add_terms() {
    for (int root = 0; root < 6; ++root) {
      const std::string top = "act.a" + std::to_string(root);
      add_term(top);
      for (int child = 0; child < 5; ++child) {
        const std::string id = top + ".c" + std::to_string(child);
        add_term(id, {top});
        acts_.push_back(id);
      }
    }
    for (int root = 0; root < 3; ++root) {
      const std::string top = "obj.o" + std::to_string(root);
      add_term(top);
      for (int child = 0; child < 4; ++child) {
        objects_.push_back(top + ".c" + std::to_string(child));
        add_term(objects_.back(), {top});
      }
    }
    add_term("mens.m0");
    for (int i = 1; i < 10; ++i) {
      minds_.push_back("mens.m" + std::to_string(i));
      add_term(minds_.back(), {"mens.m0"});
    }
    const auto flat = [&](const std::string& kind, int count) {
      for (int i = 0; i < count; ++i) {
        circumstances_.push_back(kind + std::to_string(i));
        add_term(circumstances_.back());
      }
    };
    flat("circ.c", 14);
    flat("res.r", 5);
    flat("person.p", 3);
  }

  law::Provision& add_provision(const std::string& owner, int k, const Elements& elements) {
    law::Provision& out = book_.provisions.emplace_back();
    out.owner = owner;
    out.id = owner + ":art-" + std::to_string(k);
    out.article = std::to_string(k);
    out.kind = law::ProvisionKind::kSubstantive;
    out.citation.confidence = law::Confidence::kFound;
    out.penalty_kind = "offence";
    out.elements.push_back(tree_of(elements));
    return out;
  }

  void add_offence(int k) {
    if (k == 0) book_.instruments.emplace_back().id = "convention";
    Elements elements;
    std::set<std::string> acts;
    while (acts.size() < 3) acts.insert(one_of(acts_));
    elements.acts.assign(acts.begin(), acts.end());
    elements.required = {one_of(minds_), one_of(objects_), one_of(circumstances_)};
    if (below(3) == 0) elements.required.push_back(one_of(circumstances_));
    if (below(4) == 0) elements.exclusion = one_of(circumstances_);
    std::erase_if(elements.required, [&](const std::string& t) { return t == elements.exclusion; });
    add_provision("convention", k, elements);
    offences_.push_back(elements);
  }

  static std::string parent_of(const std::string& term) { return term.substr(0, term.rfind('.')); }

  Elements broader(Elements e) {
    if (below(2) == 0) return e;
    if (below(2) == 0) {
      std::string& act = e.acts[static_cast<std::size_t>(below(e.acts.size()))];
      act = parent_of(act);
    } else {
      e.required.pop_back();
    }
    return e;
  }

  Elements narrower(Elements e) {
    e.acts.erase(e.acts.begin() + below(e.acts.size()));
    return e;
  }

  void add_state(int s) {
    law::StateLaw& state = book_.states.emplace_back();
    state.iso3 = {static_cast<char>('A' + s / 26), static_cast<char>('A' + s % 26), 'X'};
    state.alpha2 = state.iso3.substr(0, 2);
    state.test_date = law::TestDateRule::kConductDate;
    const std::string iso3 = state.iso3;
    auto& links = links_.emplace_back(kOffences);
    for (int k = 0; k < kOffences; ++k) {
      const int kind = below(100);
      if (kind < 10) continue;
      Elements elements = offences_[static_cast<std::size_t>(k)];
      elements = kind < 55 ? broader(elements) : narrower(elements);
      if (kind >= 80) elements.required.push_back(one_of(circumstances_));
      if (below(5) == 0) elements.defence = "circ.c13";
      links[static_cast<std::size_t>(k)] = {
          static_cast<law::ProvisionIndex>(book_.provisions.size())};
      law::Provision& provision = add_provision(iso3, k, elements);
      provision.is_of_state = true;
      provision.penalties.push_back({.form = "basic",
                                     .when = {},
                                     .max_months = 6 * (1 + below(10)),
                                     .max = {},
                                     .citation = {}});
    }
  }

  std::mt19937_64 random_;
  law::LawBook book_;
  law::OffenceLinks links_;
  std::vector<std::string> acts_, objects_, minds_, circumstances_;
  std::vector<Elements> offences_;
};

}  // namespace

World make_world(std::uint64_t seed) {
  return Builder(seed).build();
}

std::vector<law::Fact> make_conduct(const World& world, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto& terms = world.book.vocabulary.terms;
  std::vector<bool> holds(terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) holds[i] = random() % 2 == 0;
  // A child holds only where its parent does; parents come first.
  for (std::size_t i = 0; i < terms.size(); ++i) {
    for (const std::string& parent : terms[i].parents) {
      if (!holds[*world.book.vocabulary.find_term(parent)]) holds[i] = false;
    }
  }
  std::vector<law::Fact> out;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (random() % 10 >= 6) continue;
    law::Fact& fact = out.emplace_back();
    fact.term = terms[i].id;
    fact.value = holds[i] ? law::Truth::kTrue : law::Truth::kFalse;
  }
  return out;
}

}  // namespace rogatory::bench
