// SPDX-License-Identifier: EUPL-1.2
#include "law/assess.h"

#include <algorithm>

#include "law/detail/common.h"
#include "law/detail/fact_sets.h"

namespace rogatory::law {
namespace {

Verdict verdict_of(Truth v) {
  switch (v) {
    case Truth::kFalse:
      return Verdict::kNotMet;
    case Truth::kUnknown:
      return Verdict::kUndetermined;
    case Truth::kTrue:
      return Verdict::kMet;
  }
  return Verdict::kUndetermined;
}

using detail::add_once;

/// Builds the proof tree in step with the compiled formula.
class Prover {
 public:
  explicit Prover(const Valuation& valuation) : valuation_(valuation) {}

  ProofNode prove(const LinkedNode& node) const {
    ProofNode base = prove_base(node);
    if (node.unless.empty()) return base;
    ProofNode out;
    out.kind = ProofNode::Kind::kAll;
    out.id = node.id;
    out.citation = node.citation;
    out.children.push_back(std::move(base));
    for (const LinkedException& exception : node.unless) {
      out.children.push_back(prove(exception));
    }
    combine(out);
    return out;
  }

 private:
  ProofNode prove(const LinkedException& exception) const {
    ProofNode out;
    out.kind = ProofNode::Kind::kException;
    out.id = exception.id;
    out.citation = &exception.source->citation;
    out.role = exception.source->role;
    out.children.push_back(prove(*exception.when));
    out.children.front().is_decisive = true;
    out.value = out.children.front().value;
    out.reason = out.children.front().reason;
    out.confidence = weaker(out.citation->confidence, out.children.front().confidence);
    return out;
  }

  ProofNode prove_base(const LinkedNode& node) const {
    ProofNode out;
    out.id = node.id;
    out.citation = node.citation;
    if (node.is_leaf()) {
      prove_leaf(node, out);
      return out;
    }
    switch (node.kind) {
      case NodeKind::kAny:
        out.kind = ProofNode::Kind::kAny;
        break;
      case NodeKind::kNone:
        out.kind = ProofNode::Kind::kNone;
        break;
      case NodeKind::kRefer:
        out.kind = ProofNode::Kind::kReference;
        break;
      case NodeKind::kAll:
      case NodeKind::kTerm:
      case NodeKind::kThreshold:
      case NodeKind::kOpen:
        out.kind = ProofNode::Kind::kAll;
        break;
    }
    for (const LinkedNode* child : node.children) out.children.push_back(prove(*child));
    combine(out);
    // What was not in force is no surer than the days known of it.
    if (node.referred != nullptr && node.children.empty()) {
      out.confidence = node.citation->confidence;
    }
    return out;
  }

  void prove_leaf(const LinkedNode& node, ProofNode& out) const {
    out.kind = ProofNode::Kind::kElement;
    out.atom = node.atom;
    out.value = valuation_.value(out.atom);
    out.confidence = node.citation->confidence;
    if (out.value == Truth::kUnknown) {
      out.reason = reason_of(node);
    } else {
      out.confidence = weaker(out.confidence, valuation_.derivation_confidence(out.atom));
      out.facts = valuation_.supporting_facts(out.atom);
      explain_derivation(out.atom, out.because);
    }
  }

  UnknownReason reason_of(const LinkedNode& node) const {
    const UnknownReason stated = valuation_.unknown_reason(node.atom);
    if (stated != UnknownReason::kNotStated) return stated;
    const bool is_open_texture =
        node.source->is_evaluative ||
        (node.kind == NodeKind::kTerm && valuation_.book().term_of(node.atom).is_open_texture);
    return is_open_texture ? UnknownReason::kNeedsEvaluation : stated;
  }

  void explain_derivation(AtomId atom, std::vector<std::string>& out) const {
    const Valuation::Origin origin = valuation_.origin(atom);
    if (origin.kind != Valuation::Origin::Kind::kClause) return;
    const Theory& theory = valuation_.book().theory();
    out.push_back(theory.origin(origin.index).reason);
    for (const Literal lit : theory.literals(origin.index)) {
      if (atom_of(lit) != atom && out.size() < kMaxFactSets) explain_derivation(atom_of(lit), out);
    }
  }

  /// How a child counts for its parent: exceptions count as their absence, silent defences as
  /// absent.
  static Truth counts_as(const ProofNode& child) {
    if (child.kind != ProofNode::Kind::kException) return child.value;
    if (child.role == Role::kDefence && child.value == Truth::kUnknown) return Truth::kTrue;
    return !child.value;
  }

  /// Value, confidence and decisive children of an inner node.
  static void combine(ProofNode& node) {
    const bool is_any = node.kind == ProofNode::Kind::kAny || node.kind == ProofNode::Kind::kNone ||
                        node.kind == ProofNode::Kind::kReference;
    Truth value = is_any ? Truth::kFalse : Truth::kTrue;
    for (const ProofNode& child : node.children) {
      value = is_any ? or_of(value, counts_as(child)) : and_of(value, counts_as(child));
    }
    settle(node, value, is_any);
    node.value = node.kind == ProofNode::Kind::kNone ? !value : value;
  }

  /// A conjunction that holds, or a disjunction that fails, rests on all children; otherwise the
  /// surest one that decides suffices; an open node rests on its open children.
  static void settle(ProofNode& node, Truth value, bool is_any) {
    const bool needs_all = value == (is_any ? Truth::kFalse : Truth::kTrue);
    ProofNode* surest = nullptr;
    Confidence weakest = Confidence::kFound;
    for (ProofNode& child : node.children) {
      if (!needs_all && counts_as(child) != value) continue;
      if (surest == nullptr || child.confidence > surest->confidence) surest = &child;
      weakest = weaker(weakest, child.confidence);
      child.is_decisive = needs_all || value == Truth::kUnknown;
      if (child.value == Truth::kUnknown && node.reason == UnknownReason::kNotStated) {
        node.reason = child.reason;
      }
    }
    const bool takes_surest = !needs_all && value != Truth::kUnknown && surest != nullptr;
    if (takes_surest) surest->is_decisive = true;
    node.confidence = takes_surest ? surest->confidence : weakest;
  }

  const Valuation& valuation_;
};

/// What decides a part that decides nothing is not what the verdict rests on.
void keep_path(ProofNode& node) {
  for (ProofNode& child : node.children) {
    child.is_decisive = child.is_decisive && node.is_decisive;
    keep_path(child);
  }
}

void collect_reasons(const ProofNode& node, std::vector<UnknownReason>& out) {
  if (node.value != Truth::kUnknown) return;
  if (node.children.empty()) add_once(out, node.reason);
  for (const ProofNode& child : node.children) {
    const bool is_silent_defence =
        child.kind == ProofNode::Kind::kException && child.role == Role::kDefence;
    if (!is_silent_defence) collect_reasons(child, out);
  }
}

using OpenDefences = std::vector<const LinkedException*>;

void add_all(OpenDefences& to, const OpenDefences& from) {
  for (const LinkedException* one : from) {
    if (std::ranges::find(to, one) == to.end()) to.push_back(one);
  }
}

/// One part of a node: how it counts, and the defences nobody settled that this rests on.
struct Part {
  Truth counts = Truth::kUnknown;
  OpenDefences defences;
};

/// Where one part is enough for the answer, one without open defences frees it of all others.
OpenDefences combine(const std::vector<Part>& parts, bool is_any) {
  const Truth decider = is_any ? Truth::kTrue : Truth::kFalse;
  const bool is_decided =
      std::ranges::any_of(parts, [&](const Part& part) { return part.counts == decider; });
  OpenDefences out;
  for (const Part& part : parts) {
    if (is_decided && part.counts != decider) continue;
    if (is_decided && part.defences.empty()) return {};
    add_all(out, part.defences);
  }
  return out;
}

/// Defences nobody settled that the answer of this node, a yes or a no, rests on: below a `none` or
/// an exception it is the no that a defence could turn.
OpenDefences open_defences(const LinkedNode& node, const ProofNode& proof) {
  const ProofNode& base = node.unless.empty() ? proof : proof.children.front();
  const bool is_any =
      node.kind == NodeKind::kAny || node.kind == NodeKind::kRefer || node.kind == NodeKind::kNone;
  std::vector<Part> children;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const ProofNode& child = base.children[i];
    children.push_back(
        {.counts = child.value, .defences = open_defences(*node.children[i], child)});
  }
  OpenDefences own = combine(children, is_any);
  if (node.unless.empty()) return own;
  std::vector<Part> parts{{.counts = base.value, .defences = std::move(own)}};
  for (std::size_t i = 0; i < node.unless.size(); ++i) {
    const LinkedException& exception = node.unless[i];
    const ProofNode& proved = proof.children[i + 1];
    if (exception.source->role == Role::kDefence && proved.value == Truth::kUnknown) {
      parts.push_back({.counts = Truth::kTrue, .defences = {&exception}});
    } else {
      parts.push_back({.counts = !proved.value,
                       .defences = open_defences(*exception.when, proved.children.front())});
    }
  }
  return combine(parts, /*is_any=*/false);
}

void judge_readings(const Valuation& valuation, const CompiledProvision& compiled,
                    Assessment& out) {
  for (const CompiledReading& reading : compiled.readings) {
    const Verdict verdict = verdict_of(evaluate(valuation, reading.formula));
    out.readings.push_back({.reading = reading.reading, .verdict = verdict});
    if (verdict == out.verdict) continue;
    add_once(out.unknown_reasons, UnknownReason::kReadingsDiffer);
  }
  if (std::ranges::find(out.unknown_reasons, UnknownReason::kReadingsDiffer) !=
      out.unknown_reasons.end()) {
    out.verdict = Verdict::kUndetermined;
  }
}

}  // namespace

ProofNode prove(const Valuation& valuation, const Compiled& formula) {
  return Prover(valuation).prove(*formula.tree);
}

Verdict verdict_on(const Valuation& valuation, ProvisionIndex provision,
                   std::optional<base::Date> on) {
  return assess(valuation, provision, Detail::kVerdict, on).verdict;
}

Assessment assess(const Valuation& valuation, ProvisionIndex provision, Detail detail,
                  std::optional<base::Date> on) {
  const LawBook& book = valuation.book();
  const CompiledProvision& compiled = book.compiled_on(provision, on);
  Assessment out;
  out.provision = provision;
  if (compiled.formula.root == kNoFormula) {
    out.unknown_reasons.push_back(UnknownReason::kLawNotEncoded);
    out.confidence = book.provisions[provision].citation.confidence;
    return out;
  }
  const Truth exact = evaluate(valuation, compiled.formula);
  out.verdict = verdict_of(exact);
  judge_readings(valuation, compiled, out);
  if (detail == Detail::kVerdict) return out;
  out.proof = prove(valuation, compiled.formula);
  // Where only the exact answer decides, the tree alone does not show it.
  if (out.proof.value != exact) {
    out.proof.value = exact;
    out.proof.because.push_back("every way in which the open facts can turn out gives this answer");
    out.proof.confidence = weaker(out.proof.confidence, book.theory().weakest());
  }
  out.proof.is_decisive = true;
  keep_path(out.proof);
  out.confidence = weaker(out.proof.confidence, book.provisions[provision].citation.confidence);
  if (out.verdict == Verdict::kUndetermined) collect_reasons(out.proof, out.unknown_reasons);
  if (out.verdict != Verdict::kNotMet) {
    out.subject_to = open_defences(*compiled.formula.tree, out.proof);
  }
  if (exact != Truth::kTrue) out.needed = detail::fact_sets(valuation, compiled.formula);
  return out;
}

}  // namespace rogatory::law
