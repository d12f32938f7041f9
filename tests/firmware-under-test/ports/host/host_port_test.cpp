// SPDX-License-Identifier: Apache-2.0
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "board.h"
#include "tests/firmware-under-test/jk/app/fake_board.hpp"

namespace {

class JkSharedObject : public ::testing::Test {
 protected:
  void SetUp() override {
    handle = dlopen(JK_SO, RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(handle, nullptr) << dlerror();
    get_api = reinterpret_cast<decltype(&cellrig_get_api)>(dlsym(handle, "cellrig_get_api"));
    ASSERT_NE(get_api, nullptr);
    api = get_api(BOARD_ABI_VERSION);
    ASSERT_NE(api, nullptr);
  }
  void TearDown() override {
    if (handle != nullptr) dlclose(handle);
  }
  /// Empty when created (and destroyed again), otherwise the reason of the refusal.
  std::string refusal(const board_host& host, const char* settings, const char* name = "JK-B2A8S20P") {
    const board_config config = {sizeof config, BOARD_RESET_POWER_ON, name, settings};
    void* instance = nullptr;
    if (api->create(&host, &config, &instance) != 0)
      return instance != nullptr ? static_cast<const char*>(instance) : "no reason";
    api->destroy(instance);
    return "";
  }

  void* handle = nullptr;
  decltype(&cellrig_get_api) get_api = nullptr;
  const board_api* api = nullptr;
  fake::Board board;
};

TEST_F(JkSharedObject, SaysWhatItIs) {
  EXPECT_STREQ(api->name, "jk");
  EXPECT_EQ(api->struct_size, sizeof(board_api));
  EXPECT_EQ(api->abi_version, BOARD_ABI_VERSION);
  EXPECT_EQ(api->caps, BOARD_CAP_STEP | BOARD_CAP_REENTRANT);
}

TEST_F(JkSharedObject, ServesEveryMinorVersionAndNoOtherMajor) {
  EXPECT_NE(get_api(BOARD_ABI_VERSION + 7), nullptr);
  EXPECT_EQ(get_api(BOARD_ABI_VERSION + 0x10000), nullptr);
}

TEST_F(JkSharedObject, IsCreatedWithGoodSettings) { EXPECT_EQ(refusal(board.host(), "cell_ovp=3650\n"), ""); }

TEST_F(JkSharedObject, RefusesAnUnknownSettingAndLogsTheLine) {
  EXPECT_EQ(refusal(board.host(), "cell_opv=3650\n"), "settings: unknown name");
  EXPECT_EQ(board.log, std::vector<std::string>{"settings: unknown name: \"cell_opv=3650\""});
}

TEST_F(JkSharedObject, RefusesABoardWhoseNameStatesNoBalanceCurrent) {
  EXPECT_NE(refusal(board.host(), "", "bench"), "");
}

TEST_F(JkSharedObject, RefusesAHostWithoutAServiceItNeeds) {
  const struct {
    void (*remove)(board_host&);
    const char* reason;
  } rows[] = {
      {[](board_host& host) { host.now_ns = nullptr; }, "the board offers no time"},
      {[](board_host& host) { host.gpio_read = nullptr; }, "the board offers no GPIO"},
      {[](board_host& host) { host.gpio_write = nullptr; }, "the board offers no GPIO"},
      {[](board_host& host) { host.adc_read = nullptr; }, "the board offers no ADC with scan"},
      {[](board_host& host) { host.adc_scan_start = nullptr; }, "the board offers no ADC with scan"},
      {[](board_host& host) { host.pwm_write = nullptr; }, "the board offers no PWM"},
      {[](board_host& host) { host.uart_read = nullptr; }, "the board offers no UART"},
      {[](board_host& host) { host.uart_write = nullptr; }, "the board offers no UART"},
      {[](board_host& host) { host.watchdog_kick = nullptr; }, "the board offers no watchdog"},
      {[](board_host& host) { host.struct_size = 64; }, "the host table is shorter than this firmware needs"},
  };
  for (const auto& row : rows) {
    board_host host = board.host();
    row.remove(host);
    EXPECT_EQ(refusal(host, ""), row.reason);
  }
}

TEST_F(JkSharedObject, TwoInstancesShareNothing) {
  const board_config config = {sizeof config, BOARD_RESET_POWER_ON, "JK-B2A8S20P", ""};
  fake::Board other;
  void *one = nullptr, *two = nullptr;
  ASSERT_EQ(api->create(&board.host(), &config, &one), 0);
  ASSERT_EQ(api->create(&other.host(), &config, &two), 0);
  board.step = [&](std::uint64_t now_ns) { return api->step(one, now_ns); };
  board.irq = [&](std::uint32_t line, std::uint32_t level) { api->irq(one, line, level); };
  other.step = [&](std::uint64_t now_ns) { return api->step(two, now_ns); };
  other.irq = [&](std::uint32_t line, std::uint32_t level) { api->irq(two, line, level); };
  other.set_cell_mV(1, 3650);
  for (std::uint64_t t = 0; t <= 6 * fake::s; t += 16 * fake::ms) board.run_until(t), other.run_until(t);
  EXPECT_TRUE(board.level(0));
  EXPECT_FALSE(other.level(0));
  api->destroy(one);
  api->destroy(two);
}

}  // namespace
