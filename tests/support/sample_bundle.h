// SPDX-License-Identifier: EUPL-1.2
//
// A small evidence bundle for tests: a log with two witnesses, three items, their ingest, seal and
// release. Single-threaded, as tests are.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "crypto/signer.h"
#include "package/evidence_bundle.h"
#include "tlog/cosignature.h"

namespace rogatory::test {

class SampleBundle final {
 public:
  struct Options {
    /// Content by name; three small items when empty.
    std::map<std::string, std::string> items;
    /// The second witness does not cosign.
    bool lacks_witness = false;
    /// What the leaf of an item's ingest has as its `name`, by the name in its record, which is
    /// there without.
    std::map<std::string, std::string> ingest_names;
    /// What that leaf has as `item`, the id of each item.
    std::string item_id = "0123456789abcdef";
  };

  SampleBundle() : SampleBundle(Options{}) {}
  explicit SampleBundle(const Options& options);

  package::BundleContents contents;
  std::map<std::string, std::string> items;

  /// Gives the content of an item.
  package::ItemSource source() const;
  /// Writes the bundle; records a failure of the test when it cannot.
  void write(const std::filesystem::path& folder) const;
  /// A policy of the same log and witnesses.
  std::string policy() const { return contents.policy; }

 private:
  tlog::NoteSigner signer(const std::string& name, tlog::SignatureType type, std::byte seed);
  package::Opening close(package::EventLeaf& leaf, const std::string& member, base::Json value);
  void add_events(const Options& options);
  void sign(bool lacks_witness);

  std::vector<package::SealedItem> sealed_;
  std::vector<package::BundleLeaf> leaves_;
};

}  // namespace rogatory::test
