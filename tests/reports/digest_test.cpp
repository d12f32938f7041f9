// SPDX-License-Identifier: Apache-2.0
#include "reports/digest.hpp"

#include <gtest/gtest.h>

#include "tests/reports/trace_files.hpp"

namespace reports {
namespace {

TEST(Digest, AgreesWithTheExamplesOfFips180) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_base64("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

TEST(Digest, OfAFileLongerThanOnePieceIsThatOfItsBytes) {
  const Folder folder;
  const std::string bytes(200'001, 'x');
  write_bytes(folder / "f", bytes);
  EXPECT_EQ(sha256_file(folder / "f"), sha256(bytes));
}

TEST(Digest, OfAFileThatCannotBeReadIsAnError) {
  EXPECT_THROW((void)sha256_file("/nowhere/f"), std::runtime_error);
  EXPECT_THROW((void)sha256_file("/"), std::runtime_error);
}

}  // namespace
}  // namespace reports
