// SPDX-License-Identifier: Apache-2.0
#include "rig/record/recorder.hpp"

#include <algorithm>
#include <string>

namespace rig::record {
namespace {

constexpr std::int64_t finest_ns = 1'000, fine_for_ns = 2'000'000'000;

}  // namespace

Recorder::Recorder(const std::filesystem::path& file, const reports::trace::Header& identity,
                   const scenario::Catalogue& catalogue, const expect::SignalSource& source, std::int64_t interval_ns)
    : source_(source), interval_ns_(interval_ns) {
  reports::trace::Header header = identity;
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    const auto& info = catalogue.info(static_cast<scenario::SignalId>(i));
    const bool bit = info.dimension == scenario::Dimension::boolean;
    position_.push_back(i);
    if (!bit) columns_.push_back(static_cast<scenario::SignalId>(i));
    header.signals.push_back({info.name, std::string(scenario::base_unit(info.dimension)), info.resolution, bit});
  }
  values_.resize(columns_.size());
  writer_ = std::make_unique<reports::trace::Writer>(file, header);
}

void Recorder::row(std::int64_t t_ns) {
  source_.values(columns_.data(), columns_.size(), t_ns, values_.data());
  writer_->row(t_ns, values_.data());
  last_row_ns_ = t_ns;
}

void Recorder::schedule_after(std::int64_t t_ns) {
  const std::int64_t since = t_ns - event_ns_;
  const std::int64_t regular = (t_ns / interval_ns_ + 1) * interval_ns_;
  next_ns_ = since < fine_for_ns ? std::min(regular, t_ns + std::max(finest_ns, since / 20)) : regular;
}

void Recorder::interval(std::int64_t t_ns) {
  while (next_ns_ <= t_ns) {
    row(next_ns_);
    schedule_after(next_ns_);
  }
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
  writer_->change(t_ns, position_[static_cast<std::size_t>(id)], value);
}

void Recorder::close(std::int64_t t_ns) {
  if (last_row_ns_ < t_ns) row(t_ns);
  writer_->close();
}

}  // namespace rig::record
