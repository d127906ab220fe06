// SPDX-License-Identifier: EUPL-1.2
#include "rogatory/log_input.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <system_error>

#include "base/file.h"
#include "base/text.h"
#include "crypto/bytes.h"
#include "rogatory/context.h"

namespace rogatory::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

/// The last second of the year 9999, beyond which a date has no common form.
constexpr std::uint64_t kLastSecond = 253'402'300'799;
constexpr std::size_t kMaxKeyBytes = 4096;

Error file_error(ErrorCode code, std::string message, const std::string& path) {
  return {.code = code, .message = std::move(message), .context = {}, .place = {.file = path}};
}

Result<void> write_secret_file(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    const bool is_there = errno == EEXIST;
    return file_error(is_there ? ErrorCode::kConflict : ErrorCode::kIo,
                      is_there ? "the file is there already; a key is never replaced"
                               : std::generic_category().message(errno),
                      path);
  }
  const bool is_written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  ::close(file);
  if (is_written) return {};
  ::unlink(path.c_str());
  return file_error(ErrorCode::kIo, "the key could not be written", path);
}

}  // namespace

Result<std::string> read_text(const std::string& path, std::size_t max_bytes) {
  return base::read_file(path == "-" ? "/dev/stdin" : path, max_bytes);
}

Result<void> write_text(const std::string& path, const std::string& text) {
  if (!path.empty() && path != "-") return base::write_file_atomic(path, text);
  const bool is_written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (is_written) return {};
  return file_error(ErrorCode::kIo, "standard output takes no more", "-");
}

Result<tlog::SigningKey> read_signing_key(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
      (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return file_error(ErrorCode::kInvalidArgument,
                      "others may read this private key; `chmod 600` it", path);
  }
  ROG_TRY(const std::string text, base::read_file(path, kMaxKeyBytes));
  auto key = tlog::SigningKey::parse(base::trim(text));
  if (!key.ok()) return key.take_error().with_context("while reading the key " + path);
  return key;
}

Result<tlog::SigningKey> make_signing_key(const std::string& path, const std::string& name,
                                          tlog::SignatureType type) {
  const auto seed = crypto::SecretBytes::random(tlog::SigningKey::kSeedBytes);
  ROG_TRY(tlog::SigningKey key, tlog::SigningKey::make(name, type, seed.view()));
  ROG_CHECKED(write_secret_file(path, key.secret_text() + '\n'));
  return key;
}

Result<tlog::Policy> read_policy(const std::string& path) {
  ROG_TRY(const std::string text, read_text(path, tlog::kMaxPolicyBytes));
  auto policy = tlog::Policy::parse(text);
  if (policy.ok()) return policy;
  Error error = policy.take_error();
  error.place.file = path;
  return error;
}

Result<std::vector<crypto::Certificate>> read_certificates(const std::vector<std::string>& paths) {
  std::vector<crypto::Certificate> out;
  for (const std::string& path : paths) {
    ROG_TRY(const std::string pem, base::read_file(path));
    ROG_TRY(const auto found, crypto::Certificate::parse_all(pem));
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

Result<std::vector<crypto::RevocationList>> read_revocation_lists(
    const std::vector<std::string>& paths) {
  std::vector<crypto::RevocationList> all;
  for (const std::string& path : paths) {
    ROG_TRY(const std::string text, base::read_file(path, crypto::kMaxRevocationListBytes));
    auto lists = crypto::RevocationList::parse_all(text);
    if (!lists.ok()) return lists.take_error().with_context("while reading " + path);
    all.insert(all.end(), lists->begin(), lists->end());
  }
  return all;
}

Result<crypto::TrustStore> read_trust(const std::vector<std::string>& certificate_files,
                                      const std::vector<std::string>& list_files) {
  if (certificate_files.empty() && !list_files.empty()) {
    return usage_error(
        "--crl goes with --trust: a list counts for certificates under those trusted");
  }
  ROG_TRY(std::vector<crypto::Certificate> certificates, read_certificates(certificate_files));
  crypto::TrustStore trust(std::move(certificates));
  ROG_TRY(const std::vector<crypto::RevocationList> lists, read_revocation_lists(list_files));
  for (const crypto::RevocationList& list : lists) trust.add(list);
  return trust;
}

void add_lists_option(CLI::App& command, std::vector<std::string>& files) {
  command
      .add_option("--crl", files,
                  "revocation lists of the authorities, DER or PEM: they count in what is judged")
      ->type_name("FILE");
}

std::uint64_t seconds_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::floor<std::chrono::seconds>(now).count());
}

std::string time_text(std::uint64_t seconds) {
  if (seconds > kLastSecond) return fmt::format("{} s after 1970", seconds);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

}  // namespace rogatory::app
