// SPDX-License-Identifier: EUPL-1.2

#include "crypto/age_header.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "crypto/detail/age_stanza.h"
#include "crypto/detail/kdf.h"

namespace rogatory::crypto {
namespace {

constexpr std::string_view kVersionPrefix = "age-encryption.org/";
constexpr std::string_view kVersionLine = "age-encryption.org/v1";
constexpr std::string_view kStanzaMark = "-> ";
constexpr std::string_view kEndMark = "---";
constexpr std::size_t kBodyColumns = 64;
constexpr std::size_t kMacBytes = 32;
base::Error malformed(std::string message, int line) {
  return {.code = base::ErrorCode::kParse,
          .message = "this is no header of an age file: " + std::move(message),
          .place = {.line = line}};
}

/// Gives the lines of a header, each of which ends with LF.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  base::Result<std::string_view> next() {
    const std::size_t end = text_.find('\n', at_);
    ++number_;
    if (end == std::string_view::npos)
      return malformed("it ends before its authentication code", number_);
    const std::string_view line = text_.substr(at_, end - at_);
    start_ = at_;
    at_ = end + 1;
    return line;
  }

  /// Where the last line given begins and ends (after its LF), and its number from 1.
  std::size_t start() const { return start_; }
  std::size_t end() const { return at_; }
  int number() const { return number_; }

 private:
  std::string_view text_;
  std::size_t start_ = 0;
  std::size_t at_ = 0;
  int number_ = 0;
};

base::Result<std::vector<std::string>> parse_arguments(std::string_view line, int number) {
  if (!line.starts_with(kStanzaMark))
    return malformed("here a stanza or the authentication code begins", number);
  std::vector<std::string> arguments;
  for (const std::string_view part : base::split(line.substr(kStanzaMark.size()), ' ')) {
    const bool is_visible =
        std::all_of(part.begin(), part.end(), [](char c) { return c >= '!' && c <= '~'; });
    if (part.empty() || !is_visible)
      return malformed(
          "an argument of a stanza is empty or has "
          "characters that are not allowed",
          number);
    arguments.emplace_back(part);
  }
  return arguments;
}

base::Result<Bytes> parse_body(Lines& lines) {
  std::string text;
  for (;;) {
    ROG_TRY(const std::string_view line, lines.next());
    if (line.size() > kBodyColumns)
      return malformed("a line of a body is too long", lines.number());
    text += line;
    if (line.size() < kBodyColumns) break;
  }
  auto body = parse_base64_unpadded(text);
  if (!body.ok()) return malformed("the body of a stanza is not valid base64", lines.number());
  return body;
}

base::Result<void> parse_mac(std::string_view line, const Lines& lines, std::string_view text,
                             AgeHeader& header) {
  const std::string_view after = line.substr(kEndMark.size());
  auto mac = parse_base64_unpadded(after.substr(std::min<std::size_t>(1, after.size())));
  if (!after.starts_with(' ') || !mac.ok() || mac->size() != kMacBytes) {
    return malformed("the authentication code is not `--- ` and 32 bytes in base64",
                     lines.number());
  }
  header.mac = mac.take();
  header.covered = to_bytes(text.substr(0, lines.start() + kEndMark.size()));
  header.size_bytes = lines.end();
  return {};
}

/// The MAC over what a header says.
Sha256Digest mac_of(const SecretBytes& file_key, ByteView covered) {
  const SecretBytes key = detail::hkdf_sha256(file_key.view(), {}, as_bytes("header"), 32).take();
  return detail::hmac_sha256(key.view(), covered);
}

void append_stanza(const AgeStanza& stanza, std::string& text) {
  text += "->";
  for (const std::string& argument : stanza.arguments) text += ' ' + argument;
  const std::string body = base64_unpadded(stanza.body);
  // A last line of 64 would not end the body: an empty one follows it.
  for (std::size_t at = 0; at <= body.size(); at += kBodyColumns) {
    text += '\n' + body.substr(at, kBodyColumns);
  }
  text += '\n';
}

template <typename Kind>
std::ptrdiff_t count_of(std::span<const AgeRecipient> recipients) {
  return std::count_if(recipients.begin(), recipients.end(), [](const AgeRecipient& recipient) {
    return std::holds_alternative<Kind>(recipient);
  });
}

base::Result<void> check_recipients(std::span<const AgeRecipient> recipients) {
  const auto refuse = [](const char* message) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument, .message = message};
  };
  if (recipients.empty()) return refuse("a seal needs a recipient");
  if (recipients.size() > kMaxAgeStanzas) return refuse("a seal has at most 2048 recipients");
  if (count_of<ScryptRecipient>(recipients) > 0 && recipients.size() > 1) {
    return refuse("a passphrase is the only recipient of its file");
  }
  const auto hybrid = static_cast<std::size_t>(count_of<HybridRecipient>(recipients));
  if (hybrid > 0 && hybrid < recipients.size()) {
    return refuse("hybrid recipients and others in one file would make it as weak as the others");
  }
  return {};
}

bool is_mac_right(const AgeHeader& header, const SecretBytes& file_key) {
  return is_equal_secret(mac_of(file_key, header.covered).bytes, header.mac);
}

}  // namespace

base::Result<AgeHeader> parse_age_header(ByteView bytes) {
  const std::string_view text = as_text(bytes.first(std::min(bytes.size(), kMaxAgeHeaderBytes)));
  Lines lines(text);
  ROG_TRY(const std::string_view version, lines.next());
  if (version != kVersionLine) {
    if (!version.starts_with(kVersionPrefix)) return malformed("it has another beginning", 1);
    return base::Error{.code = base::ErrorCode::kUnsupported,
                       .message = "an age file of a version other than v1"};
  }
  AgeHeader header;
  for (;;) {
    auto line = lines.next();
    if (!line.ok() && bytes.size() > kMaxAgeHeaderBytes) {
      return base::Error{.code = base::ErrorCode::kLimit,
                         .message = "the header of an age file has more than 256 KiB"};
    }
    if (!line.ok()) return line.take_error();
    if (line->starts_with(kEndMark)) {
      ROG_CHECKED(parse_mac(*line, lines, text, header));
      break;
    }
    ROG_TRY(std::vector<std::string> arguments, parse_arguments(*line, lines.number()));
    ROG_TRY(Bytes body, parse_body(lines));
    header.stanzas.push_back({.arguments = std::move(arguments), .body = std::move(body)});
    if (header.stanzas.size() > kMaxAgeStanzas) {
      return base::Error{.code = base::ErrorCode::kLimit,
                         .message = "the header of an age file has more than 2048 stanzas"};
    }
  }
  if (header.stanzas.empty()) return malformed("it has no stanza", lines.number());
  return header;
}

base::Result<Bytes> make_age_header(const SecretBytes& file_key,
                                    std::span<const AgeRecipient> recipients) {
  if (file_key.size() != detail::kFileKeyBytes) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "a file key has 16 bytes"};
  }
  ROG_CHECKED(check_recipients(recipients));
  std::string text = std::string(kVersionLine) + '\n';
  for (const AgeRecipient& recipient : recipients) {
    ROG_TRY(const AgeStanza stanza, detail::make_stanza(recipient, file_key));
    append_stanza(stanza, text);
  }
  text += kEndMark;
  const Sha256Digest mac = mac_of(file_key, as_bytes(text));
  text += ' ' + base64_unpadded(mac.bytes) + '\n';
  if (text.size() > kMaxAgeHeaderBytes) {
    return base::Error{.code = base::ErrorCode::kInvalidArgument,
                       .message = "the header for these recipients has more than 256 KiB"};
  }
  return to_bytes(text);
}

base::Result<SecretBytes> unwrap_age_header(const AgeHeader& header,
                                            std::span<const AgeIdentity> identities) {
  const bool has_scrypt = std::any_of(
      header.stanzas.begin(), header.stanzas.end(),
      [](const AgeStanza& stanza) { return stanza.arguments[0] == detail::kScryptType; });
  if (has_scrypt && header.stanzas.size() > 1) {
    return base::Error{.code = base::ErrorCode::kParse,
                       .message = "a passphrase stands beside other recipients of an age file"};
  }
  for (const AgeIdentity& identity : identities) {
    for (const AgeStanza& stanza : header.stanzas) {
      if (stanza.arguments[0] != detail::stanza_type(identity)) continue;
      ROG_TRY(std::optional<SecretBytes> file_key, detail::open_stanza(identity, stanza));
      if (!file_key) continue;
      if (is_mac_right(header, *file_key)) return std::move(*file_key);
      return base::Error{
          .code = base::ErrorCode::kParse,
          .message = "the header of this age file was changed: its authentication code is wrong"};
    }
  }
  return base::Error{.code = base::ErrorCode::kNotFound,
                     .message = "this age file is not sealed for any of the keys at hand"};
}

base::Result<void> check_file_key(const AgeHeader& header, const SecretBytes& file_key) {
  if (is_mac_right(header, file_key)) return {};
  return base::Error{.code = base::ErrorCode::kConflict,
                     .message = "the file key is not the one of this header"};
}

base::Result<Bytes> rewrap_header(const AgeHeader& header, const SecretBytes& file_key,
                                  std::span<const AgeRecipient> recipients) {
  ROG_CHECKED(check_file_key(header, file_key));
  return make_age_header(file_key, recipients);
}

SecretBytes make_age_file_key() {
  return SecretBytes::random(detail::kFileKeyBytes);
}

}  // namespace rogatory::crypto
