// SPDX-License-Identifier: Apache-2.0
#include "reports/render/packed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/render/thinning.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

using testing::ElementsAre;

constexpr std::int64_t ms_ns = 1'000'000;

std::vector<std::int64_t> every_ms(std::size_t rows) {
  std::vector<std::int64_t> t_ns;
  for (std::size_t row = 0; row < rows; ++row) t_ns.push_back(static_cast<std::int64_t>(row) * ms_ns);
  return t_ns;
}

TEST(Thinning, KeepsEveryRowOfTheMomentAndItsNeighbours) {
  const auto t_ns = every_ms(10000);
  std::vector<double> ramp(t_ns.size());
  for (std::size_t row = 0; row < ramp.size(); ++row) ramp[row] = static_cast<double>(row);
  const Thinned thin = thinned(t_ns, {&ramp}, {5000 * ms_ns, 5100 * ms_ns, 200, 100});
  std::vector<double> inside;
  for (std::size_t index = 0; index < thin.t_ns.size(); ++index) {
    if (thin.t_ns[index] >= 4999 * ms_ns && thin.t_ns[index] <= 5101 * ms_ns) inside.push_back(thin.values[0][index]);
  }
  ASSERT_EQ(inside.size(), 103u);
  for (std::size_t index = 0; index < inside.size(); ++index)
    EXPECT_EQ(inside[index], 4999.0 + static_cast<double>(index));
  EXPECT_LE(thin.t_ns.size(), 103u + 100u);
  EXPECT_EQ(thin.t_ns.front(), 0);
  EXPECT_EQ(thin.t_ns.back(), t_ns.back());
}

TEST(Thinning, LosesNoExtremeAndGoesForward) {
  const auto t_ns = every_ms(10000);
  std::vector<double> high(t_ns.size(), 1), low(t_ns.size(), 1);
  high[1234] = 9;
  low[8765] = -9;
  const Thinned thin = thinned(t_ns, {&high, &low}, {5000 * ms_ns, 5010 * ms_ns, 50, 60});
  EXPECT_EQ(*std::max_element(thin.values[0].begin(), thin.values[0].end()), 9);
  EXPECT_EQ(*std::min_element(thin.values[1].begin(), thin.values[1].end()), -9);
  EXPECT_TRUE(std::is_sorted(thin.t_ns.begin(), thin.t_ns.end()));
  EXPECT_EQ(std::adjacent_find(thin.t_ns.begin(), thin.t_ns.end()), thin.t_ns.end());
}

TEST(Thinning, OfABitKeepsThatItMoved) {
  std::vector<trace::Change> changes = {{0, 7, 0}, {1, 8, 1}};
  for (int index = 0; index < 4000; ++index) changes.push_back({(index + 1) * ms_ns, 7, index % 2 == 0 ? 1.0 : 0.0});
  const auto thin = thinned(changes, 7, {1000 * ms_ns, 1010 * ms_ns, 100, 100});
  EXPECT_LE(thin.size(), 120u);
  const auto inside = std::count_if(thin.begin(), thin.end(), [](const trace::Change& one) {
    return one.t_ns >= 1000 * ms_ns && one.t_ns <= 1010 * ms_ns;
  });
  EXPECT_EQ(inside, 11);
  EXPECT_EQ(thin.back().value, 0);
  for (const trace::Change& one : thin) EXPECT_EQ(one.signal, 7u);
}

/// The other side of packed(): what assets/plots.js does.
struct Unpacked {
  nlohmann::json head;
  std::string rest;
  std::size_t at = 0;

  explicit Unpacked(const std::string& text) {
    std::string bytes(text.size(), '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    const auto padding = static_cast<std::size_t>(std::count(text.end() - 2, text.end(), '='));
    bytes.resize(static_cast<std::size_t>(size) - padding);
    std::string plain(1 << 22, '\0');
    uLongf length = plain.size();
    EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(plain.data()), &length, reinterpret_cast<const Bytef*>(bytes.data()),
                         bytes.size()),
              Z_OK);
    rest = plain.substr(0, length);
    const auto head_size = static_cast<std::size_t>(varint());
    head = named({"rows", "end", "t0", "t1", "origin", "since", "panels", "strips", "marks"},
                 nlohmann::json::parse(rest.substr(at, head_size)));
    for (auto& panel : head["panels"]) {
      panel = named({"unit", "levels", "curves"}, panel);
      for (auto& level : panel["levels"]) level = named({"value", "label", "forbidden"}, level);
      for (auto& curve : panel["curves"]) curve = named({"name", "kind", "stepped", "step"}, curve);
    }
    for (auto& strip : head["strips"]) strip = named({"name", "count"}, strip);
    for (auto& mark : head["marks"]) mark = named({"t", "label", "kind"}, mark);
    at += head_size;
  }
  static nlohmann::json named(const std::vector<std::string>& names, const nlohmann::json& values) {
    EXPECT_EQ(values.size(), names.size());
    nlohmann::json all;
    for (std::size_t index = 0; index < names.size(); ++index) all[names[index]] = values.at(index);
    return all;
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(rest.at(at++));
      value |= std::uint64_t{byte & 127U} << shift;
      if (byte < 128) return value;
    }
  }
  std::vector<std::int64_t> instants(std::size_t count) {
    std::vector<std::int64_t> all;
    for (std::int64_t t = 0; all.size() < count;) all.push_back(t += static_cast<std::int64_t>(varint()));
    return all;
  }
  std::vector<double> values(std::size_t count, double step) {
    std::vector<double> all;
    for (std::int64_t last = 0; all.size() < count;) {
      const std::uint64_t code = varint();
      if (code != 0) {
        const std::uint64_t zigzag = code - 1;
        last += static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1);
      }
      all.push_back(code == 0 ? unknown : static_cast<double>(last) * step);
    }
    return all;
  }
};

struct Sample {
  trace::Trace trace;
  Picture picture;
};

Sample sample(std::size_t rows, std::size_t others) {
  Sample all;
  all.trace.row_t_ns = every_ms(rows);
  for (std::size_t cell = 0; cell <= others; ++cell) {
    all.trace.header.signals.push_back({"cell[" + std::to_string(cell + 1) + "].voltage", "V", 1e-6, false});
    auto& values = all.trace.columns.emplace_back();
    for (std::size_t row = 0; row < rows; ++row)
      values.push_back(row < 5 ? unknown
                               : 3.3 + 0.01 * static_cast<double>(cell) + std::sin(static_cast<double>(row)) / 8);
  }
  all.trace.header.signals.push_back({"charge_gate", "", 1, true});
  all.trace.changes = {{0, others + 1, 1}, {7 * ms_ns, others + 1, 0}};
  Panel panel{"V", {{0, "cell[1].voltage", false, true, false}}, {{3.6, "limit 3.600 V", 1}}};
  for (std::size_t cell = 1; cell <= others; ++cell)
    panel.curves.push_back({cell, all.trace.header.signals[cell].name, false, false, true});
  all.picture.moment = {2 * ms_ns, 9 * ms_ns, 4 * ms_ns, "t_cross", {{4 * ms_ns, "t_cross", "cross"}}};
  all.picture.panels = {panel};
  all.picture.strips = {{others + 1, "charge_gate"}};
  return all;
}

/// What a line through the unpacked points says at `t_ns`; NaN where it starts at a value that is not known.
double said_at(const std::vector<std::int64_t>& t_ns, const std::vector<double>& values, std::int64_t at) {
  const auto next = static_cast<std::size_t>(std::lower_bound(t_ns.begin(), t_ns.end(), at) - t_ns.begin());
  if (t_ns.at(next) == at) return values[next];
  const double part = static_cast<double>(at - t_ns[next - 1]) / static_cast<double>(t_ns[next] - t_ns[next - 1]);
  return std::isnan(values[next - 1]) ? unknown : values[next - 1] + part * (values[next] - values[next - 1]);
}

TEST(Packed, SaysWhatTheTraceSaysToItsLastStep) {
  Sample one = sample(20, 1);
  for (auto& column : one.trace.columns) std::fill(column.begin() + 10, column.begin() + 15, 3.2);
  Unpacked found(packed(one.picture, one.trace, 20 * ms_ns, 100'000));
  EXPECT_EQ(found.head["end"], 20 * ms_ns);
  EXPECT_EQ(found.head["origin"], 4 * ms_ns);
  EXPECT_EQ(found.head["panels"][0]["levels"][0]["forbidden"], 1);
  EXPECT_EQ(found.head["panels"][0]["curves"][0]["kind"], "worst");
  EXPECT_EQ(found.head["panels"][0]["curves"][1]["kind"], "context");
  EXPECT_EQ(found.head["marks"][0]["label"], "t_cross");
  EXPECT_EQ(found.head["rows"], 20 - 3 - 3);  // of five that say the same, three tell nothing
  const auto t_ns = found.instants(found.head["rows"]);
  for (const auto& curve : found.head["panels"][0]["curves"]) {
    const double step = curve["step"];
    EXPECT_LE(step, 1e-4);
    const auto values = found.values(t_ns.size(), step);
    const auto& truth = one.trace.columns[curve["name"] == "cell[1].voltage" ? 0 : 1];
    for (std::size_t row = 0; row < 20; ++row) {
      const double said = said_at(t_ns, values, one.trace.row_t_ns[row]);
      EXPECT_EQ(std::isnan(said), std::isnan(truth[row])) << row;
      if (row < 5) continue;
      EXPECT_NEAR(said, truth[row], step / 2 + 1e-12) << row;
    }
  }
  EXPECT_EQ(found.head["strips"][0]["count"], 2);
  EXPECT_THAT(found.instants(2), ElementsAre(0, 7 * ms_ns));
  EXPECT_THAT(found.values(2, 1), ElementsAre(1, 0));
  EXPECT_EQ(found.at, found.rest.size());
}

TEST(Packed, ManyCellsThatOnlyExplainBecomeTheirLowestAndHighest) {
  const Sample one = sample(20, 23);
  Unpacked found(packed(one.picture, one.trace, 20 * ms_ns, 100'000));
  const nlohmann::json curves = found.head["panels"][0]["curves"];
  ASSERT_EQ(curves.size(), 3u);
  const auto t_ns = found.instants(found.head["rows"]);
  const auto low = found.values(t_ns.size(), curves[0]["step"]), high = found.values(t_ns.size(), curves[1]["step"]);
  EXPECT_NEAR(said_at(t_ns, low, 10 * ms_ns), one.trace.columns[1][10], 1e-4);
  EXPECT_NEAR(said_at(t_ns, high, 10 * ms_ns), one.trace.columns[23][10], 1e-4);
}

TEST(Packed, KeepsToItsBudgetAndThinsTheMomentLast) {
  Sample one = sample(60'000, 1);
  one.picture.moment.t0 = 20 * ms_ns;
  one.picture.moment.t1 = 27 * ms_ns;
  const std::string text = packed(one.picture, one.trace, 60'000 * ms_ns, 3'000);
  EXPECT_LE(text.size(), 3'000u);
  Unpacked found(text);
  const auto t_ns = found.instants(found.head["rows"]);
  std::vector<std::int64_t> moment;
  for (const std::int64_t t : t_ns) {
    if (t >= 20 * ms_ns && t <= 27 * ms_ns) moment.push_back(t / ms_ns);
  }
  EXPECT_THAT(moment, ElementsAre(20, 21, 22, 23, 24, 25, 26, 27));
}

}  // namespace
}  // namespace reports
