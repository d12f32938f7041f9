// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

/// A machine made of one temporary folder: a checkout that holds only ./cellrig, and a PATH on which apt-get,
/// dpkg-query, sudo, id, cmake, ninja and ctest are shell scripts that note how they were called. Nothing of the real
/// machine is asked or changed; the other commands on that PATH are the few the entry script needs.
namespace tests::house {

struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

class FakeMachine {
 public:
  /// A machine where everything is installed, nothing is built, and we are root. Its path holds spaces.
  FakeMachine();
  ~FakeMachine();
  FakeMachine(const FakeMachine&) = delete;
  FakeMachine& operator=(const FakeMachine&) = delete;

  void remove_package(const std::string& package);
  void remove_command(const std::string& command);              ///< Takes it off the PATH.
  void be_user() { note("uid", "1000\n"); }                     ///< Not root any more.
  void note(const std::string& name, const std::string& text);  ///< Writes a file the fakes look at; see the source.
  void source_changed();                                        ///< There is something to build again.
  void start_through_link();  ///< From now on it is called by a link in another folder.

  /// Runs ./cellrig with `args` from `from` (default: the root folder /), without a terminal, and waits for it.
  Outcome run(const std::vector<std::string>& args, const std::filesystem::path& from = "/");

  /// The same in `times` processes at once; returns when all have ended.
  std::vector<Outcome> run_at_once(const std::vector<std::string>& args, int times);

  /// What `command` was called with, one call a line; empty when it never was.
  [[nodiscard]] std::string calls(const std::string& command) const;

  [[nodiscard]] std::filesystem::path checkout() const { return root_ / "check out"; }

 private:
  pid_t start(const std::vector<std::string>& args, const std::filesystem::path& from, const std::string& id) const;
  [[nodiscard]] Outcome finish(pid_t child, const std::string& id) const;
  void fake(const std::string& command, const std::string& body) const;

  std::filesystem::path root_;
  std::filesystem::path script_;
};

}  // namespace tests::house
