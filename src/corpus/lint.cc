// SPDX-License-Identifier: EUPL-1.2

#include "corpus/lint.h"

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/detail/findings.h"
#include "corpus/detail/lint_index.h"
#include "corpus/reader.h"

namespace rogatory::corpus {
namespace {

constexpr auto kError = Severity::kError;
constexpr auto kWarning = Severity::kWarning;

constexpr std::array kRules = std::to_array<RuleInfo>({
    {Rule::kYaml, "yaml", kError, "The file is of the strict subset of YAML."},
    {Rule::kSchema, "schema", kError, "The file is valid under its schema."},
    {Rule::kShape, "shape", kError, "Every value can be read, each day exists."},
    {Rule::kLink, "link", kError, "References resolve without circles and within limits."},
    {Rule::kDuplicateId, "duplicate-id", kError, "An id is used once among its like."},
    {Rule::kUnknownTerm, "unknown-term", kError, "A term is in the vocabulary."},
    {Rule::kUnknownQuantity, "unknown-quantity", kError, "A quantity is in the vocabulary."},
    {Rule::kUnknownProvision, "unknown-provision", kError,
     "A provision referred to exists and has elements."},
    {Rule::kUnknownOption, "unknown-option", kError, "An option made exists."},
    {Rule::kUnknownElement, "unknown-element", kError,
     "An element dropped or replaced is in the provision."},
    {Rule::kUnknownSafeguard, "unknown-safeguard", kError, "A safeguard is in its instrument."},
    {Rule::kUnknownSource, "unknown-source", kError, "A source is listed in the same file."},
    {Rule::kMissingId, "missing-id", kError, "Elements, exceptions and options have an id."},
    {Rule::kMissingCite, "missing-cite", kError, "Every rule and element has a cite."},
    {Rule::kMissingSays, "missing-says", kError, "Every leaf, exception and option has says."},
    {Rule::kMissingElements, "missing-elements", kError,
     "An offence has elements or says why not."},
    {Rule::kMissingText, "missing-text", kError,
     "The vocabulary has labels, phrases, definitions, questions and reasons."},
    {Rule::kMissingOwner, "missing-owner", kError,
     "An instrument or State with provisions has a file that describes it."},
    {Rule::kMisplacedFile, "misplaced-file", kError,
     "A file stands in the folder of its instrument or State."},
    {Rule::kFoundUnsourced, "found-unsourced", kError, "What is found has source and pin."},
    {Rule::kDerivedUnexplained, "derived-unexplained", kError,
     "What is derived has a note that says how."},
    {Rule::kSourceIncomplete, "source-incomplete", kError,
     "A source has title, where and read_on."},
    {Rule::kClosureUnsourced, "closure-unsourced", kError,
     "A closure is sourced and not merely recalled."},
    {Rule::kClosureLeaf, "closure-leaf", kError, "The subject of a closure is made of terms."},
    {Rule::kOptionNotPermitted, "option-not-permitted", kError,
     "An option is in the closed list of its instrument."},
    {Rule::kOptionShape, "option-shape", kError, "An option adds, drops, or drops elements."},
    {Rule::kPeriodEmpty, "period-empty", kError, "A period ends after it begins."},
    {Rule::kPeriodOverlap, "period-overlap", kError, "Periods of a provision do not overlap."},
    {Rule::kPenaltyMalformed, "penalty-malformed", kError, "A penalty has a form and one maximum."},
    {Rule::kThresholdUnit, "threshold-unit", kError,
     "A threshold of money has a currency, no other has."},
    {Rule::kScopeMisplaced, "scope-misplaced", kError, "A scope stands at a term or threshold."},
    {Rule::kGroupShape, "group-shape", kError,
     "A group has members, an exhaustive one children of its term."},
    {Rule::kGroupContradiction, "group-contradiction", kError,
     "Members that exclude each other do not imply each other."},
    {Rule::kEntailmentRedundant, "entailment-redundant", kWarning,
     "An entailment says more than the parents do."},
    {Rule::kUnsatisfiable, "unsatisfiable", kError, "Some conduct can fall under an offence."},
    {Rule::kUnreachableBranch, "unreachable-branch", kError,
     "Each alternative can hold where it stands."},
    {Rule::kDeadElement, "dead-element", kError,
     "A rule means something else without any one of its elements."},
    {Rule::kRuleShape, "rule-shape", kError,
     "A basis, ground or clock has `for` and its own part, and nothing else has them; `side` is "
     "for States."},
    {Rule::kBasisShape, "basis-shape", kError,
     "A basis has the list or elements that its `offences` name."},
    {Rule::kGroundShape, "ground-shape", kError, "A ground that is barred has no cures."},
    {Rule::kUnknownSubject, "unknown-subject", kError,
     "The subject of a ground is in requests/grounds.yaml."},
    {Rule::kUnknownState, "unknown-state", kError,
     "A State or territory that is named is one of the world."},
    {Rule::kUnknownInstrument, "unknown-instrument", kError, "An instrument named exists."},
    {Rule::kUnknownContent, "unknown-content", kError,
     "A content that a kind of request uses exists."},
    {Rule::kUnrankedClass, "unranked-class", kError,
     "An instrument with a basis is of a class that is ranked."},
    {Rule::kBilateralSides, "bilateral-sides", kError,
     "A bilateral instrument names two Parties and no more."},
    {Rule::kRequestShape, "request-shape", kError,
     "A kind of request has its group, and a content that the basis asks names who asks it."},
    {Rule::kPlaceholders, "placeholders", kError,
     "A string has the same placeholders in every language."},
});

static_assert([] {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (kRules[i].rule != static_cast<Rule>(i)) return false;
  }
  return true;
}());

std::string_view severity_name(Severity severity) {
  return severity == Severity::kError ? "error" : "warning";
}

void add_reading_faults(const CorpusFiles& files, detail::Findings& findings) {
  for (const base::Error& fault : files.faults) {
    const bool is_schema = fault.code == base::ErrorCode::kSchema;
    base::Place place = fault.place;
    place.pointer.clear();
    findings.add(is_schema ? Rule::kSchema : Rule::kYaml, fault.message, std::move(place));
  }
}

void lint_reading(const CorpusFiles& files, const Reading& reading, detail::Findings& findings) {
  detail::LintIndex index(reading, findings);
  detail::lint_vocabulary(index);
  detail::lint_owners(index);
  detail::lint_provisions(index);
  detail::lint_world(index);
  for (const CorpusFile& file : files.files) detail::lint_document(file, index);
}

void link(law::LawBook& book, detail::Findings& findings) {
  const auto linked = book.link();
  if (!linked.ok()) findings.add(Rule::kLink, linked.error().message, linked.error().place);
}

}  // namespace

std::span<const RuleInfo> lint_rules() {
  return kRules;
}

std::string LintFinding::to_string() const {
  std::string where = place.to_string();
  if (!where.empty()) where += ": ";
  return where + std::string(severity_name(severity)) + ": " + message + " [" + rule + ']';
}

base::Json LintFinding::to_json() const {
  base::JsonObject out{{"severity", severity_name(severity)},
                       {"rule", rule},
                       {"message", message},
                       {"file", place.file},
                       {"line", place.line}};
  if (place.column > 0) out["column"] = place.column;
  return out;
}

std::vector<LintFinding> lint(const CorpusFiles& files, const LintOptions& options) {
  detail::Findings findings;
  add_reading_faults(files, findings);
  if (findings.has_errors()) return findings.take_sorted();
  Reading reading = read_files(files.files);
  for (const base::Error& fault : reading.faults) {
    findings.add(Rule::kShape, fault.message, fault.place);
  }
  if (findings.has_errors()) return findings.take_sorted();
  lint_reading(files, reading, findings);
  if (!findings.has_errors()) link(reading.book, findings);
  if (!findings.has_errors() && options.with_meaning) detail::lint_meaning(reading.book, findings);
  return findings.take_sorted();
}

bool has_errors(std::span<const LintFinding> findings) {
  return std::ranges::any_of(findings,
                             [](const auto& f) { return f.severity == Severity::kError; });
}

}  // namespace rogatory::corpus
