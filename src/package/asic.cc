// SPDX-License-Identifier: EUPL-1.2

#include "package/asic.h"

#include <algorithm>
#include <map>
#include <set>

#include "crypto/bytes.h"
#include "crypto/cms.h"
#include "package/asic_manifest.h"
#include "package/detail/revocation_report.h"
#include "package/zip.h"

namespace rogatory::package {
namespace {

constexpr std::string_view kMediaType = "application/vnd.etsi.asic-e+zip";
constexpr std::string_view kMeta = "META-INF/";

std::string manifest_name(std::size_t number) {
  return std::string(kMeta) + "ASiCManifest" + std::to_string(number) + ".xml";
}
std::string signature_name(std::size_t number) {
  return std::string(kMeta) + "signature" + std::to_string(number) + ".p7s";
}

base::Result<void> check_input(std::span<const AsicFile> files,
                               std::span<const AsicSigner> signers) {
  const auto refused = [](std::string message) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument, .message = std::move(message)};
  };
  if (files.empty() || signers.empty()) return refused("a package has files and a signer");
  if (files.size() > kMaxAsicFiles || signers.size() > kMaxAsicSignatures) {
    return base::Error{.code = base::ErrorCode::kLimit, .message = "too many files or signers"};
  }
  for (const AsicFile& file : files) {
    if (file.name.starts_with(kMeta) || file.name == "mimetype") {
      return refused("`" + file.name + "` is a name of the package's own");
    }
    if (file.bytes.size() > kMaxAsicFileBytes) {
      return base::Error{.code = base::ErrorCode::kLimit,
                         .message = "`" + file.name + "` is too large for a package"};
    }
  }
  return {};
}

class Reader final {
 public:
  Reader(const ZipReader& zip, const crypto::TrustStore& trust, std::chrono::sys_seconds at)
      : zip_(zip), trust_(trust), at_(at) {
    out_.report.subject = "request package";
  }

  AsicContents run() {
    check_mimetype();
    for (const ZipMember& member : zip_.members()) read_member(member);
    for (const auto& [name, bytes] : meta_) {
      const bool is_manifest = name.starts_with("META-INF/ASiCManifest") && name.ends_with(".xml");
      if (is_manifest) check_manifest(name, bytes);
    }
    conclude();
    return std::move(out_);
  }

 private:
  VerifyReport& report() { return out_.report; }

  void check_mimetype() {
    const auto& members = zip_.members();
    // EN 319 162-1 A.1: first, stored, without extra field, so that it is at a fixed place.
    const bool is_placed = !members.empty() && members[0].name == "mimetype" &&
                           members[0].method == 0 && !members[0].has_extra;
    const auto text = is_placed ? zip_.read_all(members[0], 100) : base::Result<std::string>("");
    if (!text || *text != kMediaType) {
      report().fail("malformed", "mimetype", "it is not first, stored and that of ASiC-E");
    }
  }

  void read_member(const ZipMember& member) {
    if (member.name == "mimetype") return;
    auto bytes = zip_.read_all(member, kMaxAsicFileBytes);
    if (!bytes) return report().fail("altered", member.name, bytes.error().message);
    if (member.name.starts_with(kMeta)) {
      meta_[member.name] = bytes.take();
    } else {
      out_.files.push_back({.name = member.name, .media_type = {}, .bytes = bytes.take()});
    }
  }

  void check_manifest(const std::string& name, const std::string& xml) {
    used_.insert(name);
    const auto manifest = parse_asic_manifest(xml);
    if (!manifest) return report().fail("malformed", name, manifest.error().message);
    for (const AsicReference& reference : manifest->references) check_reference(name, reference);
    for (const AsicFile& file : out_.files) {
      const bool is_covered =
          std::any_of(manifest->references.begin(), manifest->references.end(),
                      [&](const AsicReference& one) { return one.uri == file.name; });
      if (!is_covered) report().fail("unlisted", file.name, "`" + name + "` does not cover it");
    }
    const auto signature = meta_.find(manifest->signature_uri);
    if (signature == meta_.end()) {
      return report().fail("missing", manifest->signature_uri, "`" + name + "` refers to it");
    }
    used_.insert(signature->first);
    check_signature(signature->first, signature->second, name, xml);
  }

  void check_reference(const std::string& name, const AsicReference& reference) {
    const auto file = std::find_if(out_.files.begin(), out_.files.end(),
                                   [&](const AsicFile& one) { return one.name == reference.uri; });
    if (file == out_.files.end()) {
      return report().fail("missing", reference.uri, "`" + name + "` refers to it");
    }
    const auto algorithm = crypto::find_digest_name(reference.digest_name);
    const auto found = digest_content(source_of(std::string_view(file->bytes)), {*algorithm});
    if (found->digests.at(*algorithm) != reference.digest) {
      report().fail("altered", reference.uri, "its digest is not the one in `" + name + "`");
    }
    file->media_type = reference.media_type;
  }

  void check_signature(const std::string& name, const std::string& der, const std::string& covered,
                       const std::string& xml) {
    const auto found =
        crypto::verify_cades(crypto::as_bytes(der), crypto::KnownDigests::of(xml), trust_, at_);
    auto findings = found.all_findings();
    if (trust_.anchors().empty()) {
      std::erase_if(findings, [](const crypto::SignatureFinding& one) {
        return one.fault == crypto::SignatureFault::kNotTrusted;
      });
      report().is_self_asserted = true;
    }
    for (const auto& finding : findings) {
      report().fail("signature", name,
                    std::string(signature_fault_name(finding.fault)) + ": " + finding.message);
    }
    if (!findings.empty() || found.signers.empty()) return;
    ++signatures_;
    for (const crypto::CadesSigner& signer : found.signers) report_signer(signer, covered);
  }

  void report_signer(const crypto::CadesSigner& signer, const std::string& covered) {
    const std::string who = signer.certificate ? "`" + signer.certificate->subject() +
                                                     "` (certificate with SHA-256 " +
                                                     signer.certificate->fingerprint().hex() + ")"
                                               : "somebody";
    report().checked.push_back(who + " signed `" + covered + "`, which covers every file");
    revocation_.insert(revocation_.end(), signer.revocation.begin(), signer.revocation.end());
    if (signer.claimed_at) {
      report().times.push_back({.what = "signed",
                                .at = time_text(*signer.claimed_at),
                                .source = "as the signer claims: " + who});
    }
  }

  void conclude() {
    for (const auto& [name, bytes] : meta_) {
      if (!used_.contains(name)) report().fail("unlisted", name, "no manifest refers to it");
    }
    if (signatures_ == 0 && report().problems.empty()) {
      report().fail("missing", "META-INF", "there is no signature");
    }
    if (revocation_.empty()) {
      report().not_checked.emplace_back("whether certificates were revoked");
    }
    report_revocation(revocation_, report());
    report().trust.push_back(trust_.anchors().empty()
                                 ? "nobody was given who vouches for the signers: the certificates "
                                   "inside are their own word"
                                 : "the " + std::to_string(trust_.anchors().size()) +
                                       " certificates given to this program, at " + time_text(at_));
    report().statement =
        report().problems.empty()
            ? "The " + std::to_string(out_.files.size()) + " files are what was signed."
            : "Do not rely on this package as it is: see what does not hold.";
  }

  const ZipReader& zip_;
  const crypto::TrustStore& trust_;
  std::chrono::sys_seconds at_;
  AsicContents out_;
  /// Of the certificates of all signers.
  std::vector<crypto::RevocationStatus> revocation_;
  std::map<std::string, std::string> meta_;
  std::set<std::string> used_;
  std::size_t signatures_ = 0;
};

constexpr ZipLimits kAsicLimits = {.max_members = kMaxAsicFiles + 2 * kMaxAsicSignatures + 1,
                                   .max_member_bytes = kMaxAsicFileBytes,
                                   .max_total_bytes = kMaxAsicBytes};

}  // namespace

base::Result<void> write_asic(const std::filesystem::path& path, std::span<const AsicFile> files,
                              std::span<const AsicSigner> signers) {
  ROG_CHECKED(check_input(files, signers));
  ROG_TRY(ZipWriter zip, ZipWriter::create(path));
  ROG_CHECKED(zip.add("mimetype", kMediaType));
  AsicManifest manifest;
  for (const AsicFile& file : files) {
    ROG_CHECKED(zip.add(file.name, file.bytes));
    manifest.references.push_back({.uri = file.name,
                                   .media_type = file.media_type,
                                   .digest_name = "sha256",
                                   .digest = crypto::sha256(file.bytes).hex()});
  }
  for (std::size_t i = 0; i < signers.size(); ++i) {
    const AsicSigner& signer = signers[i];
    manifest.signature_uri = signature_name(i + 1);
    const std::string xml = write_asic_manifest(manifest);
    ROG_TRY(const auto der,
            crypto::sign_cades(
                crypto::KnownDigests::of(xml), signer.key, signer.certificate, signer.chain,
                {.digest = crypto::DigestAlgorithm::kSha384, .claimed_at = signer.claimed_at}));
    ROG_CHECKED(zip.add(manifest_name(i + 1), xml));
    ROG_CHECKED(zip.add(manifest.signature_uri, crypto::as_text(der)));
  }
  return zip.finish();
}

base::Result<AsicContents> read_asic(const std::filesystem::path& path,
                                     const crypto::TrustStore& trust, std::chrono::sys_seconds at) {
  ROG_TRY(const ZipReader zip, ZipReader::open(path, kAsicLimits));
  return Reader(zip, trust, at).run();
}

base::Result<AsicContents> read_asic_bytes(std::string_view bytes, const crypto::TrustStore& trust,
                                           std::chrono::sys_seconds at) {
  ROG_TRY(const ZipReader zip, ZipReader::over(bytes, kAsicLimits));
  return Reader(zip, trust, at).run();
}

}  // namespace rogatory::package
