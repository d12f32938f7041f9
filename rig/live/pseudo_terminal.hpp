// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rig::live {

/// A pseudo-terminal in raw mode whose far end looks like a serial device to a client: /dev/pts/N. Nobody holds the far
/// end open but the client, so that a new client finds nothing of the last one's. Gone with the object.
class PseudoTerminal {
 public:
  /// `baud` is what the far end is set to until a client says otherwise. Throws std::system_error.
  explicit PseudoTerminal(int baud);
  ~PseudoTerminal();
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] int descriptor() const { return near_; }
  /// A client has the far end open, or had it and left bytes that nobody read yet.
  [[nodiscard]] bool is_open() const;
  /// What the client has sent, at most `most` bytes; valid until the next call.
  std::span<const char> read(std::size_t most);
  /// Returns how many bytes found room; the rest is lost, as on a line without flow control. None without a client.
  std::size_t write(std::span<const char> bytes);
  /// The speed that the client has set; nullopt: an unusual one.
  [[nodiscard]] std::optional<int> baud() const;

 private:
  void forget_unread() const;

  int near_ = -1;
  bool was_written_ = false;
  std::string path_;
  std::vector<char> bytes_;
};

/// A folder with links of stable names to devices. One session a folder, and none takes a file that is not a link. All
/// links are gone with the object, and so is the folder if it was made for them.
class Links {
 public:
  /// Throws CannotStart, as add() does.
  explicit Links(std::filesystem::path folder);
  ~Links();
  Links(const Links&) = delete;
  Links& operator=(const Links&) = delete;

  /// folder/name -> device; returns its path.
  std::filesystem::path add(const std::string& name, const std::string& device);

 private:
  std::filesystem::path folder_;
  int lock_ = -1;
  bool made_ = false;
  std::vector<std::pair<std::filesystem::path, std::string>> links_;  // and where each points
};

}  // namespace rig::live
