// SPDX-License-Identifier: EUPL-1.2

#include <map>

#include "base/instant.h"
#include "base/shape.h"
#include "crypto/digest.h"
#include "package/case_graph.h"
#include "package/detail/case_terms.h"

namespace rogatory::package {
namespace {

using base::Shape;

base::Result<std::string> get_id(const Shape& shape, std::string_view key = "@id") {
  ROG_TRY(const Shape member, shape.get(key));
  ROG_TRY(std::string id, member.text());
  if (!is_case_id(id)) return member.error("this is no identifier as it is written here");
  return id;
}

base::Result<std::string> get_reference(const Shape& shape) {
  ROG_CHECKED(shape.allow_only({"@id"}));
  return get_id(shape);
}

base::Result<void> expect_type(const Shape& shape, std::string_view type) {
  ROG_TRY(const std::string found, shape.get_text("@type"));
  if (found == type) return {};
  return shape.error("the type `" + std::string(type) + "` is expected");
}

base::Result<std::string> get_typed(const Shape& shape, std::string_view key,
                                    std::string_view type) {
  ROG_TRY(const Shape member, shape.get(key));
  ROG_CHECKED(member.allow_only({"@type", "@value"}));
  ROG_CHECKED(expect_type(member, type));
  return member.get_text("@value");
}

class GraphReader final {
 public:
  base::Result<CaseSummary> run(const Shape& root) {
    ROG_CHECKED(root.allow_only({"@context", "@graph"}));
    ROG_TRY(const Shape context, root.get("@context"));
    if (context.json() != base::Json(case_context())) {
      return context.error("this is not the context that is written here");
    }
    ROG_TRY(const Shape graph, root.get("@graph"));
    ROG_TRY(const std::vector<Shape> nodes, graph.items());
    for (const Shape& node : nodes) ROG_CHECKED(read_node(node));
    return link();
  }

 private:
  struct Provenance {
    std::string file;
    std::string exhibit;
  };
  struct Action {
    CaseSummary::Action action;
    std::string performer;
    std::vector<std::string> objects;
    std::vector<std::string> results;
  };

  base::Result<void> read_node(const Shape& node) {
    ROG_TRY(const std::string id, get_id(node));
    ROG_TRY(const std::string type, node.get_text("@type"));
    if (!ids_.emplace(id, type).second) return node.error("an identifier is used twice");
    if (type == kFileType) return read_file(id, node);
    if (type == kProvenanceType) return read_provenance(id, node);
    if (type == kActionType) return read_action(node);
    if (type == kRoleType) return read_role(id, node);
    return node.error("a node of another type than is written here");
  }

  base::Result<void> read_file(const std::string& id, const Shape& node) {
    ROG_CHECKED(node.allow_only({"@id", "@type", "uco-core:hasFacet"}));
    ROG_TRY(const std::vector<Shape> facets, node.find_items("uco-core:hasFacet"));
    if (facets.size() != 2) return node.error("a file has two facets");
    CaseSummary::File file;
    ROG_CHECKED(read_file_facet(facets[0], file));
    ROG_CHECKED(read_content_facet(facets[1], file));
    file_at_[id] = summary_.files.size();
    summary_.files.push_back(std::move(file));
    return {};
  }

  static base::Result<void> read_file_facet(const Shape& facet, CaseSummary::File& file) {
    ROG_CHECKED(facet.allow_only(
        {"@id", "@type", "uco-observable:fileName", "uco-observable:sizeInBytes"}));
    ROG_CHECKED(get_id(facet));
    ROG_CHECKED(expect_type(facet, kFileFacetType));
    ROG_TRY(file.name, facet.get_text("uco-observable:fileName"));
    ROG_TRY(const Shape size, facet.get("uco-observable:sizeInBytes"));
    ROG_TRY(const std::int64_t bytes, size.integer());
    if (bytes < 0) return size.error("a size is not negative");
    file.size_bytes = static_cast<std::uint64_t>(bytes);
    return {};
  }

  static base::Result<void> read_content_facet(const Shape& facet, CaseSummary::File& file) {
    ROG_CHECKED(facet.allow_only({"@id", "@type", "uco-observable:hash"}));
    ROG_CHECKED(get_id(facet));
    ROG_CHECKED(expect_type(facet, kContentFacetType));
    ROG_TRY(const std::vector<Shape> hashes, facet.find_items("uco-observable:hash"));
    if (hashes.size() != 2) return facet.error("a file has two digests");
    ROG_TRY(file.sha256, read_hash(hashes[0], "SHA256"));
    ROG_TRY(file.sha512, read_hash(hashes[1], "SHA512"));
    if (!crypto::Sha256Digest::parse_hex(file.sha256) ||
        !crypto::Sha512Digest::parse_hex(file.sha512)) {
      return facet.error("these are no digests of their kinds");
    }
    return {};
  }

  static base::Result<std::string> read_hash(const Shape& hash, std::string_view method) {
    ROG_CHECKED(hash.allow_only({"@id", "@type", "uco-types:hashMethod", "uco-types:hashValue"}));
    ROG_CHECKED(get_id(hash));
    ROG_CHECKED(expect_type(hash, kHashType));
    ROG_TRY(const std::string found, hash.get_text("uco-types:hashMethod"));
    if (found != method) return hash.error("`" + std::string(method) + "` is expected");
    return get_typed(hash, "uco-types:hashValue", "xsd:hexBinary");
  }

  base::Result<void> read_provenance(const std::string& id, const Shape& node) {
    ROG_CHECKED(
        node.allow_only({"@id", "@type", "uco-core:object", "case-investigation:exhibitNumber"}));
    ROG_TRY(const std::vector<Shape> objects, node.find_items("uco-core:object"));
    if (objects.size() != 1) return node.error("a provenance record is of one file");
    Provenance provenance;
    ROG_TRY(provenance.file, get_reference(objects[0]));
    ROG_TRY(provenance.exhibit, node.find_text("case-investigation:exhibitNumber"));
    provenance_.emplace(id, std::move(provenance));
    return {};
  }

  base::Result<void> read_action(const Shape& node) {
    ROG_CHECKED(node.allow_only({"@id", "@type", "uco-core:name", "uco-action:startTime",
                                 "uco-action:endTime", "uco-action:object", "uco-action:result",
                                 "uco-action:performer"}));
    Action action;
    ROG_TRY(action.action.kind, node.get_text("uco-core:name"));
    ROG_TRY(action.action.at, get_typed(node, "uco-action:startTime", "xsd:dateTime"));
    ROG_TRY(const std::string end, get_typed(node, "uco-action:endTime", "xsd:dateTime"));
    if (end != action.action.at || !base::Instant::parse(end)) {
      return node.error("an event has one time");
    }
    ROG_CHECKED(read_references(node, "uco-action:object", action.objects));
    ROG_CHECKED(read_references(node, "uco-action:result", action.results));
    if (const auto performer = node.find("uco-action:performer")) {
      ROG_TRY(action.performer, get_reference(*performer));
    }
    actions_.push_back(std::move(action));
    return {};
  }

  static base::Result<void> read_references(const Shape& node, std::string_view key,
                                            std::vector<std::string>& out) {
    ROG_TRY(const std::vector<Shape> items, node.find_items(key));
    for (const Shape& item : items) {
      ROG_TRY(std::string id, get_reference(item));
      out.push_back(std::move(id));
    }
    return {};
  }

  base::Result<void> read_role(const std::string& id, const Shape& node) {
    ROG_CHECKED(node.allow_only({"@id", "@type", "uco-core:name"}));
    ROG_TRY(roles_[id], node.get_text("uco-core:name"));
    return {};
  }

  static base::Error dangling(const std::string& id) {
    return base::Error{.code = base::ErrorCode::kLint,
                       .message = "`" + id + "` is referred to, and is not there as such"};
  }

  base::Result<CaseSummary> link() {
    for (const auto& [id, provenance] : provenance_) {
      const auto file = file_at_.find(provenance.file);
      if (file == file_at_.end()) return dangling(provenance.file);
      summary_.files[file->second].exhibit = provenance.exhibit;
    }
    for (Action& action : actions_) {
      for (const std::string& id : action.objects) {
        const auto file = file_at_.find(id);
        if (file == file_at_.end()) return dangling(id);
        action.action.files.push_back(summary_.files[file->second].name);
      }
      for (const std::string& id : action.results) {
        if (!provenance_.contains(id)) return dangling(id);
      }
      if (!action.performer.empty()) {
        const auto role = roles_.find(action.performer);
        if (role == roles_.end()) return dangling(action.performer);
        action.action.role = role->second;
      }
      summary_.actions.push_back(std::move(action.action));
    }
    return std::move(summary_);
  }

  CaseSummary summary_;
  std::map<std::string, std::string> ids_;
  std::map<std::string, std::size_t> file_at_;
  std::map<std::string, Provenance> provenance_;
  std::vector<Action> actions_;
  std::map<std::string, std::string> roles_;
};

}  // namespace

base::Result<CaseSummary> read_case_graph(std::string_view text) {
  ROG_TRY(const base::Json json, base::parse_json(text, ""));
  const base::PlaceOf place_of;
  return GraphReader().run(Shape(json, place_of));
}

}  // namespace rogatory::package
