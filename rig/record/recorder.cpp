// SPDX-License-Identifier: Apache-2.0
#include "rig/record/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace rig::record {
namespace {

constexpr std::int64_t finest_ns = 1'000, fine_for_ns = 2'000'000'000;
constexpr std::int64_t fine_share = 12;  // of the time since the event: 8 %
constexpr std::size_t most_probes = 1000;
constexpr double probe_resolution = 1e-6, greatest_probe = 1e9;
constexpr double unlike_any = std::numeric_limits<double>::infinity();

}  // namespace

Recorder::Recorder(const std::filesystem::path& file, const reports::trace::Header& identity,
                   const scenario::Catalogue& catalogue, const expect::SignalSource& source, std::int64_t interval_ns,
                   const std::function<bool(scenario::SignalId)>& is_left_out)
    : source_(source), interval_ns_(interval_ns) {
  reports::trace::Header header = identity;
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    const auto& info = catalogue.info(static_cast<scenario::SignalId>(i));
    const bool bit = info.dimension == scenario::Dimension::boolean;
    position_.push_back(header.signals.size());
    if (is_left_out && is_left_out(static_cast<scenario::SignalId>(i))) continue;
    if (!bit) columns_.push_back(static_cast<scenario::SignalId>(i));
    header.signals.push_back({info.name, std::string(scenario::base_unit(info.dimension)), info.resolution, bit});
  }
  values_.resize(columns_.size());
  writer_ = std::make_unique<reports::trace::Writer>(file, header);
}

void Recorder::row(std::int64_t t_ns) {
  if (!probed_.empty()) write_probed(t_ns);
  source_.values(columns_.data(), columns_.size(), t_ns, values_.data());
  writer_->row(t_ns, values_.data());
  last_row_ns_ = t_ns;
}

void Recorder::schedule_after(std::int64_t t_ns) {
  const std::int64_t since = t_ns - event_ns_;
  const std::int64_t regular = (t_ns / interval_ns_ + 1) * interval_ns_;
  next_ns_ = since < fine_for_ns ? std::min(regular, t_ns + std::max(finest_ns, since / fine_share)) : regular;
}

void Recorder::interval(std::int64_t t_ns) {
  while (next_ns_ <= t_ns) {
    row(next_ns_);
    schedule_after(next_ns_);
  }
  if (!probed_.empty()) write_probed(t_ns);
}

void Recorder::before_event(std::int64_t t_ns) {
  if (last_row_ns_ < t_ns) row(t_ns);
}

void Recorder::event(std::int64_t t_ns) {
  event_ns_ = t_ns;
  row(t_ns);
  schedule_after(t_ns);
}

void Recorder::bit(std::int64_t t_ns, scenario::SignalId id, double value) {
  if (!probed_.empty()) write_probed(t_ns);
  writer_->change(t_ns, position_[static_cast<std::size_t>(id)], value);
}

void Recorder::probe(std::int64_t t_ns, const char* name, double value) {
  if (!(std::fabs(value) <= greatest_probe)) value = std::numeric_limits<double>::quiet_NaN();
  auto known = probes_.find(name);
  if (known == probes_.end()) {
    if (probes_.size() >= most_probes) return;
    const std::size_t signal = writer_->add({"probe." + std::string(name), "", probe_resolution, true});
    known = probes_.emplace(name, Probe{signal, unlike_any}).first;
  }
  Probe& probe = known->second;
  if (value == probe.value || (std::isnan(value) && std::isnan(probe.value))) return;
  probe.value = value;
  probed_.push_back({probed_.empty() ? t_ns : std::max(t_ns, probed_.back().t_ns), probe.signal, value});
}

void Recorder::mark(std::int64_t t_ns, const std::string& name, double value) {
  interval(t_ns);
  auto known = marks_.find(name);
  if (known == marks_.end()) known = marks_.emplace(name, writer_->add({name, "", 1, true})).first;
  writer_->change(t_ns, known->second, value);
}

/// Rows are behind the firmware's time, never ahead of it, so what was probed fits between them.
void Recorder::write_probed(std::int64_t until_ns) {
  const auto end = std::find_if(probed_.begin(), probed_.end(), [&](const Probed& p) { return p.t_ns > until_ns; });
  for (auto probed = probed_.begin(); probed != end; ++probed) {
    writer_->change(probed->t_ns, probed->signal, probed->value);
  }
  probed_.erase(probed_.begin(), end);
}

void Recorder::drop_probes_after(std::int64_t t_ns) {
  write_probed(t_ns);
  probed_.clear();
  for (auto& [name, probe] : probes_) probe.value = unlike_any;
}

void Recorder::close(std::int64_t t_ns) {
  if (last_row_ns_ < t_ns) row(t_ns);
  writer_->close();
}

}  // namespace rig::record
