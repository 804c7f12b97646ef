#include "runners/probe/output/rate_curve_json.h"

#include "base/json_text.h"

namespace vernier {

void append_rate_curve(std::string& out, std::string_view name, std::span<const RatePoint> curve) {
  append_json_key(out, name);
  out.push_back('[');
  for (const RatePoint& point : curve) {
    out += out.back() == '[' ? "\n  {" : ",\n  {";
    append_json_member(out, "from", point.from);
    append_json_member(out, "to", point.to);
    append_json_count(out, "cases", point.cases);
    append_json_count(out, "hallucinated", point.bad);
    append_json_member(out, "rate", point.rate);
    append_json_member(out, "low", point.low);
    append_json_member(out, "high", point.high);
    out.push_back('}');
  }
  out.push_back(']');
}

}  // namespace vernier
