// SPDX-License-Identifier: EUPL-1.2
// `rogatory package sign | verify`: requests as other authorities receive them; and evidence
// bundles.
#include <chrono>
#include <filesystem>

#include "base/file.h"
#include "base/instant.h"
#include "base/json.h"
#include "package/asic.h"
#include "package/evidence_bundle.h"
#include "rogatory/context.h"
#include "rogatory/log_input.h"

namespace rogatory::app {
namespace {

using base::JsonObject;

struct PackageOptions {
  std::vector<std::string> files;
  std::string object;
  std::string out;
  std::string key;
  std::string certificate;
  std::string policy;
  std::vector<std::string> certificates;
  std::vector<std::string> revocation_lists;
  std::string at;
};

base::Result<std::chrono::sys_seconds> time_of(const PackageOptions& options) {
  if (options.at.empty()) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
  ROG_TRY(const base::Instant at, base::Instant::parse(options.at));
  return at.utc();
}

std::string media_type_of(const std::filesystem::path& name) {
  const std::string extension = name.extension().string();
  if (extension == ".json") return "application/json";
  if (extension == ".pdf") return "application/pdf";
  if (extension == ".txt") return "text/plain";
  return "application/octet-stream";
}

/// `request.json` and `request.pdf` keep their names at the top; all else is an annex.
base::Result<package::AsicFile> read_input(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  const bool is_request = name == "request.json" || name == "request.pdf";
  ROG_TRY(std::string bytes, base::read_file(path, package::kMaxAsicFileBytes));
  return package::AsicFile{.name = is_request ? name : "annexes/" + name,
                           .media_type = media_type_of(path),
                           .bytes = std::move(bytes)};
}

/// What is signed is the one form of the request, so that two signers sign the same bytes.
base::Result<void> check_canonical(const std::string& path, const package::AsicFile& file) {
  if (file.name != "request.json") return {};
  ROG_TRY(const base::Json json, base::parse_json(file.bytes, path));
  if (base::canonical_json(json) == file.bytes) return {};
  return base::Error{.code = base::ErrorCode::kLint,
                     .message =
                         "this is not the canonical form (RFC 8785) of the request; "
                         "`rogatory request json` writes it",
                     .context = {},
                     .place = {.file = path}};
}

base::Result<void> sign(Context& context, const PackageOptions& options) {
  std::vector<package::AsicFile> files;
  for (const std::string& path : options.files) {
    ROG_TRY(package::AsicFile file, read_input(path));
    ROG_CHECKED(check_canonical(path, file));
    files.push_back(std::move(file));
  }
  ROG_TRY(const std::string key_pem, base::read_file(options.key));
  ROG_TRY(const auto key, crypto::PrivateKey::parse_pem(key_pem));
  ROG_TRY(const std::string pem, base::read_file(options.certificate));
  ROG_TRY(const auto certificate, crypto::Certificate::parse(pem));
  ROG_TRY(const auto chain, read_certificates(options.certificates));
  ROG_TRY(const auto at, time_of(options));
  const package::AsicSigner signer{
      .key = key, .certificate = certificate, .chain = chain, .claimed_at = at};
  ROG_CHECKED(package::write_asic(options.out, files, {&signer, 1}));
  law::Document said;
  said.paragraph(options.out + ": " + std::to_string(files.size()) + " files, signed by " +
                 certificate.subject() + ".");
  context.print(JsonObject{{"file", options.out},
                           {"files", static_cast<std::int64_t>(files.size())},
                           {"signer", certificate.subject()}},
                said);
  return {};
}

base::Result<package::VerifyReport> verify_object(const PackageOptions& options) {
  ROG_TRY(const crypto::TrustStore trust,
          read_trust(options.certificates, options.revocation_lists));
  std::error_code ignored;
  if (std::filesystem::is_directory(options.object, ignored)) {
    package::BundleTrust bundle_trust{.time_stamp_authorities = trust};
    if (!options.policy.empty()) {
      ROG_TRY(bundle_trust.policy, base::read_file(options.policy, tlog::kMaxPolicyBytes));
    }
    ROG_TRY(bundle_trust.at, time_of(options));
    return package::verify_bundle(options.object, bundle_trust);
  }
  ROG_TRY(const auto at, time_of(options));
  ROG_TRY(package::AsicContents contents, package::read_asic(options.object, trust, at));
  return std::move(contents.report);
}

base::Result<void> verify(Context& context, const PackageOptions& options) {
  ROG_TRY(const package::VerifyReport report, verify_object(options));
  if (context.output.is_json) {
    context.print_json(report.to_json());
  } else {
    context.print_text(report.to_text());
  }
  context.exit_code = package::exit_status(report.verdict());
  return {};
}

}  // namespace

void add_package_commands(CLI::App& app, Context& context) {
  CLI::App* group = app.add_subcommand(
      "package", "Requests as other authorities receive them: signed, in one file (ASiC-E).");
  group->require_subcommand(1);
  const auto options = std::make_shared<PackageOptions>();

  CLI::App* signed_one = group->add_subcommand(
      "sign",
      "Puts a request, its PDF and annexes in one file and signs all of it (CAdES, P-384).\n"
      "request.json and request.pdf keep their names; all other files become annexes.");
  signed_one->add_option("FILE", options->files, "what to pack")->required();
  signed_one->add_option("--key", options->key, "private key, PEM (PKCS #8)")->required();
  signed_one->add_option("--certificate", options->certificate, "its certificate, PEM")->required();
  signed_one->add_option("--chain", options->certificates, "certificates above it, PEM");
  signed_one->add_option("--at", options->at, "time of signing, RFC 3339; now without it");
  signed_one->add_option("--out", options->out, "the file to write, such as request.asice")
      ->required();
  bind(*signed_one, context, [options](Context& c) { return sign(c, *options); });

  CLI::App* verified = group->add_subcommand(
      "verify",
      "Verifies a package, or an evidence bundle (a folder), as rogatory-verify does; a\n"
      ".tlog-proof is for `rogatory log verify`.\n"
      "Status: 0 holds; 1 does not hold; 10 holds, but only by what the object itself brings\n"
      "along to be trusted: give --trust or --policy from somebody else than the sender.");
  verified->add_option("OBJECT", options->object, "what to verify")->required();
  verified->add_option("--trust", options->certificates, "certificates of authorities, PEM");
  add_lists_option(*verified, options->revocation_lists);
  verified->add_option("--policy", options->policy, "for bundles: the policy to believe");
  verified->add_option("--at", options->at, "judge certificates at this time; now without it");
  bind(*verified, context, [options](Context& c) { return verify(c, *options); });
}

}  // namespace rogatory::app
