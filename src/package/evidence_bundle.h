// SPDX-License-Identifier: EUPL-1.2
//
// The evidence bundle: items with the proof that they are unchanged since ingest, in one folder
// that needs nothing else (docs/formats/evidence-bundle.md). Single-threaded.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/certificate.h"
#include "package/content.h"
#include "package/event_leaf.h"
#include "package/sealed_set.h"
#include "package/verify_report.h"
#include "tlog/policy.h"
#include "tlog/tlog_proof.h"

namespace rogatory::package {

/// The most leaves, and time stamp tokens, of one bundle.
inline constexpr std::size_t kMaxBundleLeaves = 10'000;
inline constexpr std::size_t kMaxBundleTokens = 16;

/// An item of the bundle with its place in the sealed set.
struct BundleItem {
  SealedItem sealed;
  std::uint64_t set_index = 0;
  std::vector<crypto::Sha256Digest> set_path;
  /// The exhibit number in the proceedings; may be empty.
  std::string exhibit;
};

/// A leaf of the log with its proof. `openings` are those members of it that the reader may see.
struct BundleLeaf {
  /// The bytes as logged.
  std::string bytes;
  tlog::TlogProof proof;
  std::vector<Opening> openings;
  /// The set indices of the items it is about; empty when it is about the set or the case.
  std::vector<std::uint64_t> about;
};

/// A time stamp token (RFC 3161) over the bytes of `custody/checkpoint`.
struct BundleToken {
  /// A file name without folder and ending, such as `authority-1`.
  std::string name;
  std::string der;
};

/// Whether a token can be called so: 1 to 64 characters of a-z, 0-9 and -.
bool is_token_name(std::string_view name);

/// All of a bundle but the content of its items.
struct BundleContents {
  /// A reference that the receiver knows the case by; may be empty.
  std::string case_reference;
  /// The head that the `seal` leaf states.
  SetHead set;
  /// In order of set_index.
  std::vector<BundleItem> items;
  /// In order of their index in the log; one of them is the `seal`. All proofs lead to one
  /// checkpoint.
  std::vector<BundleLeaf> leaves;
  /// The policy under which the proofs hold (C2SP tlog-policy), as text.
  std::string policy;
  std::vector<BundleToken> tokens;
};

/// Gives the content of an item.
using ItemSource = std::function<base::Result<ContentSource>(const ItemRecord& record)>;

/// Called as content goes by: bytes done and in all.
using BundleProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Writes the bundle and what a reader needs with it: CASE, the description of the format and the
/// second verifier. Nothing stands under `folder` unless it is whole. kLint when an item's content
/// is not that of its record or the contents contradict each other (proofs that do not lead to the
/// one checkpoint, a seal that is not of this set); kConflict when `folder` is there; kLimit; kIo;
/// errors of the sources.
base::Result<void> write_bundle(const std::filesystem::path& folder, const BundleContents& contents,
                                const ItemSource& source, const BundleProgress& progress = {});

/// Reads everything but the content, without verifying it. Errors of files; kParse and kSchema with
/// file and place.
base::Result<BundleContents> read_bundle(const std::filesystem::path& folder);

/// What of a leaf may go to `recipient` with a part of the set. Of one that is about no single item
/// only `role` and `authority` are opened: any other member, such as `reason`, could name what is
/// not shown. Nothing of one that opens another `recipient` or `holder`: who else got an item, and
/// why, is not the reader's.
std::optional<BundleLeaf> leaf_for(BundleLeaf leaf, std::string_view recipient);

/// What of a bundle may go to somebody who gets these items only: their records, salts and proofs,
/// the leaves that are about none of the others nor tell of a recipient, and openings of those.
/// kInvalidArgument for a name that is not in the bundle or no name at all.
base::Result<BundleContents> select_items(const BundleContents& contents,
                                          const std::vector<std::string>& names);

/// Whom the verifier trusts, beyond what the bundle brings along.
struct BundleTrust {
  /// Absent: the policy in the bundle is used, and the report says so.
  std::optional<std::string> policy;
  /// Of time stamp authorities. Without any, tokens are not checked.
  crypto::TrustStore time_stamp_authorities;
  /// Now, to the verifier: what an evidence record has to hold at, and whether the authorities of
  /// tokens have ended. Absent: that end is not looked at, and no record holds.
  std::optional<std::chrono::sys_seconds> at;
  /// An evidence record over all files of the bundle (package/bag_record.h), DER. Where it holds,
  /// nothing that was signed has to be sound after its first time.
  std::optional<std::string> record;
};

struct VerifyBundleOptions {
  /// Only the chunk tree of each item, which is faster; the linear digests are then reported as not
  /// checked.
  bool only_tree = false;
  BundleProgress progress;
};

/// Verifies all of it: the bag, each item against its record (damage is located to the chunk), the
/// record against the sealed set, the set against the log, the log against the policy, what is
/// opened against what was committed to, the tokens, that the descriptive files say the same, and
/// the evidence record where one is given. What is wrong stands in the report; an error means that
/// there is nothing to report on (kNotFound, kIo, kLimit).
base::Result<VerifyReport> verify_bundle(const std::filesystem::path& folder,
                                         const BundleTrust& trust,
                                         const VerifyBundleOptions& options = {});

}  // namespace rogatory::package
