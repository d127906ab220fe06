// SPDX-License-Identifier: EUPL-1.2

#include "support/sample_bundle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "tlog/merkle_proof.h"

namespace rogatory::test {

using package::BundleLeaf;
using package::EventLeaf;
using package::Opening;

namespace {

constexpr std::uint64_t kFirstWitnessed = 1'795'000'000;

/// Salts of a test have to be the same in each run, and each another.
package::Salt salt_of(const std::string& what) {
  return crypto::sha256("salt of a test: " + what).bytes;
}

}  // namespace

SampleBundle::SampleBundle(const Options& options) : items(options.items) {
  if (items.empty()) {
    items = {{"disk/image.raw", std::string(70'000, 'i')},
             {"note.txt", "met at the harbour"},
             {"secret-list.csv", "Aurelia,17\nBenedikt,18\n"}};
  }
  for (const auto& [name, content] : items) {
    crypto::ChunkDigester digester(crypto::ChunkDigester::Options{.use_thread = false});
    EXPECT_TRUE(digester.update(crypto::as_bytes(content)).ok());
    sealed_.push_back({.record = package::ItemRecord::of(name, digester.finish().take()),
                       .salt = salt_of("item " + name)});
  }
  const package::SetTree tree(sealed_);
  contents.case_reference = "case 2026/17";
  contents.set = tree.head();
  for (std::size_t i = 0; i < sealed_.size(); ++i) {
    contents.items.push_back({.sealed = sealed_[i],
                              .set_index = i,
                              .set_path = tree.path(i).take(),
                              .exhibit = "E-" + std::to_string(i + 1)});
  }
  add_events(options);
  sign(options.lacks_witness);
}

Opening SampleBundle::close(EventLeaf& leaf, const std::string& member, base::Json value) {
  Opening opening{.member = member,
                  .salt = salt_of(leaf.kind + std::to_string(leaves_.size()) + member),
                  .value = std::move(value)};
  leaf.closed[member] = package::commitment_to(opening.salt, opening.value);
  return opening;
}

void SampleBundle::add_events(const Options& options) {
  for (std::size_t i = 0; i < sealed_.size(); ++i) {
    const auto& record = sealed_[i].record;
    EventLeaf leaf{.kind = "ingest", .at = "2026-11-24T10:00:0" + std::to_string(i % 10) + "Z"};
    BundleLeaf out{.about = {i}};
    const auto renamed = options.ingest_names.find(record.name);
    const std::string& name = renamed == options.ingest_names.end() ? record.name : renamed->second;
    out.openings = {close(leaf, "role", "forensic examiner"),
                    close(leaf, "item", base::Json(options.item_id)),
                    close(leaf, "name", base::Json(name)),
                    close(leaf, "size_bytes", static_cast<std::int64_t>(record.size_bytes)),
                    close(leaf, "sha256", base::Json(record.sha256.hex())),
                    close(leaf, "sha512", base::Json(record.sha512.hex())),
                    close(leaf, "tree_root", base::Json(record.tree_root.hex()))};
    close(leaf, "officer", "nobody is to read this");
    out.bytes = leaf.to_bytes().take();
    leaves_.push_back(std::move(out));
  }
  EventLeaf seal{.kind = "seal", .at = "2026-11-24T11:00:00Z"};
  seal.open = {{"root", contents.set.root.hex()},
               {"size", static_cast<std::int64_t>(contents.set.size)}};
  BundleLeaf out;
  base::JsonArray names;
  for (const auto& item : sealed_) names.emplace_back(item.record.name);
  out.openings = {close(seal, "role", "custodian"), close(seal, "items", names)};
  out.bytes = seal.to_bytes().take();
  leaves_.push_back(std::move(out));
}

tlog::NoteSigner SampleBundle::signer(const std::string& name, tlog::SignatureType type,
                                      std::byte seed) {
  const std::vector<std::byte> bytes(32, seed);
  // Shared by the copies of the function that signs.
  const auto key =
      std::make_shared<crypto::Ed25519PrivateKey>(crypto::Ed25519PrivateKey::parse(bytes).take());
  const auto public_key = key->public_key();
  auto verifier =
      tlog::VerifierKey::make(name, type, {public_key.bytes.begin(), public_key.bytes.end()});
  return {verifier.take(), [key](std::span<const std::byte> message) {
            const auto signature = key->sign(message);
            return base::Result<std::vector<std::byte>>(
                std::vector<std::byte>(signature.begin(), signature.end()));
          }};
}

void SampleBundle::sign(bool lacks_witness) {
  const auto log = signer("node.example/log", tlog::SignatureType::kEd25519, std::byte{1});
  const auto first =
      signer("court.example", tlog::SignatureType::kEd25519Cosignature, std::byte{2});
  const auto second =
      signer("other.example", tlog::SignatureType::kEd25519Cosignature, std::byte{3});
  contents.policy = "log " + log.key().to_text() + "\nwitness court " + first.key().to_text() +
                    "\nwitness other " + second.key().to_text() +
                    "\ngroup both all court other\nquorum both\n";
  std::vector<crypto::Sha256Digest> hashes;
  hashes.reserve(leaves_.size());
  for (const auto& leaf : leaves_) {
    hashes.push_back(crypto::leaf_hash(crypto::as_bytes(leaf.bytes)));
  }
  const tlog::Checkpoint checkpoint{
      .origin = "node.example/log",
      .head = {.size = hashes.size(), .root = crypto::tree_root(hashes)}};
  tlog::Note note{.text = checkpoint.to_text()};
  note.signatures.push_back(log.sign(note.text).take());
  note.signatures.push_back(first.sign(note.text, kFirstWitnessed).take());
  if (!lacks_witness) {
    note.signatures.push_back(second.sign(note.text, kFirstWitnessed + 60).take());
  }
  for (std::size_t i = 0; i < leaves_.size(); ++i) {
    const auto read = [&](const tlog::Node& node) {
      const auto width = std::size_t{1} << static_cast<unsigned>(node.level);
      return base::Result<tlog::Hash>(
          crypto::tree_root(std::span(hashes).subspan(node.index * width, width)));
    };
    leaves_[i].proof = {.index = i,
                        .path = tlog::prove_inclusion(i, hashes.size(), read).take(),
                        .checkpoint = note};
  }
  contents.leaves = leaves_;
}

package::ItemSource SampleBundle::source() const {
  return [this](const package::ItemRecord& record) -> base::Result<package::ContentSource> {
    return package::source_of(std::string_view(items.at(record.name)));
  };
}

void SampleBundle::write(const std::filesystem::path& folder) const {
  const auto written = package::write_bundle(folder, contents, source());
  ASSERT_TRUE(written.ok()) << written.error().to_string();
}

}  // namespace rogatory::test
