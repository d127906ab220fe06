// SPDX-License-Identifier: EUPL-1.2
//
// From the vault to an evidence bundle: items of a sealed set with their proofs, and nothing of the
// others.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "package/evidence_bundle.h"
#include "vault/vault.h"

namespace rogatory::vault {

/// What is to be disclosed, to whom and why.
struct DisclosureRequest {
  SetId set;
  /// All items of the set when none is named.
  std::vector<ItemId> items;
  std::string recipient;
  Use use;
  /// What the receiver knows the case by; may be empty.
  std::string case_reference;
  /// The policy that goes into the bundle.
  std::string policy;
  /// Where the bundle is to be.
  std::filesystem::path folder;
  /// Integrates and signs the log, so that the disclosure itself is proved too.
  std::function<base::Result<void>()> publish;
  package::BundleProgress progress;
  /// The last disclosure of the set to the recipient that is recorded already, with its items: no
  /// new event. For a bundle whose checkpoint had to be cosigned or stamped first, or that could
  /// not be written then.
  bool is_recorded = false;
  /// Also tells for which purpose, why and under which authority the items were opened in the
  /// house, in words that may speak of other cases and other people.
  bool is_use_told = false;
  /// The time stamps over a checkpoint; may be empty.
  std::function<base::Result<std::vector<package::BundleToken>>(std::string_view checkpoint)>
      tokens;
};

/// Asks for the place of the bundle (kConflict when `folder` is there, kIo), writes the event, then
/// the bundle. What is opened: of the seal role and authority; of events about the items disclosed
/// also the reason and what happened to them, but where one was opened in the house only the role
/// and its id, unless `is_use_told`; never the officer, another item, a salt of one, or what went
/// to another recipient (package::leaf_for). Refusals of decide(); kLint when an item is damaged;
/// kConflict, the event being recorded, when the policy does not accept the checkpoint yet; errors
/// of write_bundle().
base::Result<void> disclose(Vault& vault, const CaseId& id, const DisclosureRequest& asked,
                            const Act& act);

/// The contents of such a bundle; the events must be under a checkpoint.
base::Result<package::BundleContents> bundle_contents(Vault& vault, const CaseHistory& history,
                                                      const DisclosureRequest& request);

/// The items of a set as they were sealed. kNotFound when the case lacks one.
base::Result<std::vector<package::SealedItem>> sealed_items(const CaseState& state,
                                                            const SealedSet& set);

}  // namespace rogatory::vault
