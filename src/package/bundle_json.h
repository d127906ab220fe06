// SPDX-License-Identifier: EUPL-1.2
//
// custody/bundle.json and where the files of a bundle are. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "package/bag_text.h"
#include "package/evidence_bundle.h"

namespace rogatory::package {

inline constexpr std::string_view kBundleFile = "custody/bundle.json";
inline constexpr std::string_view kCheckpointFile = "custody/checkpoint";
inline constexpr std::string_view kPolicyFile = "custody/policy";
inline constexpr std::string_view kCaseFile = "custody/case.jsonld";
inline constexpr std::string_view kFormatFile = "custody/FORMAT.md";
inline constexpr std::string_view kVerifierFile = "custody/verify_bundle.py";

/// The label of the first line of bag-info.txt.
inline constexpr std::string_view kSoftwareAgent = "Bag-Software-Agent";

std::string leaf_file(std::uint64_t index);
std::string proof_file(std::uint64_t index);
std::string token_file(std::string_view name);
std::string chunks_file(std::uint64_t set_index);
std::string item_file(std::string_view name);

/// The bytes of bundle.json: canonical JSON, nothing after it.
std::string bundle_json(const BundleContents& contents);

/// What bag-info.txt of a bundle says of the case; control characters are blanks there.
BagInfo reference_info(const BundleContents& contents);
/// The lines of bag-info.txt after the first one, which is the `Bag-Software-Agent`.
std::string bundle_info_rest(const BundleContents& contents);

/// Reads them, strictly. Of leaves only index, openings and `about` are there; of tokens the name.
/// kParse and kSchema with the place, also for bytes that are not canonical; kLint for items or
/// leaves that are not in order, twice, or out of range; kLimit.
base::Result<BundleContents> parse_bundle_json(std::string_view bytes);

/// That the parts fit each other: names without twins, `about` naming items of the bundle, one
/// `seal` leaf with the head of the set, proofs that lead to one checkpoint and have the index of
/// their leaf. kLint; errors of reading a leaf.
base::Result<void> check_contents(const BundleContents& contents);

/// The head that a `seal` leaf states. kSchema when it states none, or more.
base::Result<SetHead> seal_head(const EventLeaf& leaf);

}  // namespace rogatory::package
