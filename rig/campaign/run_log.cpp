// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/run_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace rig::campaign {
namespace {

std::runtime_error refused(const std::filesystem::path& file, const std::string& why) {
  return std::runtime_error(file.string() + ": " + why);
}

}  // namespace

std::vector<Record> read_records(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::vector<Record> records;
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    auto record = from_line(line);
    if (!record) throw refused(file, "run " + std::to_string(records.size()) + " cannot be read");
    records.push_back(std::move(*record));
  }
  return records;
}

RunLog::RunLog(const std::filesystem::path& file, const std::string& first_line, bool goes_on)
    : file_(file), synchronised_(std::chrono::steady_clock::now()) {
  fd_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | (goes_on ? 0 : O_TRUNC), 0644);
  if (fd_ < 0) throw refused(file, std::strerror(errno));
  try {
    if (goes_on)
      keep(first_line);
    else
      write_all(first_line + "\n");
  } catch (...) {
    close(fd_);
    throw;
  }
}

RunLog::~RunLog() {
  fsync(fd_);
  close(fd_);
}

void RunLog::keep(const std::string& first_line) {
  std::ifstream stream(file_, std::ios::binary);
  std::string line;
  const bool has_first = static_cast<bool>(std::getline(stream, line));
  if (has_first && !stream.eof() && line != first_line)
    throw AnotherCampaign(file_.string() +
                          ": this is another campaign, or it ran with another firmware, seed or version; nothing to "
                          "resume");
  off_t whole = 0;
  if (has_first && !stream.eof()) {
    whole = static_cast<off_t>(line.size()) + 1;
    while (std::getline(stream, line) && !stream.eof()) {  // a line without its end is torn
      auto record = from_line(line);
      if (!record || record->run != kept_.size()) break;
      kept_.push_back(std::move(*record));
      whole += static_cast<off_t>(line.size()) + 1;
    }
  }
  if (ftruncate(fd_, whole) != 0 || lseek(fd_, whole, SEEK_SET) != whole) throw refused(file_, std::strerror(errno));
  if (whole == 0) write_all(first_line + "\n");
}

void RunLog::append(const Record& record) {
  write_all(to_line(record) + "\n");
  if (std::chrono::steady_clock::now() - synchronised_ > std::chrono::milliseconds(250)) synchronise();
}

void RunLog::synchronise() {
  if (fsync(fd_) != 0 && errno != EINVAL && errno != EROFS) throw refused(file_, std::strerror(errno));
  synchronised_ = std::chrono::steady_clock::now();
}

void RunLog::write_all(const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t wrote = ::write(fd_, bytes.data() + done, bytes.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) throw refused(file_, std::string("cannot be written: ") + std::strerror(errno));
    done += static_cast<std::size_t>(wrote);
  }
}

}  // namespace rig::campaign
