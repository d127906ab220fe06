// SPDX-License-Identifier: EUPL-1.2

#include "render/wording.h"

#include <unicode/locid.h>
#include <unicode/msgfmt.h>
#include <unicode/unistr.h>

#include <vector>

namespace rogatory::render {
namespace {

// Values are given as texts, so that identifiers and numbers stay as they are in every language.
std::string formatted(const std::string& pattern, Language language,
                      std::initializer_list<Argument> arguments) {
  if (arguments.size() == 0 && pattern.find('\'') == std::string::npos) return pattern;
  UErrorCode status = U_ZERO_ERROR;
  const icu::MessageFormat format(icu::UnicodeString::fromUTF8(pattern),
                                  icu::Locale(std::string(to_text(language)).c_str()), status);
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : arguments) {
    names.push_back(icu::UnicodeString::fromUTF8(
        icu::StringPiece(name.data(), static_cast<int32_t>(name.size()))));
    values.emplace_back(icu::UnicodeString::fromUTF8(value));
  }
  icu::UnicodeString out;
  if (U_SUCCESS(status)) {
    format.format(names.data(), values.data(), static_cast<int32_t>(names.size()), out, status);
  }
  if (U_FAILURE(status)) return pattern;
  std::string bytes;
  return out.toUTF8String(bytes);
}

}  // namespace

std::string Wording::operator()(std::string_view id, std::initializer_list<Argument> arguments) {
  const request::SixTexts* texts = kinds_.find_wording(id);
  if (texts == nullptr) return std::string(id);
  return formatted(of(*texts), language_, arguments);
}

std::string Wording::value_of(std::string_view prefix, std::string_view value) {
  const request::SixTexts* texts =
      kinds_.find_wording(std::string(prefix) + '.' + std::string(value));
  return texts == nullptr ? std::string(value) : formatted(of(*texts), language_, {});
}

std::string Wording::of(const request::SixTexts& texts) {
  const request::SixTexts::Text& text = texts.in(to_text(language_));
  has_unreviewed_ = has_unreviewed_ || !text.is_official;
  return text.text;
}

}  // namespace rogatory::render
