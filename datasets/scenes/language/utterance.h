// Sentences that know what their phrases mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vernier::scenes {

/// An object of one of the images that a text is about.
struct Referent {
  std::uint32_t image = 0, object = 0;
};

/// Bytes [start, end) of a text describe these objects and no others; none: there is no such.
struct Mention {
  std::size_t start = 0, end = 0;
  std::vector<Referent> referents;
};

struct Utterance {
  std::string text;
  std::vector<Mention> mentions;  ///< by place

  void add(std::string_view words) { text += words; }
  void add(std::string_view words, std::vector<Referent> referents) {
    mentions.push_back({text.size(), text.size() + words.size(), std::move(referents)});
    text += words;
  }
  void add(const Utterance& other) {
    for (const Mention& mention : other.mentions) {
      mentions.push_back(
          {mention.start + text.size(), mention.end + text.size(), mention.referents});
    }
    text += other.text;
  }
  /// The first letter of the text becomes a capital.
  void capitalize() {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
      text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
  }
};

}  // namespace vernier::scenes
