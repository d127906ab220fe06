// SPDX-License-Identifier: EUPL-1.2
//
// A small world for tests of requests: States AAA (asks) and BBB (is asked), a treaty `t` with
// bases for two kinds, and the kinds themselves. Single-threaded.
#pragma once

#include <string_view>

#include "base/json.h"
#include "request/draft.h"
#include "request/kind.h"
#include "support/cooperation_builder.h"

namespace rogatory::test {

/// Terms, both States, the treaty `t` with `t:preserve` (kind preservation, no dual criminality,
/// the condition `follow-up` decided by `req.urgent`) and `t:extradite` (kind extradition, dual
/// criminality required), and the offences `AAA:entry` and `BBB:entry`: access without right.
void build_sample(CooperationBuilder& law);

/// `preservation` asks authority (essential), necessity (where `t` asks it, Art. 2) and contact
/// (useful); `extradition` asks authority, persons and offences (useful).
request::KindBook sample_kinds();

/// A case of AAA to BBB in which nothing is missing, with one count: access to a system.
base::JsonObject sample_case();

/// The draft of `kind` on the basis given, made from a case.
request::Draft sample_draft(const request::KindBook& kinds, std::string_view kind,
                            std::string_view basis, base::JsonObject document = sample_case());

}  // namespace rogatory::test
