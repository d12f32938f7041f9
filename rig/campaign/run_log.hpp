// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "rig/campaign/record.hpp"

namespace rig::campaign {

/// The file that should go on belongs to another campaign.
struct AnotherCampaign : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// All runs of a runs.jsonl that was ended properly.
[[nodiscard]] std::vector<Record> read_records(const std::filesystem::path& file);

/// runs.jsonl: a first line that says what campaign it is, then one line a run, in order of the runs. Written as they
/// come, synchronised about four times a second: whatever ends the process, what is there is whole runs, at most the
/// last line is torn.
class RunLog {
 public:
  /// Begins anew, or goes on: then the first line must be the same (AnotherCampaign when it is not), and what follows
  /// the first line that is not the next run is cut off.
  RunLog(const std::filesystem::path& file, const std::string& first_line, bool goes_on);
  ~RunLog();
  RunLog(const RunLog&) = delete;
  RunLog& operator=(const RunLog&) = delete;

  [[nodiscard]] const std::vector<Record>& kept() const { return kept_; }  // from before
  void append(const Record& record);                                       // the next run
  void synchronise();

 private:
  void keep(const std::string& first_line);
  void write_all(const std::string& bytes);

  std::filesystem::path file_;
  int fd_ = -1;
  std::vector<Record> kept_;
  std::chrono::steady_clock::time_point synchronised_;  // pace of the disk; decides nothing
};

}  // namespace rig::campaign
