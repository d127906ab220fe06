// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/evidence_input.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/file.h"
#include "base/instant.h"
#include "rogatory/log_input.h"

namespace rogatory::app {

using base::Result;

std::chrono::sys_seconds evidence_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Result<std::string> read_pin(const EvidenceOptions& options) {
  const char* const of_variable = std::getenv("ROGATORY_PIN_FILE");
  std::string path = options.pin_file;
  if (path.empty() && of_variable != nullptr) path = of_variable;
  if (path.empty()) return std::string();
  constexpr std::size_t kMaxPinBytes = 1024;
  ROG_TRY(const std::string text, base::read_file(path, kMaxPinBytes));
  return text.substr(0, text.find_first_of("\r\n"));
}

Result<std::unique_ptr<vault::VaultFolder>> open_vault(const EvidenceOptions& options) {
  ROG_TRY(const std::string pin, read_pin(options));
  return vault::VaultFolder::open(options.vault, pin);
}

void bind_evidence(CLI::App& command, Context& context, const EvidencePtr& options,
                   EvidenceBody body) {
  bind(command, context, [options, body = std::move(body)](Context& c) -> Result<void> {
    ROG_TRY(const std::unique_ptr<vault::VaultFolder> vault, open_vault(*options));
    return body(c, *vault, *options);
  });
}

void add_vault(CLI::App& command, EvidenceOptions& options) {
  command.add_option("VAULT", options.vault, "folder of the vault")->required()->type_name("DIR");
  add_pin(command, options);
}

void add_pin(CLI::App& command, EvidenceOptions& options) {
  command
      .add_option("--pin-file", options.pin_file,
                  "where a token has the keys: the file whose first line is its PIN; the "
                  "variable ROGATORY_PIN_FILE without it")
      ->type_name("FILE");
}

void add_case(CLI::App& command, EvidenceOptions& options) {
  command.add_option("--case", options.case_name, "name of the case")
      ->required()
      ->type_name("NAME");
}

void add_act(CLI::App& command, EvidenceOptions& options) {
  command.add_option("--officer", options.officer, "who acts; others see the role alone")
      ->required()
      ->type_name("NAME");
  command.add_option("--role", options.role, "in which role, such as `evidence custodian`")
      ->required()
      ->type_name("TEXT");
  command.add_option("--authority", options.authority, "under which order, warrant or request")
      ->required()
      ->type_name("TEXT");
  command.add_option("--reason", options.reason, "why")->required()->type_name("TEXT");
}

void add_use(CLI::App& command, EvidenceOptions& options) {
  command
      .add_option("--purpose", options.purpose,
                  "what it is used for; held against the conditions of each item")
      ->required()
      ->type_name("TEXT");
  command
      .add_option("--consent", options.consent,
                  "the document by which the providing side consents to another use")
      ->type_name("TEXT");
}

Result<std::chrono::sys_seconds> judged_at(const std::string& text) {
  if (text.empty()) return evidence_now();
  ROG_TRY(const base::Instant at, base::Instant::parse(text));
  return at.utc();
}

vault::Act act_of(const EvidenceOptions& options) {
  return {.officer = options.officer,
          .role = options.role,
          .authority = options.authority,
          .reason = options.reason,
          .at = evidence_now()};
}

vault::Use use_of(const EvidenceOptions& options) {
  return {.purpose = options.purpose, .consent = options.consent};
}

Result<vault::CaseHistory> load_case(vault::VaultFolder& vault, const EvidenceOptions& options) {
  ROG_TRY(const vault::CaseId id, vault.vault().find_case(options.case_name));
  return vault.vault().load(id);
}

namespace {

Result<vault::ItemId> find_item(const vault::CaseHistory& history, const std::string& name) {
  vault::ItemId id(name);
  if (history.state.items.contains(id)) return id;
  std::vector<vault::ItemId> found;
  for (const auto& [item, known] : history.state.items) {
    if (known.content.name == name) found.push_back(item);
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) return not_found(fmt::format("the case has no item `{}`", name));
  return usage_error(
      fmt::format("the case has {} items named `{}`; give the id, which `evidence "
                  "custody` shows",
                  found.size(), name));
}

}  // namespace

Result<std::vector<vault::ItemId>> find_items(const vault::CaseHistory& history,
                                              const std::vector<std::string>& names) {
  std::vector<vault::ItemId> items;
  for (const std::string& name : names) {
    ROG_TRY(vault::ItemId item, find_item(history, name));
    items.push_back(std::move(item));
  }
  return items;
}

Result<vault::SetId> find_sealed_set(const vault::CaseHistory& history, const std::string& name) {
  const auto& sets = history.state.sets;
  if (!name.empty()) return vault::SetId(name);
  if (sets.size() == 1) return sets.begin()->first;
  if (sets.empty()) return not_found("nothing of the case is sealed; run `evidence seal` first");
  return usage_error(fmt::format("the case has {} sealed sets; say which with --set", sets.size()));
}

}  // namespace rogatory::app
