// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/program.hpp"

namespace tests {

/// How long a test waits for what must come: no verdict, only the end of a wait in vain.
inline constexpr int generous_ms = 120'000;

/// `cellrig live …` in a process of its own, with links in a folder of its own.
class LiveProcess {
 public:
  explicit LiveProcess(const std::vector<std::string>& words) {
    std::array<int, 2> in{}, out{};
    if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    std::vector<std::string> all{std::string(CELLRIG_BINARY_DIR) + "/cellrig", "live"};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--link", links()});
    child_ = fork();
    if (child_ == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      dup2(out[1], STDERR_FILENO);
      std::vector<char*> argv;
      for (std::string& word : all) argv.push_back(word.data());
      argv.push_back(nullptr);
      execv(argv[0], argv.data());
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    to_ = in[1];
    from_ = out[0];
  }
  ~LiveProcess() {
    if (child_ > 0) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    end_of_input();
    close(from_);
  }
  LiveProcess(const LiveProcess&) = delete;
  LiveProcess& operator=(const LiveProcess&) = delete;

  [[nodiscard]] std::string links() const { return folder_.text() + "/links"; }
  [[nodiscard]] std::string device(const std::string& name) const { return links() + "/" + name; }
  [[nodiscard]] const std::string& said() const { return said_; }

  void type(const std::string& line) const {
    const std::string text = line + "\n";
    if (write(to_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
      throw std::runtime_error("it is deaf");
  }
  void end_of_input() {
    if (to_ >= 0) close(std::exchange(to_, -1));
  }
  /// Waits until it has said this, from the last place on; what was said before and with it is left behind.
  bool says(const std::string& text) {
    for (;;) {
      const std::size_t at = said_.find(text, place_);
      if (at != std::string::npos) return place_ = at + text.size(), true;
      if (!hear()) return false;
    }
  }
  /// Waits for its end; the exit code, or 128 + signal.
  int end() {
    while (hear()) {
    }
    int status = 0;
    waitpid(std::exchange(child_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  int end_by(int signal) {
    kill(child_, signal);
    return end();
  }

 private:
  bool hear() {
    pollfd ready{from_, POLLIN, 0};
    if (poll(&ready, 1, generous_ms) <= 0) return false;
    std::array<char, 4096> bytes;
    const ssize_t count = read(from_, bytes.data(), bytes.size());
    if (count > 0) said_.append(bytes.data(), static_cast<std::size_t>(count));
    return count > 0;
  }
  TemporaryFolder folder_;
  pid_t child_ = -1;
  int to_ = -1, from_ = -1;
  std::string said_;
  std::size_t place_ = 0;
};

/// A client that has a device open.
class DeviceClient {
 public:
  explicit DeviceClient(const std::string& device) : fd_(open(device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK)) {
    if (fd_ < 0) throw std::runtime_error("cannot open " + device);
  }
  ~DeviceClient() { close(fd_); }
  DeviceClient(const DeviceClient&) = delete;
  DeviceClient& operator=(const DeviceClient&) = delete;

  void say(const std::string& bytes) const {
    if (write(fd_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) throw std::runtime_error("full");
  }
  /// Hears until `enough` says so; whatever came when it never does.
  [[nodiscard]] std::string hears(const std::function<bool(const std::string&)>& enough) const {
    std::string heard;
    while (!enough(heard)) {
      pollfd ready{fd_, POLLIN, 0};
      if (poll(&ready, 1, generous_ms) <= 0) return heard;
      std::array<char, 4096> bytes;
      const ssize_t count = read(fd_, bytes.data(), bytes.size());
      if (count <= 0) return heard;
      heard.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return heard;
  }

 private:
  int fd_;
};

}  // namespace tests
