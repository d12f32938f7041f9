// SPDX-License-Identifier: Apache-2.0
#include "rig/live/pseudo_terminal.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "rig/live/request.hpp"
#include "tests/rig/live/terminal_client.hpp"
#include "tests/support/program.hpp"

namespace rig::live {
namespace {

namespace fs = std::filesystem;

std::string text(std::span<const char> bytes) { return {bytes.begin(), bytes.end()}; }
std::span<const char> bytes_of(std::string_view text) { return {text.data(), text.size()}; }

TEST(PseudoTerminal, CarriesEveryByteUnchangedBothWays) {
  PseudoTerminal end(115200);
  const TerminalClient client(end.path());
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  client.say(all);
  EXPECT_EQ(text(end.read(1000)), all);
  EXPECT_EQ(end.write(bytes_of(all)), 256u);
  EXPECT_EQ(client.hear(), all);
  EXPECT_EQ(text(end.read(1000)), "") << "nothing is echoed";
}

TEST(PseudoTerminal, WhatAClientDoesNotTakeStaysWithIt) {
  PseudoTerminal end(115200);
  const TerminalClient client(end.path());
  client.say("abcdef");
  EXPECT_EQ(text(end.read(4)), "abcd");
  EXPECT_EQ(text(end.read(4)), "ef");
}

TEST(PseudoTerminal, TheNextClientFindsNothingOfTheLast) {
  PseudoTerminal end(115200);
  EXPECT_FALSE(end.is_open());
  EXPECT_EQ(end.write(bytes_of("to nobody")), 0u);
  {
    const TerminalClient first(end.path());
    EXPECT_TRUE(end.is_open());
    EXPECT_EQ(end.write(bytes_of("to the first")), 12u);
    first.say("last words");
  }
  EXPECT_TRUE(end.is_open()) << "there are last words";
  EXPECT_EQ(text(end.read(100)), "last words");
  EXPECT_FALSE(end.is_open());
  EXPECT_EQ(text(end.read(100)), "");
  const TerminalClient second(end.path());
  EXPECT_TRUE(end.is_open());
  EXPECT_EQ(second.hear(), "");
}

TEST(PseudoTerminal, AClientThatDoesNotReadLosesWhatHasNoRoom) {
  PseudoTerminal end(115200);
  const TerminalClient client(end.path());
  const std::string much(100'000, 'x');
  std::size_t taken = 0;
  for (int i = 0; i < 100; ++i) taken += end.write(bytes_of(much));
  EXPECT_LT(taken, 100 * much.size());
  EXPECT_GT(taken, 0u);
}

TEST(PseudoTerminal, KnowsTheSpeedThatTheClientHasSet) {
  PseudoTerminal end(115200);
  EXPECT_EQ(end.baud(), 115200);
  const TerminalClient client(end.path());
  client.set_speed(B9600);
  EXPECT_EQ(end.baud(), 9600);
  client.set_speed(B50);
  EXPECT_EQ(end.baud(), std::nullopt);
}

TEST(PseudoTerminal, IsGoneWithTheObject) {
  std::string path;
  {
    PseudoTerminal end(115200);
    path = end.path();
    EXPECT_TRUE(TerminalClient(path).is_there());
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(DeviceLinks, LeadToTheDeviceAndAreGoneWithTheObject) {
  const tests::TemporaryFolder folder;
  const fs::path place = folder.path() / "new";
  {
    PseudoTerminal end(115200);
    Links links(place);
    EXPECT_EQ(links.add("4e57", end.path()), place / "4e57");
    EXPECT_TRUE(TerminalClient(place / "4e57").is_there());
  }
  EXPECT_FALSE(fs::exists(fs::symlink_status(place / "4e57")));
  EXPECT_FALSE(fs::exists(place)) << "made for them";
}

TEST(DeviceLinks, LeaveAloneWhatIsNotTheirs) {
  const tests::TemporaryFolder folder;
  std::ofstream(folder.path() / "can") << "a file";
  {
    Links links(folder.path());
    EXPECT_THROW(links.add("can", "/dev/null"), CannotStart);
    links.add("4e57", "/dev/null");
    fs::remove(folder.path() / "4e57");
    fs::create_symlink("/elsewhere", folder.path() / "4e57");
  }
  EXPECT_TRUE(fs::is_regular_file(folder.path() / "can"));
  EXPECT_EQ(fs::read_symlink(folder.path() / "4e57"), "/elsewhere") << "somebody else's by now";
}

TEST(DeviceLinks, ReplaceThoseOfASessionThatWasKilled) {
  const tests::TemporaryFolder folder;
  fs::create_symlink("/dev/pts/99999", folder.path() / "4e57");
  Links links(folder.path());
  EXPECT_EQ(fs::read_symlink(links.add("4e57", "/dev/null")), "/dev/null");
}

TEST(DeviceLinks, AreRefusedWhereAnotherSessionHasItsOwnOrNoFolderCanBe) {
  const tests::TemporaryFolder folder;
  Links links(folder.path());
  EXPECT_THROW(Links second(folder.path()), CannotStart);
  std::ofstream(folder.path() / "file") << "a file";
  EXPECT_THROW(Links third(folder.path() / "file"), CannotStart);
}

}  // namespace
}  // namespace rig::live
