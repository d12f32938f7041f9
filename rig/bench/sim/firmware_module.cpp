// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/firmware_module.hpp"

#include "rig/bench/sim/firmware_core.hpp"

namespace rig::bench {

struct FirmwareModule::State : FirmwareCore {
  using FirmwareCore::FirmwareCore;
};

FirmwareModule::FirmwareModule(const sc_core::sc_module_name& name, const FirmwareConfig& config, BoardBackend& backend)
    : sc_core::sc_module(name), state_(std::make_unique<State>(config, backend)) {}

FirmwareModule::~FirmwareModule() = default;

void FirmwareModule::raise_irq(std::uint32_t line, std::uint32_t level) { state_->raise_irq(line, level); }
void FirmwareModule::notify_uart() { state_->notify(BOARD_EVENT_UART); }
void FirmwareModule::notify_can() { state_->notify(BOARD_EVENT_CAN); }
void FirmwareModule::hold_in_reset(std::uint32_t cause) { state_->lose_supply(cause); }
void FirmwareModule::release_reset() { state_->regain_supply(); }
void FirmwareModule::reset(std::uint32_t cause) { state_->reset(cause); }
void FirmwareModule::stall(bool stalled) { state_->stall(stalled); }
void FirmwareModule::hang_main() { state_->hang_main(); }

bool FirmwareModule::running() const { return state_->is_running(); }
bool FirmwareModule::dead() const { return state_->is_dead(); }
std::uint64_t FirmwareModule::wake_ups() const { return state_->wake_ups; }
const std::vector<FirmwareFinding>& FirmwareModule::findings() const { return state_->findings; }
const std::string& FirmwareModule::firmware_name() const { return state_->name; }
const std::string& FirmwareModule::firmware_version() const { return state_->version; }

}  // namespace rig::bench
