// SPDX-License-Identifier: EUPL-1.2

#include <algorithm>
#include <map>
#include <set>

#include "crypto/bytes.h"
#include "package/bag.h"
#include "package/bag_record.h"
#include "package/bundle_json.h"
#include "package/case_graph.h"
#include "package/detail/embedded_files.h"
#include "package/detail/item_check.h"
#include "package/detail/log_check.h"
#include "package/evidence_bundle.h"
#include "package/member_name.h"

namespace rogatory::package {
namespace {

constexpr std::size_t kMaxManifestBytes = std::size_t{64} << 20;

class Verifier final {
 public:
  Verifier(const std::filesystem::path& folder, const BundleTrust& trust,
           const VerifyBundleOptions& options)
      : folder_(folder),
        trust_(trust),
        options_(options),
        record_(read_record()),
        digester_(folder, record_ ? record_->digests_needed() : no_digests()) {}

  base::Result<VerifyReport> run() {
    report_.subject = "evidence bundle";
    read_contents();
    ROG_TRY(const BagReport bag, check_files());
    check_evidence_record(bag);
    if (contents_) check_contents_and_log();
    report_.not_checked.emplace_back(
        "what happened before ingest: how the items were acquired, and whether they were whole "
        "then");
    report_.not_checked.emplace_back("what the items mean, and whether they may be used");
    report_.not_checked.emplace_back(
        "which items an event is about where that is not opened, and whether the log has further "
        "events about these items");
    return std::move(report_);
  }

 private:
  static std::vector<crypto::DigestAlgorithm> no_digests() { return {}; }

  std::optional<crypto::EvidenceRecord> read_record() {
    if (!trust_.record) return std::nullopt;
    auto record = crypto::EvidenceRecord::parse(crypto::as_bytes(*trust_.record));
    if (record) return record.take();
    report_.fail("record", "", record.error().to_string());
    return std::nullopt;
  }

  void check_evidence_record(const BagReport& bag) {
    if (!record_) return;
    const auto contents = digester_.finish(bag.files);
    if (!contents) return report_.fail("record", "", contents.error().to_string());
    recorded_at_ = check_record(*record_, *contents,
                                {.authorities = trust_.time_stamp_authorities,
                                 .at = trust_.at.value_or(std::chrono::sys_seconds{})},
                                report_);
  }

  void read_contents() {
    auto contents = read_bundle(folder_);
    if (!contents) {
      base::Error error = contents.take_error();
      std::string where = std::exchange(error.place.file, {});
      return report_.fail("malformed", std::move(where), error.to_string());
    }
    contents_ = contents.take();
    for (const BundleItem& item : contents_->items) {
      by_path_[item_file(item.sealed.record.name)] = &item;
      total_ += item.sealed.record.size_bytes;
    }
  }

  base::Result<BagReport> check_files() {
    const BagOptions options{
        .compare_payload = !options_.only_tree,
        .digest = [this](const std::string& path, const std::vector<crypto::DigestName>& names) {
          return digest(path, names);
        }};
    ROG_TRY(BagReport bag, check_bag(folder_, options));
    for (const BagProblem& problem : bag.problems) {
      report_.fail(std::string(bag_problem_name(problem.kind)), problem.path, problem.text);
    }
    report_.checked.push_back("the bag (BagIt " + bag.declaration.version() +
                              "): " + std::to_string(bag.payload_files) +
                              " files of the payload, " + std::to_string(bag.payload_bytes) +
                              " bytes, and " + std::to_string(bag.tag_files) + " files beside it");
    contents_ ? check_layout(bag) : check_listed(bag);
    return bag;
  }

  base::Result<DigestedContent> digest(const std::string& path,
                                       const std::vector<crypto::DigestName>& names) {
    const auto item = by_path_.find(path);
    if (item != by_path_.end()) {
      ROG_TRY(DigestedContent content, digest_item(*item->second));
      digester_.note(path, content.digests);
      return content;
    }
    ROG_TRY(DigestedContent content, digester_.digest(path, names));
    files_[path] = content;
    return content;
  }

  base::Result<DigestedContent> digest_item(const BundleItem& item) {
    const ItemRecord& record = item.sealed.record;
    ROG_TRY(const ItemCheck check,
            check_item(folder_, item, options_.only_tree, [this](std::size_t bytes) {
              done_ += bytes;
              if (options_.progress) options_.progress(done_, total_);
            }));
    seen_.insert(record.name);
    compare_item(item, check);
    DigestedContent content{.size_bytes = check.found.size_bytes};
    if (options_.only_tree) return content;
    content.digests = {{crypto::DigestName::kSha256, check.found.sha256.hex()},
                       {crypto::DigestName::kSha512, check.found.sha512.hex()}};
    return content;
  }

  void compare_item(const BundleItem& item, const ItemCheck& check) {
    const ItemRecord& record = item.sealed.record;
    const std::size_t before = report_.problems.size();
    compare_content(item, check);
    if (report_.problems.size() > before) altered_.insert(record.name);
  }

  void compare_content(const BundleItem& item, const ItemCheck& check) {
    const ItemRecord& record = item.sealed.record;
    const std::string path = item_file(record.name);
    if (check.found.size_bytes != record.size_bytes) {
      report_.fail("altered", path,
                   "it has " + std::to_string(check.found.size_bytes) + " bytes, sealed were " +
                       std::to_string(record.size_bytes));
    }
    const bool is_linear_same = options_.only_tree || (check.found.sha256 == record.sha256 &&
                                                       check.found.sha512 == record.sha512);
    if (!is_linear_same || check.found.tree_root != record.tree_root) {
      report_.fail("altered", path, "its digests are not those that were sealed");
    }
    if (!check.is_located) {
      report_.fail("altered", chunks_file(item.set_index), "these are not the leaves of that item");
      return;
    }
    for (const ChunkRange& range : check.damaged) {
      report_.fail("altered", path, range_text(range));
    }
  }

  /// The files that belong in a bundle with these contents, manifests left out.
  std::set<std::string> expected_tags() const {
    std::set<std::string> paths = {"bagit.txt",
                                   "bag-info.txt",
                                   std::string(kBundleFile),
                                   std::string(kCheckpointFile),
                                   std::string(kPolicyFile),
                                   std::string(kCaseFile),
                                   std::string(kFormatFile),
                                   std::string(kVerifierFile)};
    for (const BundleItem& item : contents_->items) paths.insert(chunks_file(item.set_index));
    for (const BundleToken& token : contents_->tokens) paths.insert(token_file(token.name));
    for (const BundleLeaf& leaf : contents_->leaves) {
      paths.insert(leaf_file(leaf.proof.index));
      paths.insert(proof_file(leaf.proof.index));
    }
    return paths;
  }

  /// Without knowing what belongs there, what no manifest lists does not.
  void check_listed(const BagReport& bag) {
    for (const std::string& path : bag.files) {
      const bool is_payload = path.starts_with("data/");
      if (!is_payload && !files_.contains(path) && !path.starts_with("tagmanifest-sha")) {
        report_.fail("unlisted", path, "no manifest lists this file");
      }
    }
  }

  void check_layout(const BagReport& bag) {
    std::set<std::string> expected = expected_tags();
    expected.insert({"manifest-sha256.txt", "manifest-sha512.txt"});
    for (const std::string& path : expected) {
      if (!files_.contains(path)) report_.fail("missing", path, "a bundle has this file, listed");
    }
    expected.insert({"tagmanifest-sha256.txt", "tagmanifest-sha512.txt"});
    for (const std::string& path : bag.files) {
      if (!expected.contains(path) && !by_path_.contains(path)) {
        report_.fail("unlisted", path, "this file does not belong in the bundle");
      }
    }
    for (const auto& [path, item] : by_path_) {
      if (!seen_.contains(item->sealed.record.name)) {
        report_.fail("missing", path, "no manifest lists this item");
      }
    }
    check_file_text("bagit.txt", kBagDeclaration, "altered", "not the declaration of a bundle");
    check_info();
    check_manifests();
  }

  /// One form, as of the manifests; only the program that wrote the bundle is free to name itself.
  void check_info() {
    const std::string path = "bag-info.txt";
    const auto text = read_all(source_of(folder_, path), kMaxManifestBytes);
    if (!text) return report_.fail("missing", path, text.error().message);
    const std::string_view agent = std::string_view(*text).substr(0, text->find('\n'));
    const bool is_line = agent.starts_with(std::string(kSoftwareAgent) + ": ") &&
                         std::none_of(agent.begin(), agent.end(), is_control);
    if (!is_line || text->substr(agent.size()) != '\n' + bundle_info_rest(*contents_)) {
      report_.fail("altered", path, "not the description of this bundle, as it is written");
    }
  }

  /// Manifests have one form only: what they may leave open, such as blanks and the case of digits,
  /// no other file would vouch for.
  void check_manifests() {
    for (const auto name : {crypto::DigestName::kSha256, crypto::DigestName::kSha512}) {
      const std::string suffix = std::string(digest_name_text(name)) + ".txt";
      std::vector<ManifestEntry> payload;
      for (const auto& [path, item] : by_path_) {
        const ItemRecord& record = item->sealed.record;
        payload.push_back({.digest = name == crypto::DigestName::kSha256 ? record.sha256.hex()
                                                                         : record.sha512.hex(),
                           .path = path});
      }
      check_manifest("manifest-" + suffix, manifest_text(payload));
      std::vector<ManifestEntry> tags;
      for (const auto& [path, content] : files_) {
        const auto digest = content.digests.find(name);
        if (digest == content.digests.end()) {
          report_.fail("unlisted", path, "not every manifest lists this file");
        } else {
          tags.push_back({digest->second, path});
        }
      }
      check_manifest("tagmanifest-" + suffix, manifest_text(tags));
    }
  }

  void check_manifest(const std::string& path, const std::string& expected) {
    const auto text = read_all(source_of(folder_, path), kMaxManifestBytes);
    if (!text) return report_.fail("missing", path, text.error().message);
    if (*text != expected) {
      report_.fail("altered", path, "this is not the manifest of the files that belong here");
    }
  }

  void check_contents_and_log() {
    const auto checked = check_contents(*contents_);
    if (!checked || contents_->leaves.empty()) {
      return report_.fail("malformed", std::string(kBundleFile),
                          checked ? "there is no leaf" : checked.error().to_string());
    }
    check_set();
    check_log(*contents_, trust_, recorded_at_, report_);
    check_descriptive();
    conclude();
  }

  void check_set() {
    if (contents_->items.empty()) {
      report_.fail("malformed", std::string(kBundleFile), "the bundle has no item");
    }
    std::size_t good = 0;
    for (const BundleItem& item : contents_->items) {
      const auto proved =
          tlog::verify_inclusion(item.sealed.leaf(), item.set_index, contents_->set.size,
                                 contents_->set.root, item.set_path);
      if (!proved) {
        report_.fail("set", item_file(item.sealed.record.name),
                     "its record is not in the sealed set: " + proved.error().message);
      }
      good += proved ? 1 : 0;
    }
    report_.checked.push_back(std::to_string(good) + " of " +
                              std::to_string(contents_->items.size()) + " records are among the " +
                              std::to_string(contents_->set.size) + " of the sealed set");
    const std::string how = options_.only_tree ? "the tree over chunks of 64 KiB"
                                               : "size, SHA-256, SHA-512 and the tree over chunks "
                                                 "of 64 KiB";
    report_.checked.push_back(std::to_string(seen_.size() - altered_.size()) + " of " +
                              std::to_string(contents_->items.size()) +
                              " items are as recorded: " + how);
    if (options_.only_tree) {
      report_.not_checked.emplace_back(
          "SHA-256 and SHA-512 of whole items: only the tree was asked for");
    }
  }

  /// Whether it is what is expected.
  bool check_file_text(std::string_view path, std::string_view expected, std::string_view code,
                       std::string_view words) {
    const auto text = read_all(source_of(folder_, std::string(path)), kMaxManifestBytes);
    if (text && *text == expected) return true;
    if (code.empty()) {
      report_.warnings.push_back("`" + std::string(path) + "` " + std::string(words));
    } else {
      report_.fail(std::string(code), std::string(path), std::string(words));
    }
    return false;
  }

  void check_descriptive() {
    const std::string checkpoint = contents_->leaves.front().proof.checkpoint.to_text();
    check_file_text(kCheckpointFile, checkpoint, "altered", "not the checkpoint of the proofs");
    const auto graph = case_graph(*contents_);
    const bool is_described = check_file_text(kCaseFile, graph ? *graph : "", "altered",
                                              "not the description of what the bundle holds");
    check_file_text(kFormatFile, format_description(), "",
                    "is not the description that this version knows");
    check_file_text(kVerifierFile, second_verifier(), "",
                    "is not the second verifier that this version knows: do not run it, have it "
                    "from somebody else than the sender");
    if (is_described) {
      report_.checked.emplace_back("the CASE description says what the bundle holds, and no more");
    }
    const bool has_words =
        !contents_->case_reference.empty() ||
        std::any_of(contents_->items.begin(), contents_->items.end(),
                    [](const BundleItem& item) { return !item.exhibit.empty(); });
    if (has_words) {
      report_.not_checked.emplace_back(
          "the reference of the case and the exhibit numbers: as the sender states them, not "
          "logged");
    }
  }

  void conclude() {
    std::size_t since_ingest = 0;
    std::size_t since_derivation = 0;
    for (const BundleItem& item : contents_->items) {
      const auto origin = find_origin(*contents_, item, report_);
      if (origin == Origin::kIngest) ++since_ingest;
      if (origin == Origin::kDerivation) ++since_derivation;
    }
    if (!report_.problems.empty()) {
      report_.statement = "Do not rely on this bundle as it is: see what does not hold.";
      return;
    }
    const std::size_t all = contents_->items.size();
    report_.statement = "Of " + std::to_string(all) + " items, " + std::to_string(since_ingest) +
                        " are unchanged since ingest";
    if (since_derivation > 0) {
      report_.statement += ", " + std::to_string(since_derivation) + " since their derivation";
    }
    report_.statement += " and " + std::to_string(all - since_ingest - since_derivation) +
                         " since their seal, as the log recorded it.";
    if (recorded_at_) {
      report_.statement +=
          " All of the bundle existed at " + time_text(*recorded_at_) + ", by its evidence record.";
    }
  }

  const std::filesystem::path& folder_;
  const BundleTrust& trust_;
  const VerifyBundleOptions& options_;
  VerifyReport report_;
  std::optional<crypto::EvidenceRecord> record_;
  RecordDigester digester_;
  /// The first time of the evidence record, when it holds.
  std::optional<std::chrono::sys_seconds> recorded_at_;
  std::optional<BundleContents> contents_;
  std::map<std::string, const BundleItem*> by_path_;
  std::map<std::string, DigestedContent> files_;
  std::set<std::string> seen_;
  std::set<std::string> altered_;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

base::Result<VerifyReport> verify_bundle(const std::filesystem::path& folder,
                                         const BundleTrust& trust,
                                         const VerifyBundleOptions& options) {
  return Verifier(folder, trust, options).run();
}

}  // namespace rogatory::package
