// SPDX-License-Identifier: EUPL-1.2
//
// What the solver can tell about a formula: whether it can hold at all, whether each alternative of
// an `any` can, and whether the rule would mean something else without an element. Each question is
// put as a changed copy of the provision, linked in a book of its own.

#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "corpus/detail/lint_index.h"
#include "corpus/detail/walk.h"
#include "law/entail.h"

namespace rogatory::corpus::detail {
namespace {

// A node or exception of the original tree, by its address.
using Target = const void*;

// `node` without what is at `target`; nothing when it is `node` itself.
std::optional<law::Node> without(const law::Node& node, Target target) {
  if (&node == target) return std::nullopt;
  law::Node out = node;
  out.children.clear();
  for (const law::Node& child : node.children) {
    if (auto kept = without(child, target)) out.children.push_back(*std::move(kept));
  }
  out.unless.clear();
  for (const law::Exception& exception : node.unless) {
    if (&exception == target) continue;
    auto when = without(exception.when.front(), target);
    if (!when) continue;
    law::Exception kept = exception;
    kept.when.front() = *std::move(when);
    out.unless.push_back(std::move(kept));
  }
  return out;
}

// `node` with the list `any` cut down to one of its children.
law::Node with_only(const law::Node& node, Target any, std::size_t branch) {
  law::Node out = node;
  if (&node == any) {
    out.children = {node.children[branch]};
    return out;
  }
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    out.children[i] = with_only(node.children[i], any, branch);
  }
  for (std::size_t i = 0; i < node.unless.size(); ++i) {
    out.unless[i].when.front() = with_only(node.unless[i].when.front(), any, branch);
  }
  return out;
}

// A provision reduced to its formula.
law::Provision bare(std::string id, const law::Provision& from, law::Node elements) {
  law::Provision out;
  out.id = std::move(id);
  out.owner = from.owner;
  out.title = from.title;
  out.kind = from.kind;
  out.citation.place = from.citation.place;
  out.elements.push_back(std::move(elements));
  return out;
}

// One changed copy and what it is asked.
struct Question {
  Rule rule;
  Target target;
  std::string name;  // of the element or alternative
  base::Place place;
  bool is_marked = false;  // said to be redundant
  std::size_t original = 0;
  std::size_t changed = 0;
};

std::string name_of(const std::string& id, std::string_view otherwise) {
  return id.empty() ? std::string(otherwise) : '`' + id + '`';
}

// The questions about the provisions of one owner.
class MeaningLint final {
 public:
  MeaningLint(const law::LawBook& book, std::string_view owner, Findings& findings)
      : findings_(findings) {
    asked_.vocabulary = book.vocabulary;
    for (const law::Provision& provision : book.provisions) {
      if (provision.elements.empty()) continue;
      if (provision.owner == owner) ours_.push_back({asked_.provisions.size(), &provision});
      asked_.provisions.push_back(bare(provision.id, provision, provision.elements.front()));
    }
    for (const auto& [position, provision] : ours_) {
      add_questions(position, provision->elements.front(), provision->elements.front(),
                    /*is_positive=*/true);
    }
  }

  void run() {
    if (const auto linked = asked_.link(); !linked.ok()) {
      findings_.add(Rule::kLink, linked.error().message, linked.error().place);
      return;
    }
    law::Reasoner reasoner(asked_);
    std::vector<bool> can_hold(asked_.provisions.size(), true);
    for (const auto& [position, provision] : ours_) {
      can_hold[position] = is_satisfiable(reasoner, position);
      if (can_hold[position]) continue;
      findings_.add(Rule::kUnsatisfiable, "no conduct can fall under `" + provision->id + '`',
                    provision->citation.place);
    }
    for (const Question& question : questions_) {
      if (can_hold[question.original]) ask(reasoner, question);
    }
  }

 private:
  // `is_positive`: more conduct under `node` is more conduct under the rule. Only there can an
  // alternative be told to hold by asking whether the rule can.
  void add_questions(std::size_t position, const law::Node& root, const law::Node& node,
                     bool is_positive) {
    if (is_statement(node)) add_element(position, root, node);
    if (node.kind == law::NodeKind::kAny && is_positive) add_branches(position, root, node);
    for (const law::Node& child : node.children) {
      add_questions(position, root, child, is_positive && node.kind != law::NodeKind::kNone);
    }
    for (const law::Exception& exception : node.unless) {
      add_exception(position, root, exception);
      add_questions(position, root, exception.when.front(), /*is_positive=*/false);
    }
  }

  void add_exception(std::size_t position, const law::Node& root, const law::Exception& exception) {
    told_.insert(&exception.when.front());  // together with the exception
    add({.rule = Rule::kDeadElement,
         .target = &exception,
         .name = name_of(exception.id, "an exception"),
         .place = exception.citation.place,
         .is_marked = exception.is_redundant,
         .original = position},
        without(root, &exception));
  }

  void add_element(std::size_t position, const law::Node& root, const law::Node& node) {
    add({.rule = Rule::kDeadElement,
         .target = &node,
         .name = name_of(node.id, "an element"),
         .place = node.citation.place,
         .is_marked = node.is_redundant,
         .original = position},
        without(root, &node));
  }

  void add_branches(std::size_t position, const law::Node& root, const law::Node& node) {
    if (node.children.size() < 2) return;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const law::Node& branch = node.children[i];
      add({.rule = Rule::kUnreachableBranch,
           .target = &branch,
           .name = name_of(branch.id, "an alternative"),
           .place = branch.citation.place,
           .original = position},
          with_only(root, &node, i));
    }
  }

  // Asks `question` of the formula `changed`.
  void add(Question question, std::optional<law::Node> changed) {
    if (!changed) return;
    const law::Provision& original = asked_.provisions[question.original];
    question.changed = asked_.provisions.size();
    questions_.push_back(std::move(question));
    asked_.provisions.push_back(
        bare(original.id + '~' + std::to_string(questions_.size()), original, *std::move(changed)));
  }

  // What was told of an alternative or exception is not told again of the element that it is.
  void ask(law::Reasoner& reasoner, const Question& question) {
    if (told_.contains(question.target)) return;
    if (question.rule == Rule::kUnreachableBranch) {
      if (!is_satisfiable(reasoner, question.changed)) {
        tell(question, "the alternative " + question.name + " can never hold here");
      }
      return;
    }
    const bool is_dead = implies(reasoner, question.changed, question.original) &&
                         implies(reasoner, question.original, question.changed);
    if (is_dead && !question.is_marked) {
      tell(question, question.name +
                         " changes nothing: the rule means the same without it; leave it out, or "
                         "say `redundant: true` where the text names it all the same");
    }
    if (!is_dead && question.is_marked) {
      tell(question,
           question.name + " is marked `redundant`, but the rule means another without it");
    }
  }

  void tell(const Question& question, std::string message) {
    told_.insert(question.target);
    findings_.add(question.rule, std::move(message), question.place);
  }

  law::FormulaId formula(std::size_t position) const {
    return asked_.compiled(static_cast<law::ProvisionIndex>(position)).formula.root;
  }

  bool is_satisfiable(law::Reasoner& reasoner, std::size_t position) const {
    const law::FormulaId holds = formula(position);
    return reasoner.is_satisfiable({&holds, 1});
  }

  bool implies(law::Reasoner& reasoner, std::size_t narrow, std::size_t wide) const {
    const law::FormulaId other = formula(wide);
    return reasoner.implies(formula(narrow), {&other, 1});
  }

  Findings& findings_;
  law::LawBook asked_;
  std::vector<std::pair<std::size_t, const law::Provision*>> ours_;
  std::vector<Question> questions_;
  std::set<Target> told_;
};

}  // namespace

void lint_meaning(const law::LawBook& book, Findings& findings) {
  for (const auto& instrument : book.instruments) {
    MeaningLint(book, instrument.id, findings).run();
  }
  for (const auto& state : book.states) MeaningLint(book, state.iso3, findings).run();
}

}  // namespace rogatory::corpus::detail
