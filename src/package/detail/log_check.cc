// SPDX-License-Identifier: EUPL-1.2

#include "package/detail/log_check.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/instant.h"
#include "crypto/bytes.h"
#include "crypto/hash_tree.h"
#include "crypto/timestamp.h"
#include "package/bundle_json.h"

namespace rogatory::package {
namespace {

class LogChecker final {
 public:
  LogChecker(const BundleContents& contents, const BundleTrust& trust,
             std::optional<std::chrono::sys_seconds> recorded_at, VerifyReport& report)
      : contents_(contents),
        trust_(trust),
        recorded_at_(recorded_at),
        report_(report),
        note_(contents.leaves.front().proof.checkpoint) {}

  void run() {
    const auto checkpoint = check_checkpoint();
    if (checkpoint) check_leaves(*checkpoint);
    check_openings();
    for (const BundleToken& token : contents_.tokens) check_token(token);
    if (contents_.tokens.empty()) {
      report_.not_checked.emplace_back("time stamps of authorities: there are none in the bundle");
    }
  }

 private:
  std::optional<tlog::VerifiedCheckpoint> check_checkpoint() {
    const std::string& text = trust_.policy ? *trust_.policy : contents_.policy;
    const std::string digest = crypto::sha256(text).hex();
    report_.is_self_asserted = !trust_.policy;
    report_.trust.push_back(
        trust_.policy ? "the policy given to this program (SHA-256 " + digest + ")"
                      : "the policy that came in the bundle (SHA-256 " + digest +
                            "): have it, or this number, from somebody else and give it here");
    if (trust_.policy && *trust_.policy != contents_.policy) {
      report_.warnings.emplace_back(
          "the policy in the bundle is not the one given; the one given counts");
    }
    const auto policy = tlog::Policy::parse(text);
    if (!policy) {
      report_.fail("policy", trust_.policy ? "" : std::string(kPolicyFile),
                   policy.error().to_string());
      return std::nullopt;
    }
    auto checkpoint = policy->check(note_);
    if (!checkpoint) {
      report_.fail("checkpoint", std::string(kCheckpointFile), checkpoint.error().message);
      return std::nullopt;
    }
    report_checkpoint(*checkpoint);
    return checkpoint.take();
  }

  void report_checkpoint(const tlog::VerifiedCheckpoint& found) {
    report_.checked.push_back(
        "the checkpoint of `" + found.checkpoint.origin + "` (" +
        std::to_string(found.checkpoint.head.size) +
        " leaves) is signed by the log and cosigned as the policy asks: " + found.quorum);
    for (const auto& witness : found.witnesses) {
      if (!witness.timestamp) continue;
      report_.times.push_back(
          {.what = "the checkpoint was seen, consistent with what was seen before",
           .at = time_text(std::chrono::sys_seconds(std::chrono::seconds(*witness.timestamp))),
           .source = "witness `" + witness.key_name + "`"});
    }
    for (const std::string& name : found.not_checked) {
      report_.not_checked.push_back("the cosignature of `" + name +
                                    "`: its suite is not available here");
    }
    report_.trust.emplace_back("the witnesses counted do not all lie together with the log");
    report_.trust.push_back(
        recorded_at_
            ? "SHA-256 and the signatures of the checkpoint were not broken before " +
                  time_text(*recorded_at_) + ": by the evidence record all of it existed then"
            : "SHA-256 and the signatures of the checkpoint are not broken");
  }

  void check_leaves(const tlog::VerifiedCheckpoint& found) {
    const auto& head = found.checkpoint.head;
    std::size_t good = 0;
    for (const BundleLeaf& leaf : contents_.leaves) {
      const auto hash = crypto::leaf_hash(crypto::as_bytes(leaf.bytes));
      const auto proved =
          tlog::verify_inclusion(hash, leaf.proof.index, head.size, head.root, leaf.proof.path);
      if (proved) {
        ++good;
      } else {
        report_.fail("proof", leaf_file(leaf.proof.index), proved.error().message);
      }
    }
    report_.checked.push_back(std::to_string(good) + " of " +
                              std::to_string(contents_.leaves.size()) +
                              " leaves are in the log under that checkpoint");
  }

  void check_openings() {
    std::size_t opened = 0;
    std::size_t closed = 0;
    for (const BundleLeaf& leaf : contents_.leaves) {
      const auto event = EventLeaf::parse(leaf.bytes);
      if (!event) continue;
      for (const Opening& opening : leaf.openings) {
        const auto checked = check_opening(*event, opening);
        if (!checked) report_.fail("opening", leaf_file(leaf.proof.index), checked.error().message);
        opened += checked ? 1 : 0;
      }
      closed += event->closed.size() - std::min(event->closed.size(), leaf.openings.size());
      report_.times.push_back(
          {.what = "leaf " + std::to_string(leaf.proof.index) + ": " + event->kind,
           .at = event->at,
           .source = "the clock of the node that logged it, by its own word"});
    }
    report_.checked.push_back(std::to_string(opened) +
                              " members of leaves that are opened are what was committed to");
    if (closed > 0) {
      report_.not_checked.push_back(std::to_string(closed) +
                                    " members of leaves that are not opened to the reader");
    }
  }

  void check_token(const BundleToken& token) {
    const std::string where = token_file(token.name);
    if (trust_.time_stamp_authorities.anchors().empty()) {
      report_.not_checked.push_back("`" + where +
                                    "`: no certificate of a time stamp authority was given");
      return;
    }
    const auto known = crypto::KnownDigests::of(note_.to_text());
    const auto found = crypto::verify_timestamp(
        crypto::as_bytes(token.der), {.content = known, .trust = trust_.time_stamp_authorities});
    if (!found.holds() || !found.gen_time) {
      return report_.fail("time_stamp", where, crypto::to_string(found.findings));
    }
    const std::string who = found.authority ? found.authority->subject() : "an authority";
    report_.checked.push_back("`" + where + "` is a time stamp of the checkpoint by `" + who + "`");
    report_.not_checked.push_back("whether the certificate of `" + who + "` was revoked");
    report_.times.push_back({.what = "the checkpoint existed",
                             .at = time_text(*found.gen_time),
                             .source = "time stamp authority `" + who + "`"});
    recorded_at_ ? check_recorded(token, *found.gen_time) : check_end(token);
  }

  /// Judged once more at another time. Nothing when it is good then, or else why not.
  std::optional<std::string> fault_at(const BundleToken& token, std::chrono::sys_seconds at) const {
    const auto known = crypto::KnownDigests::of(note_.to_text());
    const auto found = crypto::verify_timestamp(
        crypto::as_bytes(token.der),
        {.content = known, .trust = trust_.time_stamp_authorities, .at = at});
    if (found.holds()) return std::nullopt;
    return crypto::to_string(found.findings);
  }

  void check_recorded(const BundleToken& token, std::chrono::sys_seconds stamped_at) {
    const std::string where = '`' + token_file(token.name) + '`';
    const std::string since = time_text(*recorded_at_);
    if (stamped_at > *recorded_at_) {
      report_.warnings.push_back(where + " has a later time than " + since +
                                 ", when by the evidence record it existed: one of the two "
                                 "authorities errs");
    } else if (const auto fault = fault_at(token, *recorded_at_)) {
      report_.warnings.push_back(
          where + " was not good any more when the evidence record began, at " + since + ": " +
          *fault + "; that it was made before and not forged in between, nothing here shows");
    } else {
      report_.checked.push_back(where + " was still good at " + since +
                                ", when by the evidence record it existed: what became of its "
                                "authority after that does not matter");
    }
  }

  /// Nothing in the bundle shows that the token is as old as it says; its key does, as long as
  /// somebody answers for it.
  void check_end(const BundleToken& token) {
    if (!trust_.at) return;
    const auto fault = fault_at(token, *trust_.at);
    if (!fault) return;
    report_.warnings.push_back(
        '`' + token_file(token.name) + "` was good at its own time and is not at " +
        time_text(*trust_.at) + ": " + *fault +
        "; whoever has had the authority's key since its end could have made this time stamp with "
        "an earlier time, and without an evidence record from before that end nothing here "
        "excludes "
        "it");
  }

  const BundleContents& contents_;
  const BundleTrust& trust_;
  std::optional<std::chrono::sys_seconds> recorded_at_;
  VerifyReport& report_;
  const tlog::Note& note_;
};

/// What of the record an ingest states, as its members are named.
std::map<std::string, base::Json> ingest_members(const ItemRecord& record) {
  return {{"size_bytes", static_cast<std::int64_t>(record.size_bytes)},
          {"sha256", base::Json(record.sha256.hex())},
          {"sha512", base::Json(record.sha512.hex())},
          {"tree_root", base::Json(record.tree_root.hex())}};
}

/// The text of a member that is opened as it was committed to.
std::optional<std::string> opened_text(const EventLeaf& event, const BundleLeaf& leaf,
                                       std::string_view member) {
  for (const Opening& opening : leaf.openings) {
    const auto* const text = opening.value.if_string();
    if (opening.member != member || text == nullptr || !check_opening(event, opening)) continue;
    return std::string(*text);
  }
  return std::nullopt;
}

/// Whether the name at ingest, where it is opened, is that of the record. Names that two items
/// share, or that no file can have, give way to the id of the item when they are sealed.
bool has_name_of(const ItemRecord& record, const EventLeaf& event, const BundleLeaf& leaf,
                 VerifyReport& report) {
  const auto name = opened_text(event, leaf, "name");
  if (!name || *name == record.name) return true;
  if (opened_text(event, leaf, "item") == record.name) {
    report.warnings.push_back("`" + record.name + "` had the name `" + *name + "` at its " +
                              event.kind);
    return true;
  }
  report.fail("ingest", leaf_file(leaf.proof.index),
              "`name` of `" + record.name + "` was `" + *name + "` at " + event.kind);
  return false;
}

}  // namespace

namespace {

/// Whether this leaf tells how the item came in: its ingest, or the derivation that names it after
/// what it was made from.
bool may_be_origin(const BundleLeaf& leaf, const EventLeaf& event, std::uint64_t set_index) {
  if (event.kind == "ingest") return leaf.about == std::vector{set_index};
  return event.kind == "derive" &&
         std::find(leaf.about.begin(), leaf.about.end(), set_index) != leaf.about.end();
}

/// A derivation is of the item whose digest it states; the others it is about are its parents.
bool is_of_another(const BundleLeaf& leaf, const EventLeaf& event, const ItemRecord& record) {
  if (event.kind != "derive" || leaf.about.size() < 2) return false;
  const auto stated = opened_text(event, leaf, "tree_root");
  return !stated || *stated != record.tree_root.hex();
}

/// The id of an item, as the leaf by which it came in has it; nothing where that is not opened.
std::optional<std::string> id_of(const BundleContents& contents, const BundleItem& item) {
  for (const BundleLeaf& leaf : contents.leaves) {
    const auto event = EventLeaf::parse(leaf.bytes);
    if (!event || !may_be_origin(leaf, *event, item.set_index)) continue;
    if (!is_of_another(leaf, *event, item.sealed.record)) return opened_text(*event, leaf, "item");
  }
  return std::nullopt;
}

/// What a leaf is said to be about is the sender's word; the id in it was logged. An id that is
/// none of theirs is a fault, as far as their ids are known.
void check_about(const BundleContents& contents, VerifyReport& report) {
  std::map<std::uint64_t, std::optional<std::string>> ids;
  for (const BundleItem& item : contents.items) ids[item.set_index] = id_of(contents, item);
  for (const BundleLeaf& leaf : contents.leaves) {
    const auto event = EventLeaf::parse(leaf.bytes);
    const auto logged = event ? opened_text(*event, leaf, "item") : std::nullopt;
    if (!logged || leaf.about.empty()) continue;
    const bool is_other =
        std::all_of(leaf.about.begin(), leaf.about.end(), [&](std::uint64_t index) {
          const auto id = ids.find(index);
          return id != ids.end() && id->second && *id->second != *logged;
        });
    if (!is_other) continue;
    report.fail("about", leaf_file(leaf.proof.index),
                "`item` is not the id of an item that this is said to be about");
  }
}

}  // namespace

void check_log(const BundleContents& contents, const BundleTrust& trust,
               std::optional<std::chrono::sys_seconds> recorded_at, VerifyReport& report) {
  LogChecker(contents, trust, recorded_at, report).run();
  check_about(contents, report);
}

std::optional<Origin> find_origin(const BundleContents& contents, const BundleItem& item,
                                  VerifyReport& report) {
  const std::string& name = item.sealed.record.name;
  for (const BundleLeaf& leaf : contents.leaves) {
    const auto event = EventLeaf::parse(leaf.bytes);
    if (!event || !may_be_origin(leaf, *event, item.set_index)) continue;
    if (is_of_another(leaf, *event, item.sealed.record)) continue;
    if (!has_name_of(item.sealed.record, *event, leaf, report)) return std::nullopt;
    auto wanted = ingest_members(item.sealed.record);
    for (const Opening& opening : leaf.openings) {
      const auto member = wanted.find(opening.member);
      if (member == wanted.end() || !check_opening(*event, opening)) continue;
      if (base::canonical_json(member->second) != base::canonical_json(opening.value)) {
        report.fail("ingest", leaf_file(leaf.proof.index),
                    "`" + opening.member + "` of `" + name + "` was another at " + event->kind);
        return std::nullopt;
      }
      wanted.erase(member);
    }
    if (wanted.empty()) return event->kind == "ingest" ? Origin::kIngest : Origin::kDerivation;
    report.not_checked.push_back("`" + name + "` since its " + event->kind +
                                 ": the leaf is not opened that far; since its seal it is checked");
    return std::nullopt;
  }
  report.not_checked.push_back("`" + name +
                               "` since its ingest: the bundle has no leaf of it; "
                               "since its seal it is checked");
  return std::nullopt;
}

std::string time_text(std::chrono::sys_seconds at) {
  const auto instant = base::Instant::make(at, std::chrono::seconds(0));
  return instant ? instant->to_string() : "a time outside of years 1 to 9999";
}

}  // namespace rogatory::package
