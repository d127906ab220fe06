// SPDX-License-Identifier: EUPL-1.2
// Answers on cooperation as JSON and as documents: legal bases, grounds, surrender, clocks. Both
// show citations, confidence and what is not known. Pure; any thread.
#pragma once

#include "base/json.h"
#include "law/basis.h"
#include "law/basis_table.h"
#include "law/clocks.h"
#include "law/competing.h"
#include "law/document.h"
#include "law/extradition.h"
#include "law/grounds.h"
#include "law/law_book.h"
#include "law/speciality.h"

namespace rogatory::law {

/// `bases`, `channels`, `not_available`, `bilateral`, `reciprocity`, `none_known`, `warnings`.
[[nodiscard]] base::JsonObject basis_json(const LawBook& book, const BasisAnswer& answer);
void write_bases(const LawBook& book, const BasisAnswer& answer, Document& out);

/// How many ordered pairs have a known basis, kind by kind.
[[nodiscard]] base::JsonObject basis_table_json(const BasisTable& table);
void write_basis_table(const BasisTable& table, Document& out);

/// `governing`, `outcomes`, `by_basis`, `grounds`, `bars`, `postponement`, `not_binding`,
/// `not_examined`.
[[nodiscard]] base::JsonObject grounds_json(const LawBook& book, const BasisAnswer& bases,
                                            const GroundsAnswer& answer);
void write_grounds(const LawBook& book, const BasisAnswer& bases, const GroundsAnswer& answer,
                   Document& out);

/// `verdict` (extradition_word), `under` by basis, `unknown`.
[[nodiscard]] base::JsonObject extradition_json(const LawBook& book,
                                                const ExtraditionAnswer& answer);
void write_extradition(const LawBook& book, const ExtraditionAnswer& answer, Document& out);

/// `clocks` with deadlines, `zone`, `unused`, `not_examined`.
[[nodiscard]] base::JsonObject clocks_json(const LawBook& book, const ClocksAnswer& answer);
void write_clocks(const LawBook& book, const BasisAnswer& bases, const ClocksAnswer& answer,
                  Document& out);

/// `answers` by offence or purpose, `rules`, `clocks`.
[[nodiscard]] base::JsonObject speciality_json(const LawBook& book, const SpecialityAnswer& answer);
void write_speciality(const LawBook& book, const BasisAnswer& bases, const SpecialityAnswer& answer,
                      Document& out);

/// `requests` with the criteria of each; no order among them.
[[nodiscard]] base::JsonObject competing_json(const LawBook& book, const CompetingAnswer& answer);
void write_competing(const LawBook& book, const CompetingAnswer& answer, Document& out);

}  // namespace rogatory::law
