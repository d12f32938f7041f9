// SPDX-License-Identifier: Apache-2.0
// The JK-compatible firmware as a shared object: the one place that allocates, once an instance.
#include <cstdio>
#include <new>

#include "board.h"
#include "firmware-under-test/jk/app/app.hpp"
#include "firmware-under-test/jk/app/settings_text.hpp"

namespace {

using jk::app::App;

std::int32_t refuse(void** instance, const char* why) {
  *instance = const_cast<char*>(why);  // the boundary's void* carries a text here; nobody writes to it
  return -1;
}

void log_line(const board_host& host, const jk::app::SettingsProblem& problem) {
  if (host.log == nullptr) return;
  char text[160];
  std::snprintf(text, sizeof text, "%s: \"%.*s\"", problem.what, static_cast<int>(problem.line.size()),
                problem.line.data());
  host.log(host.ctx, BOARD_LOG_ERROR, text);
}

std::int32_t create(const board_host* host, const board_config* config, void** instance) {
  if (const char* const missing = jk::app::missing_service(*host)) return refuse(instance, missing);
  const jk::app::BoardModel model = jk::app::board_model(config->board);
  if (model.balance_mA == 0) return refuse(instance, "the board's name is no JK board's, as JK-B2A8S20P is");

  jk::core::Settings settings(jk::core::Preset::lifepo4);
  const jk::app::SettingsProblem problem = jk::app::apply_settings(config->settings, settings);
  if (problem.what != nullptr) {
    log_line(*host, problem);
    return refuse(instance, problem.what);
  }
  *instance = new (std::nothrow) App(*host, settings, model, config->start_cause);
  return *instance != nullptr ? 0 : refuse(instance, "out of memory");
}

void destroy(void* instance) { delete static_cast<App*>(instance); }

std::uint64_t step(void* instance, std::uint64_t now_ns) { return static_cast<App*>(instance)->step(now_ns); }

void irq(void* instance, std::uint32_t line, std::uint32_t level) { static_cast<App*>(instance)->irq(line, level); }

constexpr board_api api = {sizeof(board_api),
                           BOARD_ABI_VERSION,
                           BOARD_CAP_STEP | BOARD_CAP_REENTRANT,
                           "jk",
                           "0.1.0",
                           "",
                           create,
                           destroy,
                           nullptr,
                           step,
                           irq};

}  // namespace

const board_api* cellrig_get_api(uint32_t host_abi_version) {
  return host_abi_version >> 16 == BOARD_ABI_MAJOR ? &api : nullptr;
}
