#include "datasets/annotations/coco_instances.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/io/byte_source.h"
#include "datasets/json/cursor.h"
#include "metrics/text/text_set.h"

namespace vernier {
namespace {

using View = std::string_view;
using json::Cursor;

/// Calls visit(key) for each member of an object; what it returns false for is passed over.
template <class Visit>
void for_each_member(Cursor& cursor, Visit visit) {
  cursor.expect('{', "an object");
  bool first = true;
  for (json::RawString key; cursor.next_member(first, key);) {
    if (!visit(key.bytes())) cursor.value();
  }
}

template <class Visit>
void for_each_element(Cursor& cursor, Visit visit) {
  cursor.expect('[', "a list");
  for (bool first = true; cursor.next_element(first);) visit();
}

class Reader {
 public:
  Reader(View text, CocoInstances& out) : cursor_(text), out_(out) {}

  void read() {
    for_each_member(cursor_, [&](View key) {
      if (key == "images") {
        for_each_element(cursor_, [&] { read_image(); });
      } else if (key == "categories") {
        for_each_element(cursor_, [&] { read_category(); });
      } else if (key == "annotations") {
        for_each_element(cursor_, [&] { read_annotation(); });
      } else {
        return false;
      }
      return true;
    });
    cursor_.skip_space();
    if (!cursor_.at_end()) cursor_.fail("the end of the file");
    finish();
  }

 private:
  /// A number or a string, as text.
  std::string id() {
    if (cursor_.type() == json::Type::kString) return std::string(cursor_.string().bytes());
    if (cursor_.type() != json::Type::kNumber) cursor_.fail("an id");
    return std::string(cursor_.value());
  }

  CocoInstances::Image& image(const std::string& id) {
    const auto [known, fresh] = images_.try_emplace(id, out_.images.size());
    if (fresh) out_.images.push_back({id, {}});
    return out_.images[known->second];
  }

  void read_image() {
    for_each_member(cursor_, [&](View key) {
      if (key != "id") return false;
      image(id());
      return true;
    });
  }

  void read_category() {
    std::string number, name;
    for_each_member(cursor_, [&](View key) {
      if (key == "id") {
        number = id();
      } else if (key == "name") {
        if (cursor_.type() != json::Type::kString) cursor_.fail("the name of a category");
        name = cursor_.string().bytes();
      } else {
        return false;
      }
      return true;
    });
    if (number.empty() || name.empty()) cursor_.fail("an id and a name in every category");
    categories_.insert_or_assign(number, out_.categories.size());
    out_.categories.push_back(name);
  }

  void read_annotation() {
    std::string of, category;
    for_each_member(cursor_, [&](View key) {
      if (key == "image_id") {
        of = id();
      } else if (key == "category_id") {
        category = id();
      } else {
        return false;
      }
      return true;
    });
    if (of.empty() || category.empty()) {
      cursor_.fail("an image_id and a category_id in every annotation");
    }
    const auto [known, fresh] = used_.try_emplace(category, used_names_.size());
    if (fresh) used_names_.push_back(category);
    image(of).categories.push_back(known->second);
  }

  /// Categories may stand behind the annotations; only now are all of them known.
  void finish() {
    std::vector<std::size_t> numbers;
    for (const std::string& category : used_names_) {
      const auto known = categories_.find(category);
      if (known == categories_.end()) cursor_.fail("every category_id among the categories");
      numbers.push_back(known->second);
    }
    for (CocoInstances::Image& one : out_.images) {
      for (std::size_t& category : one.categories) category = numbers[category];
      std::ranges::sort(one.categories);
      one.categories.erase(std::unique(one.categories.begin(), one.categories.end()),
                           one.categories.end());
    }
  }

  Cursor cursor_;
  CocoInstances& out_;
  text::TextMap<std::size_t> images_, categories_, used_;
  std::vector<std::string> used_names_;
};

}  // namespace

CocoInstances read_coco_instances(const std::string& path) {
  const auto source = ByteSource::open(path);
  CocoInstances out;
  out.name = source->name();
  const std::string text = source->read_rest();
  try {
    Reader(text, out).read();
  } catch (const json::Fault& fault) {
    const auto end =
        text.begin() + static_cast<std::ptrdiff_t>(std::min(fault.offset, text.size()));
    throw Error(
        ExitCode::kBadInput,
        fmt::format("{}:{}: {}", out.name, 1 + std::count(text.begin(), end, '\n'), fault.message));
  }
  if (out.images.empty()) {
    throw Error(
        ExitCode::kBadInput,
        fmt::format("{}: expected \"images\" and \"annotations\" of COCO's instances, found "
                    "none",
                    out.name));
  }
  return out;
}

}  // namespace vernier
