// SPDX-License-Identifier: EUPL-1.2
//
// What `requests/<kind>.yaml` and `requests/contents.yaml` state as fact. Pure.
#pragma once

#include <vector>

#include "corpus/detail/cursor.h"
#include "law/provision.h"

namespace rogatory::corpus::detail {

/// The citations of such a document: who requires a content, whether its absence is a known cause
/// of refusal, rules on validity, safeguards.
std::vector<law::Citation> request_citations(const Cursor& root);

}  // namespace rogatory::corpus::detail
