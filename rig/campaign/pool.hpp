// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace rig::campaign {

/// A piece of work that gets a process of its own (fork, no exec). `work` runs in the child and its text comes back
/// whole through a pipe; what it prints is captured. Whatever it breaks, it breaks in its own process.
struct Job {
  std::function<std::string()> work;
  std::vector<std::filesystem::path> signs_of_life;  // files whose growth counts as progress
};

enum class Ending : std::uint8_t {
  finished,     // text = what work() returned
  threw,        // text = what() of the exception
  by_signal,    // text = a sentence; the same below
  exited,       // ended itself, or its text came back incomplete or damaged
  stalled,      // no progress for PoolOptions::stall_limit_s, ended by the supervisor
  interrupted,  // the user ended the run while this job was running
  not_started   // … before it started; or PoolOptions::is_last said so of one before it
};

struct Outcome {
  Ending ending = Ending::not_started;
  std::string text;
  std::string
      output;  // standard output and error; the middle is left out (and said so) beyond PoolOptions::output_limit
  double wall_s = 0;  // host time, for the progress display only
};

struct PoolOptions {
  unsigned jobs = 1;           // processes at one time, >= 1
  double stall_limit_s = 600;  // host time without progress; never decides anything but `stalled`
  std::size_t output_limit = std::size_t{1024} * 1024;                      // bytes of captured output kept per job
  std::size_t text_limit = std::size_t{256} * 1024 * 1024;                  // a longer text is refused as damaged
  std::function<void(std::size_t index, const Outcome&)> on_finished = {};  // in order of finishing
  /// True: jobs behind this one are not wanted. Of several the first in the order of jobs counts, whatever finishes
  /// first: those before it run to their end, those behind it are `not_started`, even if they had finished.
  std::function<bool(std::size_t index, const Outcome&)> is_last = {};
  std::function<void()> on_tick = {};  // about ten times a second
};

struct PoolResult {
  std::vector<Outcome> outcomes;  // in the order of the jobs
  int interrupted_by = 0;         // SIGINT, SIGTERM or SIGHUP; 0 = ran to the end
};

/// Runs all jobs and returns when the last process has gone; at no time are more than `jobs` alive. The order of the
/// outcomes is that of the jobs, whatever finishes first. SIGINT, SIGTERM and SIGHUP end all children and return what
/// there is. The caller must have no threads. Never throws for anything that a job does.
[[nodiscard]] PoolResult run_pool(const std::vector<Job>& jobs, const PoolOptions& options);

/// Processors that this process may use (affinity mask), >= 1.
[[nodiscard]] unsigned available_cores();

}  // namespace rig::campaign
