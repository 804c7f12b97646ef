// The dependency rule of docs/architecture.md, read off the #include lines themselves.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
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
  return ending == ".h" || ending == ".cc" || ending == ".cu" || ending == ".cuh";
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
  for (const auto& entry : kAllowed) {
    const std::string& room = entry.first;
    for_each_line(room, [&](const std::string& file, int number, const std::string& line) {
      if (!line.starts_with("#include \"")) return;
      const std::string path = line.substr(10, line.find('"', 10) - 10);
      ++includes;
      bool fine = false;
      for (const std::string& prefix : entry.second) fine = fine || path.starts_with(prefix);
      EXPECT_TRUE(fine) << file << ":" << number << " includes " << path << ", which " << room
                        << " must not know";
    });
  }
  EXPECT_GT(includes, 50u) << "the test looked at the wrong folder";
}

TEST(Architecture, OnlyTheCommandLineExitsOrOwnsMain) {
  for (const auto& entry : kAllowed) {
    const std::string& room = entry.first;
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

/// The class that a line begins to define; empty where it defines none.
std::string defined_class(const std::string& line) {
  for (const char* kind : {"struct ", "class ", "enum class "}) {
    if (!line.starts_with(kind) || line.find(';') != std::string::npos) continue;
    std::string name = line.substr(std::string(kind).size());
    if (name.starts_with("alignas(")) name = name.substr(name.find(')') + 2);
    return name.substr(0, name.find_first_of(" :{"));
  }
  return "";
}

// Two classes of one name in one namespace are one to the linker: it takes a template of either for
// both.
TEST(Architecture, NoTwoHeadersDefineTheSameClass) {
  std::map<std::string, std::string> defined;  // by full name, where
  for (const auto& [room, allowed] : kAllowed) {
    std::string file_before, scope;
    for_each_line(room, [&](const std::string& file, int, const std::string& line) {
      if (!file.ends_with(".h")) return;
      if (file != file_before) scope.clear();
      file_before = file;
      constexpr std::string_view kNamespace = "namespace ";
      if (line.starts_with(kNamespace) && line.ends_with('{')) {
        scope += line.substr(kNamespace.size(), line.size() - kNamespace.size() - 1) + "::";
      }
      const std::string name = defined_class(line);
      if (name.empty()) return;
      const auto [other, fresh] = defined.try_emplace(scope + name, file);
      EXPECT_TRUE(fresh || other->second == file)
          << other->first << " is defined in " << other->second << " and in " << file;
    });
  }
  EXPECT_GT(defined.size(), 100u);
}

}  // namespace
}  // namespace vernier
