// SPDX-License-Identifier: EUPL-1.2
//
// Bags: folders with manifests (BagIt 1.0, RFC 8493). Single-threaded.
//
// Nothing named in a bag is ever fetched, and no symbolic link is followed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/chunk_digest.h"
#include "package/bag_text.h"
#include "package/content.h"

namespace rogatory::package {

enum class BagProblemKind {
  /// A file of the bag's own is absent or cannot be read.
  kMalformed,
  /// Listed, and not there.
  kMissing,
  /// There, and not listed.
  kUnlisted,
  /// The content is not the one that was listed.
  kAltered,
  /// A link, device or socket, or a name that could lead elsewhere.
  kRefused,
};

/// `missing`, `altered` and so on.
std::string_view bag_problem_name(BagProblemKind kind);

struct BagProblem {
  BagProblemKind kind = BagProblemKind::kMalformed;
  /// Relative to the bag; empty when it is about all of it.
  std::string path;
  std::string text;
};

/// What was found of a bag.
struct BagReport {
  BagDeclaration declaration;
  BagInfo info;
  std::vector<BagProblem> problems;
  std::vector<std::string> warnings;
  /// Every regular file, sorted.
  std::vector<std::string> files;
  /// Manifests with digests that are not known here.
  std::vector<std::string> not_checked;
  std::vector<crypto::DigestName> payload_digests;
  std::vector<crypto::DigestName> tag_digests;
  std::uint64_t payload_files = 0;
  std::uint64_t payload_bytes = 0;
  std::uint64_t tag_files = 0;

  /// Complete and valid (RFC 8493 3).
  bool is_valid() const { return problems.empty(); }
};

/// Reads one file of the bag and gives the digests asked for.
using BagDigester = std::function<base::Result<DigestedContent>(
    const std::string& path, const std::vector<crypto::DigestName>& names)>;

struct BagOptions {
  /// False: the digests of the payload are not compared, and the report says so.
  bool compare_payload = true;
  /// Reads the files instead of digest_content; for callers that want more of the same pass.
  BagDigester digest;
};

/// Checks a bag: its own files, that payload and manifests agree (since 1.0 each manifest lists
/// every file), every digest, Payload-Oxum. What is wrong stands in the report; errors are
/// kNotFound and kIo for the folder itself and kLimit for more files than base::kMaxListedFiles.
base::Result<BagReport> check_bag(const std::filesystem::path& folder,
                                  const BagOptions& options = {});

/// Writes a bag of version 1.0 with SHA-256 and SHA-512. The bag appears under its name when it is
/// finished; an unfinished one is removed.
///
///     ROG_TRY(BagWriter bag, BagWriter::create("out/bag"));
///     ROG_CHECKED(bag.add("data/a.txt", source_of("abc")));
///     ROG_CHECKED(bag.finish({{"Source-Organization", "Ministry"}}));
class BagWriter final {
 public:
  /// kConflict when there is something of that name; kIo.
  static base::Result<BagWriter> create(const std::filesystem::path& folder);

  BagWriter(BagWriter&&) noexcept;
  BagWriter& operator=(BagWriter&&) = delete;
  ~BagWriter();

  /// Writes one file, of the payload when its path is below `data/`; `leaves` takes the leaves of
  /// its chunk tree. kLint for a name that is refused, kConflict for one that is there or has a
  /// twin; errors of the source; kIo.
  base::Result<crypto::ContentDigests> add(const std::string& path, const ContentSource& source,
                                           crypto::LeafSink leaves = nullptr);

  /// A file that is written while another one is added. Pieces go to `write`; nothing of it counts
  /// before end().
  class Piecewise final {
   public:
    Piecewise(Piecewise&&) noexcept;
    ~Piecewise();
    base::Result<void> write(std::span<const std::byte> piece);

   private:
    friend class BagWriter;
    struct State;
    explicit Piecewise(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
  };
  /// Errors as of add(), but for those of a source.
  base::Result<Piecewise> begin(const std::string& path);
  base::Result<void> end(Piecewise file);

  /// Writes bagit.txt, bag-info.txt (Payload-Oxum is added) and the manifests, flushes all to the
  /// disk and gives the bag its name. Once only. kConflict when the name was taken meanwhile; kIo.
  base::Result<void> finish(BagInfo info);

 private:
  struct Written {
    std::string path;
    crypto::ContentDigests content;
  };

  explicit BagWriter(std::filesystem::path folder);
  /// The place of a file whose name is good and free.
  base::Result<std::filesystem::path> claim(const std::string& path);
  base::Result<void> add_manifests(std::string_view prefix, bool is_payload);

  std::filesystem::path folder_;
  std::filesystem::path partial_;
  std::vector<Written> written_;
  std::map<std::string, std::string> twins_;
};

}  // namespace rogatory::package
