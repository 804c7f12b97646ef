// The dependency rule of docs/architecture.md, read off the #include lines themselves.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace vernier {
namespace {

namespace fs = std::filesystem;

// What each room may include: path prefixes. A room always knows itself.
const std::map<std::string, std::vector<std::string>> kAllowed = {
    {"base", {"base/"}},
    {"metrics", {"base/", "metrics/"}},
    {"datasets", {"base/", "datasets/", "metrics/text/"}},
    {"judges", {"base/", "judges/", "datasets/", "metrics/text/"}},
    {"results", {"base/", "results/", "metrics/aggregate/", "metrics/text/"}},
    {"runners", {"base/", "metrics/", "datasets/", "judges/", "results/", "runners/"}},
};

bool is_source(const fs::path& path) {
  const std::string ending = path.extension();
  return ending == ".h" || ending == ".cc" || ending == ".cu";
}

template <class Visit>
void for_each_line(const std::string& room, Visit visit) {
  const fs::path root = fs::path(VERNIER_SOURCE) / room;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || !is_source(entry.path())) continue;
    std::ifstream file(entry.path());
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
      visit(fs::relative(entry.path(), VERNIER_SOURCE).string(), number, line);
    }
  }
}

TEST(Architecture, RoomsIncludeOnlyWhatTheyMayKnow) {
  std::size_t includes = 0;
  for (const auto& [room, allowed] : kAllowed) {
    for_each_line(room, [&](const std::string& file, int number, const std::string& line) {
      if (!line.starts_with("#include \"")) return;
      const std::string path = line.substr(10, line.find('"', 10) - 10);
      ++includes;
      bool fine = false;
      for (const std::string& prefix : allowed) fine = fine || path.starts_with(prefix);
      EXPECT_TRUE(fine) << file << ":" << number << " includes " << path << ", which " << room
                        << " must not know";
    });
  }
  EXPECT_GT(includes, 50u) << "the test looked at the wrong folder";
}

TEST(Architecture, OnlyTheCommandLineExitsOrOwnsMain) {
  for (const auto& [room, allowed] : kAllowed) {
    for_each_line(room, [&](const std::string& file, int number, const std::string& line) {
      if (line.find("int main(") != std::string::npos) {
        EXPECT_EQ(file, "runners/main.cc");
      }
      if (room == "runners") return;
      for (const char* call : {"std::exit(", "std::abort(", "std::cout", "std::cerr", "printf("}) {
        EXPECT_EQ(line.find(call), std::string::npos)
            << file << ":" << number << ": a library neither prints nor exits (" << call << ")";
      }
    });
  }
}

TEST(Architecture, FoldersHoldAtMostTenSources) {
  for (const auto& [room, allowed] : kAllowed) {
    std::map<std::string, int> sources;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(VERNIER_SOURCE) / room)) {
      if (entry.is_regular_file() && is_source(entry.path())) {
        ++sources[entry.path().parent_path().string()];
      }
    }
    for (const auto& [folder, count] : sources) {
      EXPECT_LE(count, 10) << folder << ": make sub-folders by meaning";
    }
  }
}

}  // namespace
}  // namespace vernier
