// SPDX-License-Identifier: EUPL-1.2
#include "vault/disclosure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <ranges>

#include "vault/detail/inside.h"

namespace rogatory::vault {
namespace {

using base::ErrorCode;
using base::Result;
using detail::failure;

/// Of events about items, what stays closed: who acted, and what speaks of other items or blinds
/// them.
constexpr std::array<std::string_view, 5> kNeverOpened = {"officer", "items", "salts", "names",
                                                          "parents"};

/// Of an item that was opened in the house, what is told unasked: for what and why may speak of
/// other cases and other people.
constexpr std::array<std::string_view, 2> kToldOfOpening = {"item", "role"};

/// Whether a member may be opened to those who may see the event. The reason of a mismatch is that
/// of the act in which it was found, which may have been for somebody else.
bool is_opened(const Fact& fact, const std::string& member, bool is_use_told) {
  if (member == "reason" && std::holds_alternative<Mismatch>(fact)) return false;
  if (!is_use_told && std::holds_alternative<Open>(fact)) {
    return std::find(kToldOfOpening.begin(), kToldOfOpening.end(), member) != kToldOfOpening.end();
  }
  return std::find(kNeverOpened.begin(), kNeverOpened.end(), member) == kNeverOpened.end();
}

/// Hands pieces of content on.
class PieceSink final : public crypto::ByteSink {
 public:
  explicit PieceSink(const package::ByteSink& sink) : sink_(sink) {}
  Result<void> write(crypto::ByteView bytes) override { return sink_(bytes); }

 private:
  const package::ByteSink& sink_;
};

/// The items an event is about; nothing when it is about the set or the case.
std::vector<ItemId> items_about(const Fact& fact) {
  if (const auto* one = std::get_if<Ingest>(&fact)) return {one->item};
  if (const auto* one = std::get_if<AcquisitionReport>(&fact)) return {one->item};
  if (const auto* one = std::get_if<Open>(&fact)) return {one->item};
  if (const auto* one = std::get_if<Copy>(&fact)) return {one->item};
  if (const auto* one = std::get_if<Mismatch>(&fact)) return {one->item};
  if (const auto* one = std::get_if<Derive>(&fact)) {
    std::vector<ItemId> items = one->parents;
    items.push_back(one->item);
    return items;
  }
  if (const auto* one = std::get_if<Disclose>(&fact)) return one->items;
  return {};
}

/// The place in the set of each item that goes out.
using Places = std::map<ItemId, std::uint64_t>;

/// Whether the reader may see an event: that of the seal, and those about nothing but their items.
bool is_for_reader(const Fact& fact, const SetId& set, const Places& places) {
  if (const auto* seal = std::get_if<Seal>(&fact)) return seal->set == set;
  const std::vector<ItemId> items = items_about(fact);
  return !items.empty() && std::all_of(items.begin(), items.end(),
                                       [&](const ItemId& item) { return places.contains(item); });
}

/// What the recipient may see of an event that is for readers; nothing when it tells of another.
Result<std::optional<package::BundleLeaf>> leaf_of(Vault& vault, const RecordedEvent& event,
                                                   const Places& places,
                                                   const DisclosureRequest& request) {
  if (!event.leaf_index) {
    return failure(ErrorCode::kConflict, "an event is not in the log yet; publish it first");
  }
  package::BundleLeaf leaf{.bytes = event.leaf, .proof = {}, .openings = {}, .about = {}};
  ROG_TRY(leaf.proof, vault.log().prove(*event.leaf_index));
  for (const package::Opening& opening : event.openings) {
    if (is_opened(event.event->fact, opening.member, request.is_use_told)) {
      leaf.openings.push_back(opening);
    }
  }
  for (const ItemId& item : items_about(event.event->fact)) leaf.about.push_back(places.at(item));
  std::sort(leaf.about.begin(), leaf.about.end());
  return package::leaf_for(std::move(leaf), request.recipient);
}

base::Error no_place(const std::filesystem::path& folder, ErrorCode code, std::string message) {
  return {.code = code,
          .message = std::move(message),
          .context = {},
          .place = {.file = folder.string()}};
}

/// Whether the bundle can be made there, tried out beside it: once its event is written it is to go
/// out.
Result<void> check_place(const std::filesystem::path& folder) {
  std::error_code failed;
  if (std::filesystem::symlink_status(folder, failed).type() !=
      std::filesystem::file_type::not_found) {
    return no_place(folder, ErrorCode::kConflict, "the folder is there already");
  }
  std::filesystem::path beside = folder;
  beside += ".trial-" + random_id();
  const bool is_made = std::filesystem::create_directory(beside, failed);
  if (is_made) std::filesystem::remove(beside, failed);
  if (is_made && !failed) return {};
  return no_place(folder, ErrorCode::kIo, "the bundle cannot be made there: " + failed.message());
}

Result<const SealedSet*> find_set(const CaseHistory& history, const SetId& id) {
  const auto found = history.state.sets.find(id);
  if (found != history.state.sets.end()) return &found->second;
  return failure(ErrorCode::kNotFound, fmt::format("the case has no sealed set `{}`", id.str()));
}

}  // namespace

Result<std::vector<package::SealedItem>> sealed_items(const CaseState& state,
                                                      const SealedSet& set) {
  std::vector<package::SealedItem> items;
  for (std::size_t i = 0; i < set.items.size(); ++i) {
    const auto item = state.items.find(set.items[i]);
    if (item == state.items.end()) return failure(ErrorCode::kNotFound, "an item is not known");
    const Content& content = item->second.content;
    package::SealedItem sealed;
    sealed.record.name = set.names[i];
    sealed.record.size_bytes = content.size_bytes;
    ROG_TRY(sealed.record.sha256, crypto::Sha256Digest::parse_hex(content.sha256));
    ROG_TRY(sealed.record.sha512, crypto::Sha512Digest::parse_hex(content.sha512));
    ROG_TRY(sealed.record.tree_root, crypto::Sha256Digest::parse_hex(content.tree_root));
    ROG_TRY(sealed.salt, package::parse_salt(set.salts[i]));
    items.push_back(std::move(sealed));
  }
  return items;
}

Result<package::BundleContents> bundle_contents(Vault& vault, const CaseHistory& history,
                                                const DisclosureRequest& request) {
  ROG_TRY(const SealedSet* const set, find_set(history, request.set));
  ROG_TRY(const std::vector<package::SealedItem> sealed, sealed_items(history.state, *set));
  const package::SetTree tree(sealed);
  package::BundleContents contents{.case_reference = request.case_reference,
                                   .set = tree.head(),
                                   .items = {},
                                   .leaves = {},
                                   .policy = request.policy,
                                   .tokens = {}};
  const std::vector<ItemId>& wanted = request.items.empty() ? set->items : request.items;
  Places places;
  for (std::uint64_t index = 0; index < set->items.size(); ++index) {
    const ItemId& item = set->items[index];
    if (std::find(wanted.begin(), wanted.end(), item) == wanted.end()) continue;
    places.emplace(item, index);
    package::BundleItem one{
        .sealed = sealed[index], .set_index = index, .set_path = {}, .exhibit = {}};
    ROG_TRY(one.set_path, tree.path(index));
    contents.items.push_back(std::move(one));
  }
  for (const RecordedEvent& event : history.events) {
    if (!event.event || !is_for_reader(event.event->fact, request.set, places)) continue;
    ROG_TRY(std::optional<package::BundleLeaf> leaf, leaf_of(vault, event, places, request));
    if (leaf) contents.leaves.push_back(std::move(*leaf));
  }
  return contents;
}

namespace {

/// The items of the last disclosure of the set to the recipient.
Result<std::vector<ItemId>> recorded_items(const CaseHistory& history,
                                           const DisclosureRequest& request) {
  for (const auto& event : std::views::reverse(history.events)) {
    if (!event.event) continue;
    const auto* const told = std::get_if<Disclose>(&event.event->fact);
    const bool is_it =
        told != nullptr && told->set == request.set && told->recipient == request.recipient;
    if (!is_it) continue;
    if (!event.leaf_index) break;
    return told->items;
  }
  return failure(
      ErrorCode::kNotFound,
      fmt::format("no disclosure of this set to `{}` is recorded and logged", request.recipient));
}

Result<void> record_disclosure(Vault& vault, const CaseId& id, const DisclosureRequest& request,
                               const Act& act) {
  ROG_CHECKED(vault.record(id,
                           Disclose{.set = request.set,
                                    .items = request.items,
                                    .recipient = request.recipient,
                                    .use = request.use},
                           act));
  return request.publish();
}

/// A bundle that its own policy refuses is worth nothing to anybody.
Result<std::string> accepted_checkpoint(Vault& vault, const std::string& policy_text) {
  ROG_TRY(const tlog::Policy policy, tlog::Policy::parse(policy_text));
  ROG_TRY(std::string text, vault.log().checkpoint());
  ROG_TRY(const tlog::Note note, tlog::Note::parse(text));
  const auto accepted = policy.check(note);
  if (accepted.ok()) return text;
  return failure(ErrorCode::kConflict,
                 "the disclosure is recorded; its bundle waits until the policy accepts the "
                 "checkpoint (" +
                     accepted.error().message +
                     "): have witnesses cosign it (`evidence checkpoint`), then disclose with "
                     "--recorded");
}

}  // namespace

Result<void> disclose(Vault& vault, const CaseId& id, const DisclosureRequest& asked,
                      const Act& act) {
  DisclosureRequest request = asked;
  ROG_TRY(const CaseHistory before, vault.load(id));
  ROG_TRY(const SealedSet* const set, find_set(before, request.set));
  ROG_CHECKED(check_place(request.folder));
  if (request.is_recorded) {
    ROG_TRY(request.items, recorded_items(before, request));
  } else {
    if (request.items.empty()) request.items = set->items;
    ROG_CHECKED(record_disclosure(vault, id, request, act));
  }
  ROG_TRY(const std::string checkpoint, accepted_checkpoint(vault, request.policy));
  ROG_TRY(const CaseHistory history, vault.load(id));
  ROG_TRY(package::BundleContents contents, bundle_contents(vault, history, request));
  if (request.tokens) {
    ROG_TRY(contents.tokens, request.tokens(checkpoint));
  }

  std::map<std::string, ItemId> by_name;
  for (std::size_t i = 0; i < set->items.size(); ++i) by_name[set->names[i]] = set->items[i];
  const package::ItemSource source =
      [&](const package::ItemRecord& record) -> Result<package::ContentSource> {
    return package::ContentSource(
        [&vault, &id, item = by_name.at(record.name)](const package::ByteSink& sink) {
          PieceSink pieces(sink);
          return vault.read(id, item, pieces);
        });
  };
  return package::write_bundle(request.folder, contents, source, request.progress);
}

}  // namespace rogatory::vault
