// Parts of the program in shared objects of their own, opened on demand: what few runs need must
// not cost all of them its libraries.
#pragma once

#include <string>
#include <string_view>

namespace vernier {

/// Where a plugin lies: lib/vernier/FILE beside the folder of the running program, in a build as in
/// an installation.
std::string plugin_path(std::string_view file);

/// An open one; it is never closed, since libraries leave threads and exit handlers behind.
class Plugin {
 public:
  /// Whether other libraries may find its symbols.
  enum class Symbols { kOwn, kGlobal };

  /// Throws Error(kResource): `absent`, the path, the reason, and what to install (`package`).
  Plugin(std::string_view file, Symbols symbols, std::string_view absent, std::string_view package);

  /// A function by its name; Error(kResource) where the plugin has none.
  template <class Function>
  Function find(const char* name) const {
    return reinterpret_cast<Function>(address_of(name));
  }

 private:
  void* address_of(const char* name) const;

  std::string path_;
  void* library_;
};

}  // namespace vernier
