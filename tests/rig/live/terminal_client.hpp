// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fcntl.h>
#include <gtest/gtest.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

namespace rig::live {

/// A client that opens a device and never waits.
class TerminalClient {
 public:
  explicit TerminalClient(const std::filesystem::path& device)
      : fd_(open(device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK)) {}
  ~TerminalClient() { close(fd_); }
  TerminalClient(const TerminalClient&) = delete;
  TerminalClient& operator=(const TerminalClient&) = delete;
  [[nodiscard]] bool is_there() const { return fd_ >= 0; }
  void say(std::string_view text) const {
    EXPECT_EQ(write(fd_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  [[nodiscard]] std::string hear() const {
    std::array<char, 8192> bytes;
    const ssize_t count = read(fd_, bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
  }
  void set_speed(speed_t speed) const {
    termios settings{};
    tcgetattr(fd_, &settings);
    cfsetspeed(&settings, speed);
    EXPECT_EQ(tcsetattr(fd_, TCSANOW, &settings), 0);
  }

 private:
  int fd_;
};

}  // namespace rig::live
