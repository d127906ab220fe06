// SPDX-License-Identifier: EUPL-1.2
//
// The corpus compiler: reads, checks and lints a folder of law and writes it as one blob, and as a
// source file that holds the blob. Runs while the program is built; errors read as those of a
// compiler, with file and line. Warnings and the rules that ask the solver are left to
// `rogatory law lint`.

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "corpus/compile.h"
#include "corpus/folder.h"
#include "corpus/lint.h"

namespace {

using namespace rogatory;

// Compilers take string literals of any length, editors do not take lines of a megabyte.
constexpr std::size_t kPieceBytes = 8192;

struct Options {
  std::filesystem::path folder;
  std::filesystem::path source;
  std::filesystem::path blob;
};

int fail(const base::Error& error) {
  std::fprintf(stderr, "%s\n", error.to_string().c_str());
  return base::exit_code(error.code);
}

// Prints the errors with paths that a reader can open.
void print_errors(std::vector<corpus::LintFinding> findings, const std::filesystem::path& folder) {
  for (corpus::LintFinding& finding : findings) {
    if (finding.severity == corpus::Severity::kWarning) continue;
    if (!finding.place.file.empty()) finding.place.file = (folder / finding.place.file).string();
    std::fprintf(stderr, "%s\n", finding.to_string().c_str());
  }
}

// A blob has no control characters, so these are all that a literal must escape.
void append_escaped(std::string& out, char c) {
  if (c == '"' || c == '\\') out += '\\';
  out += c;
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// The blob as adjacent string literals, none of which cuts a character in two.
std::string literals(std::string_view blob) {
  std::string out;
  std::size_t in_piece = kPieceBytes;
  for (const char c : blob) {
    if (in_piece >= kPieceBytes && !continues_character(c)) {
      out += out.empty() ? "\n    \"" : "\"\n    \"";
      in_piece = 0;
    }
    append_escaped(out, c);
    ++in_piece;
  }
  return out + '"';
}

std::string source_text(std::string_view blob, std::string_view index) {
  return "// Compiled from corpus/ by rogatory_corpusc. Do not edit.\n"
         "#include \"corpus/embedded_blob.h\"\n\n"
         "namespace rogatory::corpus {\nnamespace {\n\nconstexpr char kBlob[] =" +
         literals(blob) + ";\n\nconstexpr char kIndex[] =" + literals(index) +
         ";\n\n}  // namespace\n\nstd::string_view embedded_blob() {\n  return {kBlob, "
         "sizeof(kBlob) - 1};\n}\n\nstd::string_view embedded_index() {\n  return {kIndex, "
         "sizeof(kIndex) - 1};\n}\n\n"
         "}  // namespace rogatory::corpus\n";
}

// What is written must load; who loads it computes the digest.
base::Result<void> write_outputs(const corpus::CorpusFiles& files, const Options& options) {
  const std::string blob = corpus::to_blob(files.files);
  ROG_CHECKED(corpus::load_blob(blob, [](std::string_view) { return std::string(); }));
  const std::string index = corpus::BlobIndex::make(files.files).to_text();
  ROG_CHECKED(corpus::load_part({.bytes = blob, .index = index, .digest = {}}, {.is_all = true}));
  ROG_CHECKED(base::write_file_atomic(options.blob, blob));
  return base::write_file_atomic(options.source, source_text(blob, index));
}

int run(const Options& options) {
  const auto schemas = corpus::SchemaSet::make(corpus::embedded_schemas());
  if (!schemas.ok()) return fail(schemas.error());
  const auto files = corpus::read_folder(options.folder, *schemas);
  if (!files.ok()) return fail(files.error());
  const auto findings = corpus::lint(*files, {.with_meaning = false});
  if (corpus::has_errors(findings)) {
    print_errors(findings, options.folder);
    return base::exit_code(base::ErrorCode::kLint);
  }
  const auto written = write_outputs(*files, options);
  return written.ok() ? 0 : fail(written.error());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: rogatory_corpusc <corpus folder> <source.cc> <blob.json>\n");
    return base::exit_code(base::ErrorCode::kInvalidArgument);
  }
  return run({.folder = argv[1], .source = argv[2], .blob = argv[3]});
}
