// SPDX-License-Identifier: EUPL-1.2
// Answers as JSON (for programs) and as documents (for officers). Both show citations, confidence
// and what is not known.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "law/answer.h"
#include "law/ask.h"
#include "law/compare.h"
#include "law/cover.h"
#include "law/document.h"

namespace rogatory::law {

/// Printed with every answer that applies a State's law.
inline constexpr std::string_view kNotReviewed = "not reviewed by a lawyer of that State";
/// Printed with every answer about a conduct.
inline constexpr std::string_view kAsAlleged = "conduct as alleged; an assessment, not a judgment";

// JSON
// ---------------------------------------------------------------------------------------------------------------

[[nodiscard]] base::Json to_json(const LawBook& book, const Citation& citation);
[[nodiscard]] base::Json provision_json(const LawBook& book, const Provision& provision);
/// The whole provision with its tree of elements, options, readings, periods and penalties.
[[nodiscard]] base::Json provision_full_json(const LawBook& book, const Provision& provision);
[[nodiscard]] base::Json assessment_json(const Valuation& valuation, const Assessment& assessment);
[[nodiscard]] base::Json state_answer_json(const LawBook& book, const Valuation& valuation,
                                           const StateAnswer& answer);
[[nodiscard]] base::Json relation_json(const LawBook& book, const ProvisionRelation& relation);
[[nodiscard]] base::Json article_relation_json(const LawBook& book, std::string_view from,
                                               std::string_view to,
                                               const ArticleRelation& relation);
[[nodiscard]] base::Json cover_json(const LawBook& book, const CoverAnswer& answer);
[[nodiscard]] base::Json question_json(const LawBook& book, const Question& question);

// Documents
// ----------------------------------------------------------------------------------------------------------

/// `Art. 6(1)(a) Budapest: Misuse of devices`
[[nodiscard]] std::string provision_name(const LawBook& book, const Provision& provision);
/// "met", with "provisional" where it turns on a recalled fact.
[[nodiscard]] std::string verdict_words(const Assessment& assessment);

void write_provision(const LawBook& book, const Provision& provision, Document& out);
/// One line of verdict, the table of elements, what is missing or contradicted, defences, readings.
void write_assessment(const Valuation& valuation, const Assessment& assessment, Document& out);
/// The proof as a tree, for yes and for no.
void write_proof(const Valuation& valuation, const ProofNode& proof, Document& out);
/// A table of all offences of the instrument with their verdicts; banner and safeguards beside
/// them.
void write_instrument_answer(const Valuation& valuation, const InstrumentAnswer& answer,
                             Document& out);
void write_state_answer(const Valuation& valuation, const StateAnswer& answer, Document& out);
void write_comparison(const LawBook& book, std::string_view from, std::string_view to,
                      const InstrumentComparison& comparison, bool with_paragraphs, Document& out);
void write_cover(const LawBook& book, std::span<const CoverAnswer> answers, Document& out);
void write_questions(const LawBook& book, std::span<const Question> questions, Document& out);

}  // namespace rogatory::law
