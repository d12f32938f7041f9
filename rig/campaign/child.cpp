// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/child.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>

namespace rig::campaign {
namespace {

constexpr char kMagic[8] = {'C', 'E', 'L', 'L', 'R', 'I', 'G', '1'};
constexpr std::size_t kHead = sizeof kMagic + 1 + sizeof(std::uint64_t);

std::uint64_t fnv1a(const char* data, std::size_t size) {
  std::uint64_t hash = 14695981039346656037ull;
  for (std::size_t i = 0; i < size; ++i) hash = (hash ^ static_cast<unsigned char>(data[i])) * 1099511628211ull;
  return hash;
}

void append(std::string& bytes, std::uint64_t value) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes.append(raw, sizeof raw);
}

std::uint64_t take(const std::string& bytes, std::size_t at) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

bool write_all(int fd, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t written = ::write(fd, bytes.data() + at, bytes.size() - at);
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) at += static_cast<std::size_t>(written);
  }
  return true;
}

Frame run_work(const Job& job) {
  try {
    return {'R', job.work()};
  } catch (const std::exception& error) {
    return {'X', error.what()};
  } catch (...) {
    return {'X', "an exception of unknown type"};
  }
}

/// Leaves 0, 1, 2 and `fd` (moved to 3).
int keep_only(int fd) {
  if (fd != 3) {
    dup2(fd, 3);
    fd = 3;
  }
  close_range(4, ~0u, 0);
  return fd;
}

void default_signals(const sigset_t& mask) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGPIPE}) std::signal(number, SIG_DFL);
  sigprocmask(SIG_SETMASK, &mask, nullptr);
}

[[noreturn]] void child_main(const Job& job, int result_fd, int output_fd, pid_t parent, const sigset_t& mask) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  default_signals(mask);
  const int null_fd = open("/dev/null", O_RDONLY);
  dup2(null_fd, STDIN_FILENO);
  dup2(output_fd, STDOUT_FILENO);
  dup2(output_fd, STDERR_FILENO);
  const int fd = keep_only(result_fd);
  const bool sent = write_all(fd, encode_frame(run_work(job)));
  std::fflush(nullptr);
  _exit(sent ? 0 : 1);
}

/// Descriptors 0, 1, 2 must not be handed out as pipe ends when the caller started us with some of them closed.
void reserve_standard_descriptors() {
  int fd = open("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO) fd = open("/dev/null", O_RDWR);
  if (fd >= 0) close(fd);
}

}  // namespace

std::string encode_frame(const Frame& frame) {
  std::string bytes(kMagic, sizeof kMagic);
  bytes.push_back(frame.kind);
  append(bytes, frame.text.size());
  bytes += frame.text;
  append(bytes, fnv1a(bytes.data(), bytes.size()));
  return bytes;
}

std::optional<Frame> decode_frame(const std::string& bytes) {
  if (bytes.size() < kHead + sizeof(std::uint64_t)) return std::nullopt;
  if (std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0) return std::nullopt;
  const std::size_t body = bytes.size() - sizeof(std::uint64_t);
  if (take(bytes, sizeof kMagic + 1) != body - kHead) return std::nullopt;
  if (take(bytes, body) != fnv1a(bytes.data(), body)) return std::nullopt;
  return Frame{bytes[sizeof kMagic], bytes.substr(kHead, body - kHead)};
}

Child start_child(const Job& job, const sigset_t& signal_mask) {
  reserve_standard_descriptors();
  int result[2], output[2];
  if (pipe2(result, O_CLOEXEC) != 0) return {};
  if (pipe2(output, O_CLOEXEC) != 0) {
    const int reason = errno;
    close(result[0]), close(result[1]);
    errno = reason;
    return {};
  }
  std::fflush(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) child_main(job, result[1], output[1], parent, signal_mask);
  const int reason = errno;
  close(result[1]), close(output[1]);
  if (pid < 0) {
    close(result[0]), close(output[0]);
    errno = reason;
    return {};
  }
  setpgid(pid, pid);  // both sides, so that neither has to wait for the other
  fcntl(result[0], F_SETFL, O_NONBLOCK);
  fcntl(output[0], F_SETFL, O_NONBLOCK);
  return {pid, result[0], output[0]};
}

}  // namespace rig::campaign
