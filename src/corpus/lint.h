// SPDX-License-Identifier: EUPL-1.2
//
// What is wrong with a corpus although each file has the right shape. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "corpus/corpus_file.h"
#include "corpus/folder.h"

namespace rogatory::corpus {

enum class Severity { kError, kWarning };

/// The rules, by their published ids; lint_rules() says what each of them asks.
enum class Rule {
  kYaml,
  kSchema,
  kShape,
  kLink,
  kDuplicateId,
  kUnknownTerm,
  kUnknownQuantity,
  kUnknownProvision,
  kUnknownOption,
  kUnknownElement,
  kUnknownSafeguard,
  kUnknownSource,
  kMissingId,
  kMissingCite,
  kMissingSays,
  kMissingElements,
  kMissingText,
  kMissingOwner,
  kMisplacedFile,
  kFoundUnsourced,
  kDerivedUnexplained,
  kSourceIncomplete,
  kClosureUnsourced,
  kClosureLeaf,
  kOptionNotPermitted,
  kOptionShape,
  kPeriodEmpty,
  kPeriodOverlap,
  kPenaltyMalformed,
  kThresholdUnit,
  kScopeMisplaced,
  kGroupShape,
  kGroupContradiction,
  kEntailmentRedundant,
  kUnsatisfiable,
  kUnreachableBranch,
  kDeadElement,
  kRuleShape,
  kBasisShape,
  kGroundShape,
  kUnknownSubject,
  kUnknownState,
  kUnknownInstrument,
  kUnknownContent,
  kUnrankedClass,
  kBilateralSides,
  kRequestShape,
  kPlaceholders,
};

struct RuleInfo {
  Rule rule;
  std::string_view id;  ///< `unknown-term`
  Severity severity;
  std::string_view asks;  ///< one sentence
};

/// Every rule once, in the order of Rule.
std::span<const RuleInfo> lint_rules();

/// One fault.
struct LintFinding {
  Severity severity = Severity::kError;
  std::string rule;  ///< id of the rule
  std::string message;
  base::Place place;

  bool operator==(const LintFinding&) const = default;

  /// `file:line:column: error: message [rule]`, as compilers write.
  std::string to_string() const;

  /// `{"severity", "rule", "message", "file", "line", "column"}`; an unknown column is left out.
  base::Json to_json() const;
};

struct LintOptions {
  /// Also asks the solver what each element does: takes seconds for a large corpus.
  bool with_meaning = true;
};

/// All findings, sorted by file and line. Where files cannot be read, only that is told: the rest
/// would follow from it. The meaning is asked only of law without errors.
///
///     ROG_TRY(const CorpusFiles files, read_folder("corpus", schemas));
///     for (const LintFinding& finding : lint(files)) std::puts(finding.to_string().c_str());
std::vector<LintFinding> lint(const CorpusFiles& files, const LintOptions& options = {});

/// True when some finding is an error.
bool has_errors(std::span<const LintFinding> findings);

}  // namespace rogatory::corpus
