// SPDX-License-Identifier: EUPL-1.2
// Cases and drafts of requests from files in YAML or JSON.
#pragma once

#include <string>

#include "base/result.h"
#include "corpus/compile.h"
#include "corpus/yaml_reader.h"
#include "request/case_file.h"
#include "request/draft.h"
#include "request/kind.h"

namespace rogatory::app {

/// A case or a draft that was read and is not yet understood.
struct InputDocument {
  std::string path;
  corpus::YamlDocument document;
};
base::Result<InputDocument> read_input_document(const std::string& path);

/// What the case, or the draft around it, says of States; empty where it says nothing in the right
/// form, which the reading of the case then reports.
struct StatesNamed {
  std::string requesting;
  std::string requested;
};
StatesNamed states_named(const InputDocument& input);

/// The law that a case or draft concerns: of both States and between them, of the offences alleged
/// and of the basis chosen; everything where the States are not named.
corpus::Wanted wanted_by(const InputDocument& input);

/// Is it a case file, by its `format`?
bool is_case(const InputDocument& input);

/// Reads a case. A `conduct:` that names a file, in any format of incidents, is read from beside
/// the case. Errors carry the place in the file.
base::Result<request::CaseFile> read_case_file(const InputDocument& input,
                                               const corpus::Corpus& corpus);

/// Reads a draft of a request.
base::Result<request::Draft> read_draft_file(const InputDocument& input,
                                             const request::KindBook& kinds);

}  // namespace rogatory::app
