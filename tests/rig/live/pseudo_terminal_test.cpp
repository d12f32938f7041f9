// SPDX-License-Identifier: Apache-2.0
#include "rig/live/pseudo_terminal.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "rig/live/request.hpp"
#include "tests/support/program.hpp"

namespace rig::live {
namespace {

namespace fs = std::filesystem;

/// A client that opens a device.
class Client {
 public:
  explicit Client(const fs::path& device) : fd_(open(device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK)) {}
  ~Client() { close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  [[nodiscard]] bool is_there() const { return fd_ >= 0; }
  void say(std::string_view text) const {
    EXPECT_EQ(write(fd_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  [[nodiscard]] std::string hear() const {
    std::array<char, 8192> bytes;
    const ssize_t count = read(fd_, bytes.data(), bytes.size());
    return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
  }
  void set_speed(speed_t speed) const {
    termios settings{};
    tcgetattr(fd_, &settings);
    cfsetspeed(&settings, speed);
    EXPECT_EQ(tcsetattr(fd_, TCSANOW, &settings), 0);
  }

 private:
  int fd_;
};

std::string text(std::span<const char> bytes) { return {bytes.begin(), bytes.end()}; }
std::span<const char> bytes_of(std::string_view text) { return {text.data(), text.size()}; }

TEST(PseudoTerminal, CarriesEveryByteUnchangedBothWays) {
  PseudoTerminal end(115200);
  const Client client(end.path());
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
  const Client client(end.path());
  client.say("abcdef");
  EXPECT_EQ(text(end.read(4)), "abcd");
  EXPECT_EQ(text(end.read(4)), "ef");
}

TEST(PseudoTerminal, TheNextClientFindsNothingOfTheLast) {
  PseudoTerminal end(115200);
  EXPECT_FALSE(end.is_open());
  EXPECT_EQ(end.write(bytes_of("to nobody")), 0u);
  {
    const Client first(end.path());
    EXPECT_TRUE(end.is_open());
    EXPECT_EQ(end.write(bytes_of("to the first")), 12u);
    first.say("last words");
  }
  EXPECT_TRUE(end.is_open()) << "there are last words";
  EXPECT_EQ(text(end.read(100)), "last words");
  EXPECT_FALSE(end.is_open());
  EXPECT_EQ(text(end.read(100)), "");
  const Client second(end.path());
  EXPECT_TRUE(end.is_open());
  EXPECT_EQ(second.hear(), "");
}

TEST(PseudoTerminal, AClientThatDoesNotReadLosesWhatHasNoRoom) {
  PseudoTerminal end(115200);
  const Client client(end.path());
  const std::string much(100'000, 'x');
  std::size_t taken = 0;
  for (int i = 0; i < 100; ++i) taken += end.write(bytes_of(much));
  EXPECT_LT(taken, 100 * much.size());
  EXPECT_GT(taken, 0u);
}

TEST(PseudoTerminal, KnowsTheSpeedThatTheClientHasSet) {
  PseudoTerminal end(115200);
  EXPECT_EQ(end.baud(), 115200);
  const Client client(end.path());
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
    EXPECT_TRUE(Client(path).is_there());
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
    EXPECT_TRUE(Client(place / "4e57").is_there());
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
