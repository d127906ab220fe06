// SPDX-License-Identifier: EUPL-1.2
// What the commands of `rogatory evidence` share: the vault, the case, who acts and why.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crypto/certificate.h"
#include "rogatory/context.h"
#include "vault/vault_folder.h"

namespace rogatory::app {

struct EvidenceOptions {
  std::string vault;
  std::string case_name;
  // Who acts.
  std::string officer;
  std::string role;
  std::string authority;
  std::string reason;
  // What comes in.
  std::vector<std::string> files;
  std::string name;
  std::string source;
  std::vector<std::string> received;
  std::vector<std::string> allowed;
  bool is_none_allowed = false;
  std::string return_by;
  std::string delete_by;
  std::string keep_until;
  std::string imposed_by;
  std::vector<std::string> parents;
  std::string tool;
  // What is done with it.
  std::vector<std::string> items;
  std::string set;
  std::string purpose;
  std::string consent;
  std::string holder;
  std::string recipient;
  std::string reference;
  std::string root;
  std::string note;
  std::string lift;
  std::string acquired_at;
  std::vector<std::string> age_recipients;
  std::string origin;
  std::string last_signed;
  std::string pin_file;
  std::vector<std::string> certificates;
  std::vector<std::string> revocation_lists;
  std::string token_module;
  std::string token_label;
  std::string out;
  std::string record;
  std::string at;
  std::int64_t due_after_days = 0;
  bool is_approval = false;
  bool is_recorded = false;
  bool is_use_told = false;
  bool is_content_read = false;
};

using EvidencePtr = std::shared_ptr<EvidenceOptions>;

/// A command that opens the vault, acts, and signs the log at its end: what an answer tells is in
/// the log by then.
using EvidenceBody =
    std::function<base::Result<void>(Context&, vault::VaultFolder&, const EvidenceOptions&)>;
void bind_evidence(CLI::App& command, Context& context, const EvidencePtr& options,
                   EvidenceBody body);

/// The vault that the options name, with the PIN of its token where it has one.
base::Result<std::unique_ptr<vault::VaultFolder>> open_vault(const EvidenceOptions& options);
/// The PIN of the file named; empty when none is.
base::Result<std::string> read_pin(const EvidenceOptions& options);

void add_vault(CLI::App& command, EvidenceOptions& options);
/// For commands that take a vault in another way.
void add_pin(CLI::App& command, EvidenceOptions& options);
void add_case(CLI::App& command, EvidenceOptions& options);
void add_act(CLI::App& command, EvidenceOptions& options);
void add_use(CLI::App& command, EvidenceOptions& options);

std::chrono::sys_seconds evidence_now();
vault::Act act_of(const EvidenceOptions& options);
vault::Use use_of(const EvidenceOptions& options);
base::Result<vault::CaseHistory> load_case(vault::VaultFolder& vault,
                                           const EvidenceOptions& options);

/// The time at which to judge, RFC 3339; now without one. kParse.
base::Result<std::chrono::sys_seconds> judged_at(const std::string& text);

/// The items named: each an id, or a name that one item of the case has.
base::Result<std::vector<vault::ItemId>> find_items(const vault::CaseHistory& history,
                                                    const std::vector<std::string>& names);
/// The set named, or the only one of the case.
base::Result<vault::SetId> find_sealed_set(const vault::CaseHistory& history,
                                           const std::string& name);

/// How keys are backed up so that an erasure reaches the backups (docs/formats/key-store.md).
inline constexpr const char* kAboutKeys =
    "Back up keys/*/vault.key and keys/log.key apart from the files of the cases beside them. "
    "After "
    "each erasure make both copies anew and destroy every older copy of vault.key: with an older "
    "copy of both, a case that was erased still opens.";

/// Registers what is shown of a case, and the commands about a case and the vault as a whole.
void add_ingest_command(CLI::App& group, Context& context, const EvidencePtr& options);
void add_custody_command(CLI::App& group, Context& context, const EvidencePtr& options);
void add_verify_command(CLI::App& group, Context& context, const EvidencePtr& options);
/// Registers what needs a bundle and no vault.
void add_record_command(CLI::App& group, Context& context);
/// Registers what others say of the log: cosignatures and time stamps.
void add_evidence_trust_commands(CLI::App& group, Context& context, const EvidencePtr& options);
void add_evidence_admin_commands(CLI::App& group, Context& context, const EvidencePtr& options);

}  // namespace rogatory::app
