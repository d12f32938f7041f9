// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/trace/layout.hpp"
#include "reports/trace/trace.hpp"
#include "tests/reports/trace_files.hpp"

namespace reports::trace {
namespace {

class DamagedTrace : public testing::Test {
 protected:
  DamagedTrace() {
    Writer writer(file_, {"s", "f", 1, {{"x", "V", 1e-3, false}, {"b", "", 1, true}, {"y", "A", 1, false}}});
    for (int row = 0; row < 40; ++row) {
      const double values[] = {row * 0.01, row % 5 == 0 ? unknown : 3.0};
      writer.row(std::int64_t{row} * 1000, values);
      if (row % 10 == 0) writer.change(std::int64_t{row} * 1000 + 1, 1, row % 20 == 0);
    }
    writer.change(39'500, writer.add({"late", "", 1, true}), 1);
    writer.close();
    good_ = bytes_of(file_);
  }

  std::string complaint_about(const std::string& bytes) {
    write_bytes(file_, bytes);
    try {
      (void)read(file_);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  Folder folder_;
  std::filesystem::path file_ = folder_ / "damaged.trace";
  std::string good_;
};

TEST_F(DamagedTrace, IsReadWhenNotDamaged) { EXPECT_EQ(complaint_about(good_), ""); }

TEST_F(DamagedTrace, IsNoticedForEverySingleFlippedBit) {
  for (std::size_t at = 0; at < good_.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bytes = good_;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
      EXPECT_THAT(complaint_about(bytes), testing::StartsWith(file_.string() + ": damaged trace at byte "))
          << at << ' ' << bit;
    }
  }
}

TEST_F(DamagedTrace, IsNoticedForEveryTruncation) {
  for (std::size_t size = 0; size < good_.size(); ++size) {
    EXPECT_THAT(complaint_about(good_.substr(0, size)), testing::HasSubstr("damaged trace at byte ")) << size;
  }
}

TEST_F(DamagedTrace, IsNoticedForBytesAfterTheEnd) {
  EXPECT_THAT(complaint_about(good_ + "x"), testing::HasSubstr("left over"));
}

TEST_F(DamagedTrace, NamesTheByteWhereTheBlockStarts) {
  std::string bytes = good_;
  bytes[20] = static_cast<char>(bytes[20] ^ 1);
  EXPECT_THAT(complaint_about(bytes), testing::HasSubstr("at byte 8: the check value of this block"));
}

TEST_F(DamagedTrace, IsNoticedWhenTheEndCountsOtherRecordsAlthoughItsCheckValueIsRight) {
  std::string bytes = good_;
  const std::size_t end = bytes.size() - layout::block_head_bytes - 2 - layout::check_bytes;  // two counts below 128
  ASSERT_EQ(bytes[end], 'E');
  const auto* raw = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::uint32_t crc = 0;
  for (std::size_t byte = 4; byte >= 1; --byte) crc = crc << 8 | raw[end - 5 + byte];
  ++bytes[end + layout::block_head_bytes];
  crc = layout::crc(crc, raw + end, layout::block_head_bytes + 2);
  for (std::size_t byte = 0; byte < 4; ++byte) {
    bytes[bytes.size() - 4 + byte] = static_cast<char>(crc >> (8 * byte));
  }
  EXPECT_THAT(complaint_about(bytes), testing::HasSubstr("the number of records is wrong"));
}

TEST(Trace, ABlockLeftOutIsNoticedAlthoughEachBlockIsSound) {
  const Folder folder;
  Writer writer(folder / "t", {"", "", 0, {{"x", "V", 1, false}}});
  for (int row = 0; row < 200'000; ++row) {
    const double value = row % 17;
    writer.row(row, &value);
  }
  writer.close();
  const std::string good = bytes_of(folder / "t");
  const auto length = [&](std::size_t at) {
    std::size_t size = 0;
    for (std::size_t byte = 4; byte >= 1; --byte) size = size * 256 + static_cast<std::uint8_t>(good[at + byte]);
    return size + 9;
  };
  const std::size_t first = 8 + length(8), second = first + length(first);
  ASSERT_EQ(good[first], 'D');
  ASSERT_EQ(good[second], 'D');
  write_bytes(folder / "t", good.substr(0, first) + good.substr(second));
  EXPECT_THROW((void)read(folder / "t"), std::runtime_error);
}

TEST(Trace, AFileThatIsNotThereOrNotATraceIsSaidSo) {
  EXPECT_THAT([] { (void)read("/nowhere/t"); }, testing::ThrowsMessage<std::runtime_error>(
                                                    testing::HasSubstr("/nowhere/t: trace cannot be read: No such")));
  EXPECT_THAT([] { (void)read("/"); }, testing::Throws<std::runtime_error>());
}

}  // namespace
}  // namespace reports::trace
