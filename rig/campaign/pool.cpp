// SPDX-License-Identifier: Apache-2.0
#include "rig/campaign/pool.hpp"

#include <malloc.h>
#include <poll.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <list>

#include "rig/campaign/child.hpp"
#include "rig/campaign/signals.hpp"

namespace rig::campaign {
namespace {

using Clock = std::chrono::steady_clock;  // supervision and display only; no verdict sees it

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

/// The head and the tail of what a child printed; a flood costs neither memory nor disk.
class CappedText {
 public:
  explicit CappedText(std::size_t limit) : half_(limit / 2) {}
  void append(const char* data, std::size_t size) {
    const std::size_t to_head = std::min(size, half_ - head_.size());
    head_.append(data, to_head);
    tail_.append(data + to_head, size - to_head);
    if (tail_.size() > 2 * half_) trim();
  }
  [[nodiscard]] std::string text() {
    if (tail_.size() > half_) trim();
    if (dropped_ == 0) return head_ + tail_;
    return head_ + "\n[cellrig: " + std::to_string(dropped_) + " bytes left out]\n" + tail_;
  }

 private:
  void trim() {
    const std::size_t surplus = tail_.size() - half_;
    tail_.erase(0, surplus);
    dropped_ += surplus;
  }
  std::size_t half_, dropped_ = 0;
  std::string head_, tail_;
};

struct Running {
  Running(std::size_t job, Child process, std::size_t output_limit)
      : index(job), child(process), output(output_limit) {}
  std::size_t index;
  Child child;
  CappedText output;
  std::string bytes;  // of the result frame
  bool too_long = false;
  Clock::time_point started = Clock::now(), last_progress = Clock::now();
  std::uintmax_t size_seen = 0;
};

class Pool {
 public:
  Pool(const std::vector<Job>& jobs, const PoolOptions& options)
      : jobs_(jobs), options_(options), wanted_(jobs.size()) {
    result_.outcomes.resize(jobs.size());
  }
  PoolResult run();

 private:
  void start_what_fits();
  void start_next();
  void wait();
  void read_all();
  void read_output(Running& job);
  void read_result(Running& job);
  void reap();
  void end_stalled();
  void end_all();
  void end_unwanted();
  [[nodiscard]] bool has_progressed(Running& job) const;
  Outcome outcome_of(Running& job, int status);
  void finish(Running& job, Outcome outcome);
  void put(std::size_t index, Outcome outcome);

  const std::vector<Job>& jobs_;
  const PoolOptions& options_;
  SignalWatch signals_;
  std::list<Running> running_;
  std::size_t next_ = 0, wanted_;  // jobs from wanted_ on are not
  PoolResult result_;
};

PoolResult Pool::run() {
  malloc_trim(0);  // a fork costs by the page
  Clock::time_point last_look = Clock::now();
  while (next_ < wanted_ || !running_.empty()) {
    start_what_fits();
    wait();
    read_all();
    reap();
    if (signals_.interrupted_by() != 0) {
      result_.interrupted_by = signals_.interrupted_by();
      end_all();
      break;
    }
    if (seconds_since(last_look) * 4 > std::min(options_.stall_limit_s, 4.0)) {
      end_stalled();
      last_look = Clock::now();
    }
    end_unwanted();
    if (options_.on_tick) options_.on_tick();
  }
  return std::move(result_);
}

void Pool::start_what_fits() {
  while (next_ < wanted_ && running_.size() < std::max(1u, options_.jobs)) {
    const std::size_t before = next_;
    start_next();
    if (next_ == before) return;  // no process to be had now: wait for one of ours to end
  }
}

void Pool::start_next() {
  const Child child = start_child(jobs_[next_], signals_.waiting_mask());
  if (child.pid > 0) {
    running_.emplace_back(next_++, child, options_.output_limit);
  } else if (running_.empty()) {
    put(next_++, {Ending::exited, std::string("no process could be started: ") + std::strerror(errno), "", 0});
  }
}

void Pool::wait() {
  std::vector<pollfd> watched;
  for (const Running& job : running_) {
    for (const int fd : {job.child.result_fd, job.child.output_fd}) {
      if (fd >= 0) watched.push_back({fd, POLLIN, 0});
    }
  }
  const timespec tenth = {0, 100'000'000};
  ppoll(watched.data(), watched.size(), &tenth, &signals_.waiting_mask());
}

void Pool::read_all() {
  for (Running& job : running_) {
    read_output(job);
    read_result(job);
  }
}

/// Calls use(data, size) for what is there; closes at end of file. At most 1 MiB a call, so that a flood starves
/// nobody.
template <class Use>
void drain(int& fd, Use use) {
  char buffer[65536];
  for (int turn = 0; turn < 16 && fd >= 0; ++turn) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got > 0) {
      use(buffer, static_cast<std::size_t>(got));
    } else if (got == 0) {
      close(fd);
      fd = -1;
    } else if (errno != EINTR) {
      return;
    }
  }
}

void Pool::read_output(Running& job) {
  drain(job.child.output_fd, [&](const char* data, std::size_t size) { job.output.append(data, size); });
}

void Pool::read_result(Running& job) {
  drain(job.child.result_fd, [&](const char* data, std::size_t size) {
    job.last_progress = Clock::now();
    job.too_long = job.too_long || job.bytes.size() + size > options_.text_limit + 64;
    if (!job.too_long) job.bytes.append(data, size);
  });
}

/// Looks without collecting, so that the number of the process group stays ours until it is cleared.
bool has_ended(pid_t pid) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

void Pool::reap() {
  for (auto job = running_.begin(); job != running_.end();) {
    if (!has_ended(job->child.pid)) {
      ++job;
      continue;
    }
    kill(-job->child.pid, SIGKILL);  // what the firmware may have left behind
    int status = 0;
    waitpid(job->child.pid, &status, 0);
    read_output(*job);
    read_result(*job);
    finish(*job, outcome_of(*job, status));
    job = running_.erase(job);
  }
}

Outcome Pool::outcome_of(Running& job, int status) {
  if (WIFSIGNALED(status))
    return {Ending::by_signal, "its process was ended by " + signal_name(WTERMSIG(status)), "", 0};
  const std::string code = std::to_string(WEXITSTATUS(status));
  const std::optional<Frame> frame = job.too_long ? std::nullopt : decode_frame(job.bytes);
  if (job.bytes.empty())
    return {Ending::exited, "its process ended with status " + code + " and gave no result", "", 0};
  if (!frame)
    return {Ending::exited, "its process ended with status " + code + " and its result came back damaged", "", 0};
  if (WEXITSTATUS(status) != 0)
    return {Ending::exited, "its process ended with status " + code + " after its result", "", 0};
  return {frame->kind == 'R' ? Ending::finished : Ending::threw, frame->text, "", 0};
}

bool Pool::has_progressed(Running& job) const {
  std::uintmax_t size = 0;
  for (const std::filesystem::path& file : jobs_[job.index].signs_of_life) {
    std::error_code missing;
    const std::uintmax_t bytes = std::filesystem::file_size(file, missing);
    if (!missing) size += bytes;
  }
  const bool grown = size != job.size_seen;
  job.size_seen = size;
  return grown;
}

void Pool::end_stalled() {
  for (auto job = running_.begin(); job != running_.end();) {
    if (has_progressed(*job)) job->last_progress = Clock::now();
    if (seconds_since(job->last_progress) < options_.stall_limit_s) {
      ++job;
      continue;
    }
    kill(-job->child.pid, SIGKILL);
    waitpid(job->child.pid, nullptr, 0);
    finish(*job, {Ending::stalled,
                  "no progress for " + short_number(options_.stall_limit_s) + " s of host time; its process was ended",
                  "", 0});
    job = running_.erase(job);
  }
}

void Pool::end_all() {
  for (Running& job : running_) kill(-job.child.pid, SIGKILL);
  for (Running& job : running_) {
    waitpid(job.child.pid, nullptr, 0);
    finish(job, {Ending::interrupted, "interrupted while it ran", "", 0});
  }
  running_.clear();
  for (; next_ < jobs_.size(); ++next_) result_.outcomes[next_].text = "interrupted before it started";
}

/// Those behind the last one that is wanted.
void Pool::end_unwanted() {
  for (auto job = running_.begin(); job != running_.end();) {
    if (job->index < wanted_) {
      ++job;
      continue;
    }
    kill(-job->child.pid, SIGKILL);
    waitpid(job->child.pid, nullptr, 0);
    finish(*job, {});
    job = running_.erase(job);
  }
  for (std::size_t i = wanted_; i < jobs_.size(); ++i) result_.outcomes[i] = {};
}

void Pool::finish(Running& job, Outcome outcome) {
  read_output(job);
  for (const int fd : {job.child.result_fd, job.child.output_fd}) {
    if (fd >= 0) close(fd);
  }
  outcome.output = job.output.text();
  outcome.wall_s = seconds_since(job.started);
  put(job.index, std::move(outcome));
}

void Pool::put(std::size_t index, Outcome outcome) {
  result_.outcomes[index] = std::move(outcome);
  if (index < wanted_ && options_.is_last && options_.is_last(index, result_.outcomes[index])) wanted_ = index + 1;
  if (options_.on_finished) options_.on_finished(index, result_.outcomes[index]);
}

}  // namespace

PoolResult run_pool(const std::vector<Job>& jobs, const PoolOptions& options) { return Pool(jobs, options).run(); }

unsigned available_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
}

}  // namespace rig::campaign
