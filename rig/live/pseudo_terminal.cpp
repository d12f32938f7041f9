// SPDX-License-Identifier: Apache-2.0
#include "rig/live/pseudo_terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "rig/live/request.hpp"

namespace rig::live {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<int, speed_t>, 12> speeds{{{1200, B1200},
                                                          {2400, B2400},
                                                          {4800, B4800},
                                                          {9600, B9600},
                                                          {19200, B19200},
                                                          {38400, B38400},
                                                          {57600, B57600},
                                                          {115200, B115200},
                                                          {230400, B230400},
                                                          {460800, B460800},
                                                          {921600, B921600},
                                                          {1000000, B1000000}}};

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

void make_raw(const std::string& path, int baud) {
  const int far = open(path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (far < 0) fail("a pseudo-terminal cannot be opened");
  termios settings{};
  tcgetattr(far, &settings);
  cfmakeraw(&settings);
  for (const auto& [rate, code] : speeds) {
    if (rate == baud) cfsetspeed(&settings, code);
  }
  const int result = tcsetattr(far, TCSANOW, &settings);
  close(far);
  if (result != 0) fail("a pseudo-terminal cannot be set to raw mode");
}

}  // namespace

PseudoTerminal::PseudoTerminal(int baud) : near_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)) {
  if (near_ < 0) fail("no pseudo-terminal");
  std::array<char, 64> name{};
  if (grantpt(near_) != 0 || unlockpt(near_) != 0 || ptsname_r(near_, name.data(), name.size()) != 0) {
    close(near_);
    fail("no pseudo-terminal");
  }
  path_ = name.data();
  make_raw(path_, baud);
}

PseudoTerminal::~PseudoTerminal() { close(near_); }

bool PseudoTerminal::is_open() const {
  pollfd end{near_, POLLIN, 0};
  return poll(&end, 1, 0) >= 0 && ((end.revents & POLLHUP) == 0 || (end.revents & POLLIN) != 0);
}

std::span<const char> PseudoTerminal::read(std::size_t most) {
  bytes_.resize(most);
  const ssize_t count = ::read(near_, bytes_.data(), bytes_.size());
  if (count < 0 && errno == EIO && std::exchange(was_written_, false)) forget_unread();  // the client is gone
  return {bytes_.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

std::size_t PseudoTerminal::write(std::span<const char> bytes) {
  if (bytes.empty() || !is_open()) return 0;
  const ssize_t count = ::write(near_, bytes.data(), bytes.size());
  was_written_ = true;
  return static_cast<std::size_t>(std::max<ssize_t>(count, 0));
}

void PseudoTerminal::forget_unread() const {
  const int far = open(path_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (far < 0) return;
  tcflush(far, TCIFLUSH);
  close(far);
}

std::optional<int> PseudoTerminal::baud() const {
  termios settings{};
  if (tcgetattr(near_, &settings) != 0) return std::nullopt;
  for (const auto& [rate, code] : speeds) {
    if (cfgetospeed(&settings) == code) return rate;
  }
  return std::nullopt;
}

Links::Links(fs::path folder) : folder_(std::move(folder)) {
  std::error_code failed;
  made_ = fs::create_directories(folder_, failed);
  lock_ = open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock_ < 0) throw CannotStart("--link " + folder_.string() + " is no folder, and none can be made there");
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    close(lock_);
    throw CannotStart("--link " + folder_.string() + ": another session has its links there");
  }
}

Links::~Links() {
  std::error_code ignored;
  for (const auto& [link, device] : links_) {
    if (fs::read_symlink(link, ignored) == device) fs::remove(link, ignored);
  }
  if (made_) fs::remove(folder_, ignored);  // stays when something else lies in it
  close(lock_);
}

fs::path Links::add(const std::string& name, const std::string& device) {
  fs::path link = folder_ / name;
  std::error_code failed;
  const auto status = fs::symlink_status(link, failed);
  if (fs::exists(status) && !fs::is_symlink(status))
    throw CannotStart("--link: " + link.string() + " is there already and is no link");
  fs::remove(link, failed);
  fs::create_symlink(device, link, failed);
  if (failed) throw CannotStart("--link: " + link.string() + " cannot be made: " + failed.message());
  links_.emplace_back(link, device);
  return link;
}

}  // namespace rig::live
