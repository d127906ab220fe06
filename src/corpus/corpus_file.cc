// SPDX-License-Identifier: EUPL-1.2

#include "corpus/corpus_file.h"

#include <array>
#include <utility>

namespace rogatory::corpus {
namespace {

constexpr std::array kFormats = {
    FileFormat{FileKind::kVocabulary, "rogatory.vocabulary/1", "vocabulary.schema.json"},
    FileFormat{FileKind::kInstrument, "rogatory.instrument/1", "instrument.schema.json"},
    FileFormat{FileKind::kState, "rogatory.state/1", "state.schema.json"},
    FileFormat{FileKind::kStateLaw, "rogatory.state-law/1", "state-law.schema.json"},
    FileFormat{FileKind::kMapping, "rogatory.mapping/1", "mapping.schema.json"},
    FileFormat{FileKind::kWorld, "rogatory.world/1", "world.schema.json"},
    FileFormat{FileKind::kRanking, "rogatory.ranking/1", "ranking.schema.json"},
    FileFormat{FileKind::kGroundSubjects, "rogatory.ground-subjects/1",
               "ground-subjects.schema.json"},
    FileFormat{FileKind::kRequestKind, "rogatory.request-kind/1", "request-kind.schema.json"},
    FileFormat{FileKind::kRequestContents, "rogatory.request-contents/1",
               "request-contents.schema.json"},
    FileFormat{FileKind::kWording, "rogatory.wording/1", "wording.schema.json"},
};

void collect_lines(const base::Json& value, const PositionIndex& positions, std::string& pointer,
                   base::JsonObject& lines) {
  const auto visit = [&](const std::string& step, const base::Json& child) {
    const std::size_t size = pointer.size();
    pointer += '/';
    pointer += step;
    collect_lines(child, positions, pointer, lines);
    pointer.resize(size);
  };
  if (const auto* object = value.if_object()) {
    lines.emplace(pointer, positions.nearest(pointer).line);
    for (const auto& [key, child] : *object) visit(base::pointer_token(key), child);
  } else if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i) visit(std::to_string(i), (*array)[i]);
  }
}

}  // namespace

base::Place CorpusFile::place(std::string_view pointer) const {
  while (true) {
    const base::Json* line = lines.if_contains(pointer);
    if (line != nullptr && line->is_int64()) {
      return {.file = path, .line = static_cast<int>(line->get_int64())};
    }
    if (pointer.empty()) return {.file = path};
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
}

std::string_view CorpusFile::format() const {
  const auto* object = doc.if_object();
  const base::Json* format = object == nullptr ? nullptr : object->if_contains("format");
  if (format == nullptr || !format->is_string()) return {};
  return format->get_string();
}

std::optional<FileFormat> find_format(std::string_view format) {
  for (const FileFormat& known : kFormats) {
    if (known.format == format) return known;
  }
  return std::nullopt;
}

CorpusFile to_corpus_file(YamlDocument document) {
  CorpusFile file{.path = std::move(document.file), .doc = {}, .lines = {}};
  std::string pointer;
  collect_lines(document.value, document.positions, pointer, file.lines);
  file.doc = std::move(document.value);
  return file;
}

}  // namespace rogatory::corpus
