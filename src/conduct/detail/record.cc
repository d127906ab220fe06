// SPDX-License-Identifier: EUPL-1.2

#include "conduct/detail/record.h"

#include <utility>

#include "base/text.h"

namespace rogatory::conduct::detail {

std::string make_id(std::string_view prefix, std::string_view text) {
  std::string out(prefix);
  bool is_gap = true;
  for (const char c : base::lower_ascii(text)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_plain && is_gap) out += '-';
    if (is_plain) out += c;
    is_gap = !is_plain;
    if (out.size() >= 120) break;
  }
  return out;
}

std::optional<base::Date> day_of(std::string_view text) {
  text = base::trim(text);
  constexpr std::size_t kDateSize = 10;
  if (text.size() > kDateSize && text[kDateSize] != 'T' && text[kDateSize] != ' ') {
    return std::nullopt;
  }
  auto out = base::Date::parse(text.substr(0, kDateSize));
  if (!out.ok()) return std::nullopt;
  return out.take();
}

std::string shorten(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t end = max_bytes;
  // Bytes 10xxxxxx continue a character.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

Imported make_imported(RecordHead head, FactSheet sheet, std::vector<std::string> remarks) {
  Imported out;
  out.unmapped = sheet.take_unmapped();
  out.remarks = sheet.take_remarks();
  for (std::string& remark : remarks) out.remarks.push_back(std::move(remark));
  Count count;
  count.id = "c1";
  count.title = head.title;
  count.dates = head.dates;
  count.places = std::move(head.places);
  count.persons = std::move(head.persons);
  count.facts = std::move(sheet).settle();
  out.conduct.id = std::move(head.id);
  out.conduct.title = std::move(head.title);
  out.conduct.summary = std::move(head.summary);
  out.conduct.sources.push_back(std::move(head.source));
  out.conduct.counts.push_back(std::move(count));
  return out;
}

}  // namespace rogatory::conduct::detail
