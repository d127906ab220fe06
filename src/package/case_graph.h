// SPDX-License-Identifier: EUPL-1.2
//
// Custody as CASE 1.4.0 / UCO 1.4.0 in JSON-LD: what other forensic tools read. Pure; any thread.
//
// The graph is made from the contents of the bundle and nothing else, so that a verifier makes it
// again and compares the bytes. Roles stand where a person's name could. It is bytes, never RDF,
// that is hashed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "package/evidence_bundle.h"

namespace rogatory::package {

/// The graph as canonical JSON: an `investigation:InvestigativeAction` for each leaf, with the role
/// where it is opened; an `investigation:ProvenanceRecord` and a file with its digests for each
/// item.
base::Result<std::string> case_graph(const BundleContents& contents);

/// What is read back.
struct CaseSummary {
  struct File {
    std::string name;
    std::uint64_t size_bytes = 0;
    std::string sha256;
    std::string sha512;
    std::string exhibit;
  };
  struct Action {
    std::string kind;
    std::string at;
    std::string role;
    std::vector<std::string> files;
  };
  std::vector<File> files;
  std::vector<Action> actions;
};

/// Reads what case_graph wrote, strictly: kParse, kSchema with the place, kLint for a reference to
/// what is not there.
base::Result<CaseSummary> read_case_graph(std::string_view text);

}  // namespace rogatory::package
