// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace tests {

using ModbusBytes = std::vector<std::uint8_t>;

/// "01 03 12 00" -> bytes.
inline ModbusBytes hex_bytes(const std::string& text) {
  ModbusBytes bytes;
  for (std::size_t at = 0; at + 1 < text.size(); at += 3)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(text.substr(at, 2), nullptr, 16)));
  return bytes;
}

/// The checksum of Modbus RTU, low byte first, appended; bit by bit after the specification.
inline ModbusBytes with_crc(ModbusBytes bytes) {
  std::uint16_t crc = 0xFFFF;
  for (const std::uint8_t byte : bytes) {
    crc = static_cast<std::uint16_t>(crc ^ byte);
    for (int bit = 0; bit < 8; ++bit) crc = static_cast<std::uint16_t>(crc & 1 ? crc >> 1 ^ 0xA001 : crc >> 1);
  }
  bytes.push_back(static_cast<std::uint8_t>(crc & 0xFF));
  bytes.push_back(static_cast<std::uint8_t>(crc >> 8));
  return bytes;
}

/// The far end of a pseudo-terminal, where a thread answers each request of functions 03 and 16 as it is told.
class ModbusSlave {
 public:
  using Answer = std::function<ModbusBytes(const ModbusBytes& request)>;  // empty: silence

  explicit ModbusSlave(Answer answer) : answer_(std::move(answer)), end_(posix_openpt(O_RDWR | O_NOCTTY)) {
    std::array<char, 64> name{};
    if (end_ < 0 || grantpt(end_) != 0 || unlockpt(end_) != 0 || ptsname_r(end_, name.data(), name.size()) != 0)
      throw std::runtime_error("no pseudo-terminal");
    path_ = name.data();
    far_ = open(path_.c_str(), O_RDWR | O_NOCTTY);  // kept, so that the near end never hangs up
    termios settings{};
    tcgetattr(far_, &settings);
    cfmakeraw(&settings);
    tcsetattr(far_, TCSANOW, &settings);
    if (pipe(stop_.data()) != 0) throw std::runtime_error("no pipe");
    thread_ = std::thread([this] { serve(); });
  }
  ~ModbusSlave() {
    close(stop_[1]);
    thread_.join();
    close(stop_[0]);
    close(far_);
    close(end_);
  }
  ModbusSlave(const ModbusSlave&) = delete;
  ModbusSlave& operator=(const ModbusSlave&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::vector<ModbusBytes> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void serve() {
    ModbusBytes heard;
    for (;;) {
      std::array<pollfd, 2> ready{{{end_, POLLIN, 0}, {stop_[0], POLLIN, 0}}};
      if (poll(ready.data(), ready.size(), -1) < 0 || ready[1].revents != 0) return;
      std::array<std::uint8_t, 300> bytes;
      const ssize_t count = read(end_, bytes.data(), bytes.size());
      if (count <= 0) return;
      heard.insert(heard.end(), bytes.begin(), bytes.begin() + count);
      const std::size_t length = heard.size() < 7 ? SIZE_MAX : heard[1] == 16 ? 9u + heard[6] : 8u;
      if (heard.size() < length) continue;
      const ModbusBytes reply = answer_(heard);
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(heard);
      }
      heard.clear();
      if (!reply.empty() && write(end_, reply.data(), reply.size()) < 0) return;
    }
  }
  Answer answer_;
  int end_, far_ = -1;
  std::string path_;
  std::array<int, 2> stop_{};
  std::mutex mutex_;
  std::vector<ModbusBytes> requests_;
  std::thread thread_;
};

}  // namespace tests
