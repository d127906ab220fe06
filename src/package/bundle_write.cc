// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>

#include "crypto/chunk_digest.h"
#include "package/bag.h"
#include "package/bundle_json.h"
#include "package/case_graph.h"
#include "package/detail/embedded_files.h"
#include "package/evidence_bundle.h"

namespace rogatory::package {
namespace {

base::Error not_the_item(const std::string& name) {
  return base::Error{.code = base::ErrorCode::kLint,
                     .message = "the content of `" + name + "` is not the one that was sealed"};
}

class Writer final {
 public:
  Writer(BagWriter bag, const BundleContents& contents, const BundleProgress& progress)
      : bag_(std::move(bag)), contents_(contents), progress_(progress) {
    for (const BundleItem& item : contents.items) total_ += item.sealed.record.size_bytes;
  }

  base::Result<void> run(const ItemSource& source) {
    for (const BundleItem& item : contents_.items) {
      ROG_TRY(const ContentSource content, source(item.sealed.record));
      ROG_CHECKED(add_item(item, content));
    }
    ROG_CHECKED(add_custody());
    BagInfo info = {{std::string(kSoftwareAgent), "Rogatory"}};
    for (auto& line : reference_info(contents_)) info.push_back(std::move(line));
    return bag_.finish(std::move(info));
  }

 private:
  /// Writes an item and, beside it, the leaves of its chunk tree: 32 bytes for each 64 KiB, never
  /// held in memory, as a disk of terabytes has many.
  base::Result<void> add_item(const BundleItem& item, const ContentSource& source) {
    const ItemRecord& record = item.sealed.record;
    ROG_TRY(BagWriter::Piecewise leaves, bag_.begin(chunks_file(item.set_index)));
    const ContentSource counted = [&](const ByteSink& sink) {
      return source([&](std::span<const std::byte> piece) {
        done_ += piece.size();
        if (progress_) progress_(done_, total_);
        return sink(piece);
      });
    };
    ROG_TRY(
        const crypto::ContentDigests found,
        bag_.add(item_file(record.name), counted, [&](std::span<const crypto::Sha256Digest> batch) {
          static_assert(sizeof(crypto::Sha256Digest) == 32);
          return leaves.write(std::as_bytes(batch));
        }));
    if (ItemRecord::of(record.name, found) != record) return not_the_item(record.name);
    return bag_.end(std::move(leaves));
  }

  base::Result<void> add_custody() {
    ROG_CHECKED(put(kBundleFile, bundle_json(contents_)));
    ROG_CHECKED(put(kPolicyFile, contents_.policy));
    ROG_CHECKED(put(kCheckpointFile, contents_.leaves.front().proof.checkpoint.to_text()));
    ROG_CHECKED(put(kFormatFile, format_description()));
    ROG_CHECKED(put(kVerifierFile, second_verifier()));
    ROG_TRY(const std::string graph, case_graph(contents_));
    ROG_CHECKED(put(kCaseFile, graph));
    for (const BundleLeaf& leaf : contents_.leaves) {
      ROG_CHECKED(put(leaf_file(leaf.proof.index), leaf.bytes));
      ROG_CHECKED(put(proof_file(leaf.proof.index), leaf.proof.to_text()));
    }
    for (const BundleToken& token : contents_.tokens) {
      ROG_CHECKED(put(token_file(token.name), token.der));
    }
    return {};
  }

  base::Result<void> put(std::string_view path, std::string_view bytes) {
    ROG_CHECKED(bag_.add(std::string(path), source_of(bytes)));
    return {};
  }

  BagWriter bag_;
  const BundleContents& contents_;
  const BundleProgress& progress_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

base::Result<void> write_bundle(const std::filesystem::path& folder, const BundleContents& contents,
                                const ItemSource& source, const BundleProgress& progress) {
  ROG_CHECKED(check_contents(contents));
  // What is written has to be what is read: this also refuses names of tokens and the like.
  ROG_CHECKED(parse_bundle_json(bundle_json(contents)).with_context("while checking the bundle"));
  ROG_TRY(BagWriter bag, BagWriter::create(folder));
  return Writer(std::move(bag), contents, progress).run(source);
}

}  // namespace rogatory::package
