// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "reports/trace/trace.hpp"
#include "rig/expect/judge.hpp"
#include "rig/scenario/catalogue.hpp"

namespace rig::record {

/// Writes the trace of one run: rows at a regular interval, and around every event rows whose distance grows from 1 us
/// with the time since the event (8 % of it), so that a microsecond short circuit and a day of balancing fit the same
/// file. Rows are reads of the signal source; they never influence the run.
class Recorder {
 public:
  Recorder(const std::filesystem::path& file, const reports::trace::Header& identity,
           const scenario::Catalogue& catalogue, const expect::SignalSource& source, std::int64_t interval_ns,
           const std::function<bool(scenario::SignalId)>& is_left_out = {});

  void interval(std::int64_t t_ns);      // signals may be read on (last, t]
  void before_event(std::int64_t t_ns);  // something is about to happen at t; old values hold
  void event(std::int64_t t_ns);         // something happened at t; new values hold
  void bit(std::int64_t t_ns, scenario::SignalId id, double value);
  /// A white-box value of the firmware: a signal probe.NAME of the trace, to 1e-6; NaN where it is beyond 1e9. `name`
  /// keeps its address for a name. `t_ns` may lie ahead of what happens next; it is written in its place. Values that
  /// repeat, and names beyond the first 1000, are dropped.
  void probe(std::int64_t t_ns, const char* name, double value);
  /// Something about the run that is no signal of it: a bit of that name, found on the way.
  void mark(std::int64_t t_ns, const std::string& name, double value);
  void drop_probes_after(std::int64_t t_ns);  // a reset at t: what the firmware was ahead with never happens
  void close(std::int64_t t_ns);

 private:
  struct Probed {
    std::int64_t t_ns;
    std::size_t signal;  // in the header
    double value;
  };
  struct Probe {
    std::size_t signal;
    double value;
  };
  void row(std::int64_t t_ns);
  void write_probed(std::int64_t until_ns);
  void schedule_after(std::int64_t t_ns);

  const expect::SignalSource& source_;
  std::int64_t interval_ns_, event_ns_ = 0, next_ns_ = 0, last_row_ns_ = -1;
  std::vector<scenario::SignalId> columns_;
  std::vector<std::size_t> position_;  // of every signal in the header
  std::vector<double> values_;
  std::unique_ptr<reports::trace::Writer> writer_;
  std::unordered_map<const char*, Probe> probes_;
  std::map<std::string, std::size_t> marks_;  // name -> signal in the header
  std::vector<Probed> probed_;                // not yet written, in order of time
};

}  // namespace rig::record
