// SPDX-License-Identifier: EUPL-1.2
// Cases and drafts of requests from files in YAML or JSON.
#pragma once

#include <string>

#include "base/result.h"
#include "corpus/compile.h"
#include "request/case_file.h"
#include "request/draft.h"
#include "request/kind.h"

namespace rogatory::app {

/// Reads a case. A `conduct:` that names a file, in any format of incidents, is read from beside
/// the case. Errors carry the place in the file.
base::Result<request::CaseFile> read_case_file(const std::string& path,
                                               const corpus::Corpus& corpus);

/// Reads a draft of a request.
base::Result<request::Draft> read_draft_file(const std::string& path,
                                             const request::KindBook& kinds);

}  // namespace rogatory::app
