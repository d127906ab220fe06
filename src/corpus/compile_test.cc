// SPDX-License-Identifier: EUPL-1.2

#include "corpus/compile.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "base/file.h"
#include "corpus/coverage.h"
#include "corpus/detail/sample_corpus.h"
#include "corpus/detail/walk.h"
#include "support/shared.h"

namespace rogatory::corpus {
namespace {

std::string size_digest(std::string_view bytes) {
  return "bytes:" + std::to_string(bytes.size());
}

// A folder that holds the sample, gone with the test.
class SampleFolder {
 public:
  SampleFolder()
      : path_(std::filesystem::temp_directory_path() /
              ("rogatory-corpus-" + std::to_string(::getpid()))) {
    for (const SourceText& source : detail::sample_texts()) {
      std::filesystem::create_directories((path_ / source.path).parent_path());
      write(source.path, source.text);
    }
  }
  ~SampleFolder() { std::filesystem::remove_all(path_); }
  SampleFolder(const SampleFolder&) = delete;
  SampleFolder& operator=(const SampleFolder&) = delete;

  void write(const std::string& file, std::string_view text) const {
    EXPECT_TRUE(base::write_file_atomic(path_ / file, text).ok());
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Corpus load(base::Result<Corpus> result) {
  EXPECT_TRUE(result.ok()) << result.error().to_string();
  return result.take();
}

// What the loaded law says, so far as text can tell.
std::string summary(const Corpus& corpus) {
  std::string out = corpus.book.digest + '\n';
  detail::for_each_citation(corpus.book, [&](const law::Citation& citation) {
    out += citation.place.to_string() + ' ' + citation.cite + ' ' + citation.says + ' ' +
           std::string(law::to_text(citation.confidence)) + ' ' + citation.source + ' ' +
           citation.pin + '\n';
  });
  for (const FileName& file : corpus.files) out += file.path + ' ' + file.format + '\n';
  out += base::canonical_json(corpus.mappings);
  return out + std::to_string(corpus.book.atoms().size()) + ' ' +
         std::to_string(corpus.book.formulas().size());
}

TEST(Compile, WritesCanonicalJson) {
  const std::string blob = to_blob(detail::read_sample(detail::sample_texts()).files);
  const auto parsed = base::parse_json(blob, "blob");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(base::canonical_json(*parsed), blob);
  EXPECT_EQ(parsed->at("format").as_string(), "rogatory.corpus-blob/1");
  const auto& files = parsed->at("files").as_array();
  ASSERT_EQ(files.size(), 6U);
  EXPECT_EQ(files[0].at("path").as_string(), "instruments/conv-2001/instrument.yaml");
  EXPECT_EQ(files[1].at("lines").at("/provisions/0").as_int64(), 7);
  EXPECT_EQ(files[1].at("lines").at("/provisions/0/elements/all/2").as_int64(), 19);
}

TEST(Compile, DoesNotDependOnTheOrderOfFiles) {
  auto texts = detail::sample_texts();
  const std::string blob = to_blob(detail::read_sample(texts).files);
  std::ranges::reverse(texts);
  EXPECT_EQ(to_blob(detail::read_sample(texts).files), blob);
}

TEST(Compile, BlobAndFolderGiveTheSameLaw) {
  const SampleFolder folder;
  folder.write("README.md", "not law");
  const std::string blob = compile_blob(folder.path()).take();
  EXPECT_EQ(blob, to_blob(detail::read_sample(detail::sample_texts()).files));
  const Corpus from_blob = load(load_blob(blob, size_digest));
  const Corpus from_folder = load(load_folder(folder.path(), size_digest));
  EXPECT_EQ(from_blob.book.digest, "bytes:" + std::to_string(blob.size()));
  EXPECT_EQ(summary(from_blob), summary(from_folder));
  EXPECT_NE(from_blob.book.find_provision("NOR:s-204"), nullptr);
}

TEST(Compile, KeepsDocumentsOfRequests) {
  const std::string blob = to_blob(detail::read_sample(detail::cooperation_texts()).files);
  const Corpus corpus = load(load_blob(blob, size_digest));
  EXPECT_EQ(corpus.request_kinds.at("freezing").at("group").as_string(), "assets");
  EXPECT_EQ(corpus.request_contents.at("format").as_string(), "rogatory.request-contents/1");
  EXPECT_EQ(corpus.wording.at("format").as_string(), "rogatory.wording/1");
}

TEST(Compile, TellsTheFirstFaultOfAFolder) {
  const SampleFolder folder;
  folder.write("states/NOR/state.yaml", "format: rogatory.state/1\nstate: [NO\n");
  const auto blob = compile_blob(folder.path());
  ASSERT_FALSE(blob.ok());
  EXPECT_EQ(blob.error().code, base::ErrorCode::kParse);
  EXPECT_EQ(blob.error().place.file, "states/NOR/state.yaml");
  EXPECT_EQ(compile_blob(folder.path() / "absent").error().code, base::ErrorCode::kNotFound);
}

std::string blob_fault(std::string_view bytes) {
  const auto result = load_blob(bytes, size_digest);
  return result.ok() ? "loaded" : result.error().to_string();
}

TEST(Compile, RefusesWhatIsNoBlob) {
  EXPECT_EQ(load_blob("{", size_digest).error().code, base::ErrorCode::kParse);
  EXPECT_EQ(blob_fault("[]"), "not a corpus blob: `format` is not rogatory.corpus-blob/1 (schema)");
  EXPECT_EQ(blob_fault(R"({"format":"rogatory.corpus-blob/1"})"),
            "not a corpus blob: `files` is not a list (schema)");
  EXPECT_EQ(blob_fault(R"({"format":"rogatory.corpus-blob/1","files":[{"path":"a"}]})"),
            "not a corpus blob: a file needs `path`, `doc` and `lines` (schema)");
  EXPECT_EQ(blob_fault(
                R"({"format":"rogatory.corpus-blob/1","files":[{"path":"a","doc":1,"lines":{}}]})"),
            "a: the document is not a mapping (schema)");
}

TEST(Compile, LoadsTheWholeCorpus) {
  const auto folder = test::source_dir() / "corpus";
  const auto blob = compile_blob(folder);
  ASSERT_TRUE(blob.ok()) << blob.error().to_string();
  const auto start = std::chrono::steady_clock::now();
  const Corpus corpus = load(load_blob(*blob, size_digest));
  RecordProperty("load_ms", static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                                 std::chrono::steady_clock::now() - start)
                                                 .count()));
  EXPECT_FALSE(corpus.book.provisions.empty());
  EXPECT_FALSE(corpus.mappings.empty());
}

}  // namespace
}  // namespace rogatory::corpus
