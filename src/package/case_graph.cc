// SPDX-License-Identifier: EUPL-1.2

#include "package/case_graph.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/shape.h"
#include "package/detail/case_terms.h"

namespace rogatory::package {
namespace {

using base::JsonArray;
using base::JsonObject;

JsonObject reference(const std::string& id) {
  return {{"@id", id}};
}

JsonObject typed(std::string_view type, std::string value) {
  return {{"@type", type}, {"@value", std::move(value)}};
}

/// Names that say nothing but which thing of which sealed set is meant: the same in a bundle and in
/// what is disclosed of it, so that two graphs can be laid on each other.
class Names final {
 public:
  explicit Names(const BundleContents& contents) : root_(contents.set.root.hex()) {}

  std::string of(std::string_view what, std::string_view key) const {
    return case_id(what, root_ + '/' + std::string(what) + '/' + std::string(key));
  }
  std::string file(const BundleItem& item) const {
    return of("file", std::to_string(item.set_index));
  }
  std::string record(const BundleItem& item) const {
    return of("provenance-record", std::to_string(item.set_index));
  }

 private:
  std::string root_;
};

class GraphWriter final {
 public:
  explicit GraphWriter(const BundleContents& contents) : contents_(contents), names_(contents) {}

  base::Result<std::string> run() {
    for (const BundleItem& item : contents_.items) add_item(item);
    for (const BundleLeaf& leaf : contents_.leaves) ROG_CHECKED(add_action(leaf));
    for (const std::string& role : roles_) {
      graph_.push_back(JsonObject{
          {"@id", names_.of("role", role)}, {"@type", kRoleType}, {"uco-core:name", role}});
    }
    return base::canonical_json(JsonObject{{"@context", case_context()}, {"@graph", graph_}});
  }

 private:
  JsonObject hash(const BundleItem& item, std::string_view method, const std::string& hex) const {
    return {{"@id", names_.of("hash", std::to_string(item.set_index) + '/' + std::string(method))},
            {"@type", kHashType},
            {"uco-types:hashMethod", method},
            {"uco-types:hashValue", typed("xsd:hexBinary", hex)}};
  }

  void add_item(const BundleItem& item) {
    const ItemRecord& record = item.sealed.record;
    const std::string index = std::to_string(item.set_index);
    const JsonObject file_facet = {
        {"@id", names_.of("file-facet", index)},
        {"@type", kFileFacetType},
        {"uco-observable:fileName", record.name},
        {"uco-observable:sizeInBytes", static_cast<std::int64_t>(record.size_bytes)}};
    const JsonObject content_facet = {
        {"@id", names_.of("content-facet", index)},
        {"@type", kContentFacetType},
        {"uco-observable:hash", JsonArray{hash(item, "SHA256", record.sha256.hex()),
                                          hash(item, "SHA512", record.sha512.hex())}}};
    graph_.push_back(JsonObject{{"@id", names_.file(item)},
                                {"@type", kFileType},
                                {"uco-core:hasFacet", JsonArray{file_facet, content_facet}}});
    JsonObject provenance = {{"@id", names_.record(item)},
                             {"@type", kProvenanceType},
                             {"uco-core:object", JsonArray{reference(names_.file(item))}}};
    if (!item.exhibit.empty()) provenance["case-investigation:exhibitNumber"] = item.exhibit;
    graph_.push_back(std::move(provenance));
  }

  /// The files that an event is about: those named, or all of the bundle for the seal of its set.
  std::vector<const BundleItem*> files_of(const BundleLeaf& leaf) const {
    std::vector<const BundleItem*> files;
    for (const BundleItem& item : contents_.items) {
      const bool is_named =
          std::find(leaf.about.begin(), leaf.about.end(), item.set_index) != leaf.about.end();
      if (leaf.about.empty() || is_named) files.push_back(&item);
    }
    return files;
  }

  base::Result<void> add_action(const BundleLeaf& leaf) {
    ROG_TRY(const EventLeaf event, EventLeaf::parse(leaf.bytes));
    JsonObject action = {{"@id", names_.of("action", std::to_string(leaf.proof.index))},
                         {"@type", kActionType},
                         {"uco-core:name", event.kind},
                         {"uco-action:startTime", typed("xsd:dateTime", event.at)},
                         {"uco-action:endTime", typed("xsd:dateTime", event.at)}};
    JsonArray objects;
    JsonArray results;
    for (const BundleItem* const item : files_of(leaf)) {
      objects.push_back(reference(names_.file(*item)));
      results.push_back(reference(names_.record(*item)));
    }
    if (!objects.empty()) action["uco-action:object"] = objects;
    if (!results.empty()) action["uco-action:result"] = results;
    for (const Opening& opening : leaf.openings) {
      if (opening.member != "role" || !opening.value.is_string()) continue;
      const std::string role(opening.value.get_string());
      roles_.insert(role);
      action["uco-action:performer"] = reference(names_.of("role", role));
    }
    graph_.push_back(std::move(action));
    return {};
  }

  const BundleContents& contents_;
  Names names_;
  JsonArray graph_;
  std::set<std::string> roles_;
};

}  // namespace

base::Result<std::string> case_graph(const BundleContents& contents) {
  return GraphWriter(contents).run();
}

}  // namespace rogatory::package
