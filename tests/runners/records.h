// Many small records with their references inside.
#pragma once

#include <string>

namespace vernier::tests {

inline std::string many_records(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += R"({"image_id":)" + std::to_string(i) + R"(,"candidate":"a dog number )" +
            std::to_string(i % 97) + R"( runs","references":["a dog is running","dog )" +
            std::to_string(i % 89) + R"("]})" + "\n";
  }
  return text;
}

}  // namespace vernier::tests
