// SPDX-License-Identifier: EUPL-1.2
//
// Kinds of request as the corpus describes them: what each has to contain, under which treaty, and
// the words for it in six languages (docs/formats/requests.md). Immutable once read: any thread.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "law/types.h"

namespace rogatory::request {

/// The six languages of the United Nations, in the order of `SixTexts`.
inline constexpr std::array<std::string_view, 6> kLanguageCodes = {"ar", "zh", "en",
                                                                   "fr", "ru", "es"};

/// One wording in the six languages, each official or unreviewed.
struct SixTexts {
  struct Text {
    std::string text;
    bool is_official = false;  ///< read in that language in an official document
  };
  std::array<Text, kLanguageCodes.size()> texts;

  /// kInvalid codes read as English.
  [[nodiscard]] const Text& in(std::string_view language) const;
};

/// A rule behind a kind, with citation and confidence.
struct Rule {
  std::string instrument;  ///< of `required_by`; may be empty
  std::string cite;
  std::string says;
  law::Confidence confidence = law::Confidence::kRecalled;
  std::string source;
  std::string pin;
  std::string note;
};

/// Whether the absence of a content is a known cause of refusal.
enum class KnownCause : std::uint8_t { kUnknown, kYes, kNo };

/// What a request can contain, shared by the kinds.
struct Content {
  std::string id;
  SixTexts label;
  std::string ask;                  ///< a question to the officer, in English
  std::vector<std::string> fill;    ///< JSON pointers into a case; `*` for every item of a list
  std::vector<std::string> values;  ///< prefixes of the wording for its fixed values, as `category`
  std::string why;
  KnownCause refusal = KnownCause::kUnknown;
  Rule refusal_rule;
};

/// `essential`: whatever the basis; `basis`: where the basis asks it; `useful`: helps.
enum class Level : std::uint8_t { kUseful, kBasis, kEssential };
[[nodiscard]] std::string_view to_text(Level level);

struct ContentUse {
  const Content* content = nullptr;
  Level level = Level::kUseful;
  std::vector<Rule> required_by;
  std::string fact = {};  ///< term that a request states to be true by having it; may be empty
};

struct Answer {
  std::string id;
  SixTexts label;
};

struct Kind {
  std::string id;
  std::string group;
  SixTexts title;
  SixTexts purpose;
  std::vector<ContentUse> contents;
  std::vector<Rule> validity;
  std::vector<Rule> safeguards;
  std::vector<Answer> answers;
};

/// All kinds, contents and fixed wording.
class KindBook {
 public:
  /// From the documents of corpus/requests: the kinds by id, the contents and the wording. The
  /// lint has checked them before; what has the wrong shape all the same is kSchema.
  [[nodiscard]] static base::Result<KindBook> read(const base::JsonObject& kinds,
                                                   const base::JsonObject& contents,
                                                   const base::JsonObject& wording);

  KindBook(KindBook&&) = default;
  KindBook& operator=(KindBook&&) = default;
  KindBook(const KindBook&) = delete;
  KindBook& operator=(const KindBook&) = delete;

  [[nodiscard]] const Kind* find(std::string_view id) const;
  [[nodiscard]] const std::map<std::string, Kind, std::less<>>& kinds() const { return kinds_; }
  [[nodiscard]] const Content* find_content(std::string_view id) const;
  /// The wording of that id; null when there is none.
  [[nodiscard]] const SixTexts* find_wording(std::string_view id) const;

 private:
  KindBook() = default;

  std::map<std::string, Content, std::less<>> contents_;
  std::map<std::string, Kind, std::less<>> kinds_;
  std::map<std::string, SixTexts, std::less<>> wording_;
};

}  // namespace rogatory::request
