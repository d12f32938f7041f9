// SPDX-License-Identifier: Apache-2.0
#include "reports/trace/trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "tests/reports/trace_files.hpp"

namespace reports::trace {
namespace {

using testing::HasSubstr;

Header small_header() {
  return {"a scenario",
          "jk 1.0",
          7,
          {{"cell[1].voltage", "V", 1e-6, false}, {"charge_gate", "", 1, true}, {"port.current", "A", 0.004, false}}};
}

template <typename F>
std::string message_of(F&& action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "no exception";
}

void expect_same(double read, double written) {
  if (std::isnan(written)) {
    EXPECT_TRUE(std::isnan(read)) << read;
  } else {
    EXPECT_EQ(read, written);
  }
}

TEST(Trace, GivesBackHeaderRowsAndChangesExactly) {
  const Folder folder;
  Writer writer(folder / "t", small_header());
  const double rows[][2] = {{3.3, 84}, {3.3005, 84}, {3.301, -0.004}, {unknown, 84}, {unknown, unknown}, {3.301, 1e6}};
  for (int index = 0; index < 6; ++index) writer.row(std::int64_t{index} * 500, rows[index]);
  writer.change(2500, 1, 1);
  writer.change(2501, 1, 0);
  writer.change(2501, 1, 0);
  writer.change(2502, 1, unknown);
  writer.change(2503, 1, unknown);
  writer.change(2504, 1, 0);
  writer.close();

  const Trace trace = read(folder / "t");
  EXPECT_EQ(trace.header.scenario, "a scenario");
  EXPECT_EQ(trace.header.firmware, "jk 1.0");
  EXPECT_EQ(trace.header.seed, 7u);
  ASSERT_EQ(trace.header.signals.size(), 3u);
  EXPECT_EQ(trace.header.signals[2].name, "port.current");
  EXPECT_EQ(trace.header.signals[2].unit, "A");
  EXPECT_EQ(trace.header.signals[2].resolution, 0.004);
  EXPECT_TRUE(trace.header.signals[1].is_change);
  ASSERT_EQ(trace.row_t_ns.size(), 6u);
  for (std::size_t row = 0; row < 6; ++row) {
    EXPECT_EQ(trace.row_t_ns[row], static_cast<std::int64_t>(row) * 500);
    for (std::size_t column = 0; column < 2; ++column) expect_same(trace.columns[column][row], rows[row][column]);
  }
  const Change changes[] = {{2500, 1, 1},       {2501, 1, 0},       {2501, 1, 0},
                            {2502, 1, unknown}, {2503, 1, unknown}, {2504, 1, 0}};
  ASSERT_EQ(trace.changes.size(), 6u);
  for (std::size_t index = 0; index < 6; ++index) {
    EXPECT_EQ(trace.changes[index].t_ns, changes[index].t_ns);
    EXPECT_EQ(trace.changes[index].signal, 1u);
    expect_same(trace.changes[index].value, changes[index].value);
  }
}

TEST(Trace, KeepsEveryColumnThroughTenThousandIrregularRows) {
  const Folder folder;
  Header header;
  for (int column = 0; column < 19; ++column)
    header.signals.push_back({"s" + std::to_string(column), "V", 1e-3, false});
  const auto steps = [](std::int64_t row, std::int64_t column) {  // ramps, holds, jumps and noise, all whole steps
    const std::int64_t noise = (row * 7919 + column * 104729) % 23 - 11;
    return column % 4 == 0   ? row * column
           : column % 4 == 1 ? (row / 50) * 1000
           : column % 4 == 2 ? noise * 4001
                             : row * row - noise;
  };
  const auto time = [](std::int64_t row) { return row * row * 13; };
  {
    Writer writer(folder / "t", header);
    double values[19];
    for (std::int64_t row = 0; row < 10000; ++row) {
      for (std::int64_t column = 0; column < 19; ++column)
        values[column] = static_cast<double>(steps(row, column)) / 1000;
      if (row % 37 == 5) values[3] = unknown;
      writer.row(time(row), values);
    }
    writer.close();
  }
  const Trace trace = read(folder / "t");
  ASSERT_EQ(trace.row_t_ns.size(), 10000u);
  for (std::int64_t row = 0; row < 10000; ++row) {
    ASSERT_EQ(trace.row_t_ns[static_cast<std::size_t>(row)], time(row));
    for (std::int64_t column = 0; column < 19; ++column) {
      const double read_value = trace.columns[static_cast<std::size_t>(column)][static_cast<std::size_t>(row)];
      if (column == 3 && row % 37 == 5) {
        ASSERT_TRUE(std::isnan(read_value));
      } else {
        ASSERT_EQ(read_value, static_cast<double>(steps(row, column)) / 1000) << row << ' ' << column;
      }
    }
  }
}

TEST(Trace, RoundsToTheNearestStepOfItsResolution) {
  const Folder folder;
  Writer writer(folder / "t", {"", "", 0, {{"x", "V", 1e-3, false}, {"y", "", 0.3, false}}});
  const double row[] = {3.6004999, -0.46};
  writer.row(0, row);
  writer.close();
  const Trace trace = read(folder / "t");
  EXPECT_EQ(trace.columns[0][0], 3.6);
  EXPECT_DOUBLE_EQ(trace.columns[1][0], -0.6);
}

TEST(Trace, WithoutAnyRecordIsComplete) {
  const Folder folder;
  Writer(folder / "t", {}).close();
  const Trace trace = read(folder / "t");
  EXPECT_TRUE(trace.row_t_ns.empty());
  EXPECT_TRUE(trace.changes.empty());
  EXPECT_TRUE(trace.columns.empty());
}

TEST(Trace, SameRecordsGiveTheSameBytes) {
  const Folder folder;
  for (const char* name : {"a", "b"}) {
    Writer writer(folder / name, small_header());
    for (int row = 0; row < 5000; ++row) {
      const double values[] = {3 + row * 1e-5, unknown};
      writer.row(row, values);
      if (row % 9 == 0) writer.change(row, 1, row % 2);
    }
    writer.close();
  }
  EXPECT_EQ(bytes_of(folder / "a"), bytes_of(folder / "b"));
}

TEST(Trace, TwentyMinutesOfSixtyColumnsStayWellUnderThreeHundredKilobytes) {
  const Folder folder;
  Header header;
  for (int column = 0; column < 60; ++column)
    header.signals.push_back({"s" + std::to_string(column), "V", 1e-6, false});
  Writer writer(folder / "t", header);
  double values[60];
  for (std::int64_t row = 0; row < 2000; ++row) {
    for (std::int64_t column = 0; column < 60;
         ++column) {  // a third each: bent ramps, millivolts held for a poll, noise of ±100 uV
      const double ramp = 3.3 + 1e-4 * static_cast<double>(row) + 1e-9 * static_cast<double>(row * row * column);
      const std::int64_t poll = row / 7;
      const double held = 3.3 + 1e-3 * static_cast<double>(poll);
      const double noise = 1e-6 * static_cast<double>((row * 7919 + column * 104729) % 201 - 100);
      values[column] = column % 3 == 0 ? ramp : column % 3 == 1 ? held : ramp + noise;
    }
    writer.row(row * 600'000'000, values);
  }
  writer.close();
  EXPECT_LT(std::filesystem::file_size(folder / "t"), 130'000u);
}

TEST(Trace, RefusesTimeThatGoesBackAlsoAfterAMillionRows) {
  const Folder folder;
  Writer writer(folder / "t", {"", "", 0, {{"x", "V", 1e-3, false}}});
  const double value = 1;
  for (std::int64_t row = 0; row < 1'000'000; ++row) writer.row(row * 10, &value);
  EXPECT_THAT(message_of([&] { writer.row(9'999'989, &value); }),
              HasSubstr("time goes back from 9999990 ns to 9999989 ns"));
  EXPECT_THAT(message_of([&] { writer.row(10'000'000, &value); }), HasSubstr("it is closed"));
  writer.close();
  EXPECT_THAT(message_of([&] { (void)read(folder / "t"); }), HasSubstr("truncated"));
}

TEST(Trace, RefusesChangesThatGoBackAndTimesBeforeZero) {
  const Folder folder;
  Writer writer(folder / "t", small_header());
  writer.change(5, 1, 1);
  EXPECT_THAT(message_of([&] { writer.change(4, 1, 1); }), HasSubstr("time goes back from 5 ns to 4 ns"));
  Writer second(folder / "u", small_header());
  EXPECT_THAT(message_of([&] { second.change(-1, 1, 1); }), HasSubstr("time goes back"));
}

TEST(Trace, RefusesValuesThatDoNotFit) {
  const double infinite[] = {std::numeric_limits<double>::infinity(), 0};
  const double huge[] = {0, 1e15};
  for (const double* row : {infinite, huge}) {
    const Folder folder;
    Writer writer(folder / "t", small_header());
    EXPECT_THAT(message_of([&] { writer.row(0, row); }), HasSubstr("does not fit its resolution"));
  }
}

TEST(Trace, RefusesAChangeOfAColumnAndAResolutionOfZero) {
  const Folder folder;
  Writer writer(folder / "t", small_header());
  EXPECT_THROW(writer.change(0, 0, 1), std::logic_error);
  EXPECT_THROW(writer.change(0, 3, 1), std::logic_error);
  EXPECT_THAT(message_of([&] {
                Writer(folder / "u", {"", "", 0, {{"x", "V", 0, false}}});
              }),
              HasSubstr("resolution of x"));
}

TEST(Trace, SaysWhenTheDiskRefuses) {
  EXPECT_THAT(message_of([] { Writer("/nowhere/t", small_header()); }),
              HasSubstr("/nowhere/t: trace cannot be written: No such"));
  EXPECT_THAT(message_of([] { Writer("/dev/full", small_header()).close(); }), HasSubstr("No space left"));
}

TEST(Trace, ASignalOfTheChangesMayComeLate) {
  const Folder folder;
  Writer writer(folder / "t", small_header());
  const double row[] = {3.3, 84};
  writer.row(10, row);
  EXPECT_EQ(writer.add({"probe.late", "", 1e-6, true}), 3u);
  writer.change(20, 3, -0.5);
  writer.row(30, row);
  writer.close();
  const Trace trace = read(folder / "t");
  ASSERT_EQ(trace.header.signals.size(), 4u);
  EXPECT_EQ(trace.header.signals[3].name, "probe.late");
  ASSERT_EQ(trace.changes.size(), 1u);
  EXPECT_EQ(trace.changes[0].signal, 3u);
  EXPECT_EQ(trace.changes[0].value, -0.5);
  EXPECT_EQ(trace.row_t_ns.size(), 2u);
}

TEST(Trace, AColumnCannotComeLate) {
  const Folder folder;
  Writer writer(folder / "t", small_header());
  EXPECT_THROW(writer.add({"late", "V", 1e-6, false}), std::logic_error);
}

}  // namespace
}  // namespace reports::trace
