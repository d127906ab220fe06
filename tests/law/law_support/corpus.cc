// SPDX-License-Identifier: EUPL-1.2

#include "law_support/corpus.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/json.h"
#include "corpus/embedded_blob.h"
#include "corpus/reader.h"
#include "crypto/digest.h"

namespace rogatory::test {
namespace {

// A document stands a few levels below the top of the blob.
constexpr std::size_t kBlobDepth = base::kMaxJsonDepth + 8;

template <class T>
T take_or_abort(base::Result<T> result) {
  if (result.ok()) return result.take();
  std::fprintf(stderr, "the corpus does not load: %s\n", result.error().to_string().c_str());
  std::abort();
}

bool is_open(const law::LinkedNode& node) {
  const auto is_open_child = [](const law::LinkedNode* child) { return is_open(*child); };
  const auto is_open_exception = [](const law::LinkedException& exception) {
    return is_open(*exception.when);
  };
  return node.kind == law::NodeKind::kOpen || std::ranges::any_of(node.children, is_open_child) ||
         std::ranges::any_of(node.unless, is_open_exception);
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  return crypto::sha256(bytes).hex();
}

const corpus::Corpus& the_corpus() {
  static const corpus::Corpus kCorpus =
      take_or_abort(corpus::load_blob(corpus::embedded_blob(), sha256_hex));
  return kCorpus;
}

const conduct::Mappings& the_mappings() {
  static const conduct::Mappings kMappings =
      take_or_abort(conduct::parse_mappings(the_corpus().mappings));
  return kMappings;
}

std::vector<corpus::CorpusFile> corpus_files() {
  const base::Json blob = take_or_abort(
      base::parse_json(corpus::embedded_blob(), "corpus blob", {.max_depth = kBlobDepth}));
  std::vector<corpus::CorpusFile> out;
  for (const base::Json& file : blob.at("files").as_array()) {
    out.push_back({.path = std::string(file.at("path").as_string()),
                   .doc = file.at("doc"),
                   .lines = file.at("lines").as_object()});
  }
  return out;
}

base::Result<law::LawBook> make_book(std::span<const corpus::CorpusFile> files,
                                     const std::function<void(law::LawBook&)>& change,
                                     const law::LinkOptions& options) {
  corpus::Reading reading = corpus::read_files(files);
  if (!reading.faults.empty()) return reading.faults.front();
  if (change) change(reading.book);
  ROG_CHECKED(reading.book.link(options));
  return std::move(reading.book);
}

bool has_open_reference(const law::LawBook& book, law::ProvisionIndex provision) {
  const law::LinkedNode* tree = book.compiled(provision).formula.tree;
  return tree != nullptr && is_open(*tree);
}

}  // namespace rogatory::test
