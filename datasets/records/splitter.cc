#include "datasets/records/splitter.h"

#include "datasets/json/splitter.h"
#include "datasets/table/splitter.h"

namespace vernier {

std::unique_ptr<Splitter> make_splitter(const Layout& layout) {
  using Shape = Layout::Shape;
  switch (layout.shape) {
    case Shape::kJsonStream:
      return std::make_unique<json::StreamSplitter>();
    case Shape::kJsonArray:
      return std::make_unique<json::ArraySplitter>("");
    case Shape::kJsonMember:
      return std::make_unique<json::ArraySplitter>(layout.member);
    case Shape::kTable:
      return std::make_unique<table::RowSplitter>(layout.delimiter, table::quoting_of(layout),
                                                  false);
    case Shape::kLines:
      break;
  }
  return std::make_unique<table::RowSplitter>('\t', table::Quoting::kNone, true);
}

}  // namespace vernier
