// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/firmware_core.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "rig/bench/sim/firmware_dead_end.hpp"

namespace rig::bench {
namespace {

constexpr std::int64_t shortest_start_ns = 1000;  // a firmware that resets itself in create() must not stop time
constexpr std::size_t most_findings = 1000;       // facts beyond are dropped, errors never

DeadEnd dead_end;

FirmwareContext context_at(Place place, const FirmwareCore& core) {
  FirmwareContext context;
  context.place = place;
  context.frame.progress = &core.progress;
  context.frame.hang_cpu_ns = static_cast<std::int64_t>(core.config.hang_cpu_s * 1e9);
  return context;
}

}  // namespace

std::string seconds_text(std::int64_t t_ns) {
  const std::string ms = std::to_string(t_ns / 1'000'000 % 1000);
  return std::to_string(t_ns / 1'000'000'000) + "." + std::string(3 - ms.size(), '0') + ms + " s";
}

FirmwareCore::FirmwareCore(const FirmwareConfig& configuration, BoardBackend& board)
    : config(configuration),
      backend(&board),
      threads(*this),
      lifecycle_(context_at(Place::create, *this)),
      step_(context_at(Place::step, *this)),
      irq_(context_at(Place::irq, *this)),
      image_(config.file, lifecycle_.frame),
      api_(&image_.api()),
      runs_threads_((api_->caps & BOARD_CAP_STEP) == 0 || config.blocking_buses) {
  if (sc_core::sc_get_time_resolution() != sc_core::sc_time(1, sc_core::SC_NS))
    throw std::logic_error("FirmwareModule needs a kernel resolution of 1 ns, it is " +
                           sc_core::sc_get_time_resolution().to_string());
  name = api_->name == nullptr ? "" : api_->name;
  version = api_->version == nullptr ? "" : api_->version;
  fill_host_table(*this);
  threads.elaborate();
  if (runs_threads_) Agenda::of_this_process().forbid_bursts();
  start_event_.at(0);
}

FirmwareCore::~FirmwareCore() { destroy(); }

// ---- reset and start

void FirmwareCore::hold(std::uint32_t cause) {
  if (phase_ == Phase::dead) return;
  const bool was_running = phase_ == Phase::running || current != nullptr;
  // Until the firmware has run, the flags of the supply stand: a bouncing reset line does not hide a brown-out.
  if (was_running || cause == BOARD_RESET_BROWN_OUT || cause_ > BOARD_RESET_BROWN_OUT) cause_ = cause;
  const bool enters_reset = was_running || !is_powered_;
  phase_ = Phase::held;
  abandon = current != nullptr;
  holds_ = 0;
  at_wake_ = AtWake::go_on;
  busy_until_ns_ = 0;
  pending_irqs_.clear();
  if (is_powered_) start_event_.cancel();  // the entry before that is power-on itself
  wake_.cancel();
  watchdog_event_.cancel();
  threads.cancel_all();
  if (enters_reset) backend->reset_changed(clock_ns(), true, cause_);
}

void FirmwareCore::release() {
  if (phase_ != Phase::held) return;
  phase_ = Phase::starting;
  start_event_.at(clock_ns() + std::max(config.start_up_ns, shortest_start_ns));
}

void FirmwareCore::lose_supply(std::uint32_t cause) {
  has_supply_ = false;
  hold(cause);
}

void FirmwareCore::regain_supply() {
  has_supply_ = true;
  release();
}

void FirmwareCore::reset(std::uint32_t cause) {
  if (!has_supply_) return;
  hold(cause);
  release();
}

void FirmwareCore::on_start() {
  if (!is_powered_) {
    is_powered_ = true;
    if (phase_ != Phase::starting) return;
    backend->reset_changed(clock_ns(), true, cause_);
    start_event_.at(clock_ns() + std::max(config.start_up_ns, shortest_start_ns));
    return;
  }
  if (phase_ == Phase::starting) start();
}

void FirmwareCore::start() {
  if (!load()) return;
  last_kick_ns = clock_ns();
  backend->reset_changed(clock_ns(), false, cause_);
  if (!create()) return;
  phase_ = Phase::running;
  if (config.watchdog_ns > 0) watchdog_event_.at(clock_ns() + config.watchdog_ns);
  if (!runs_threads_) return wake_now();
  const bool steps = (api_->caps & BOARD_CAP_STEP) != 0;
  threads.spawn("main", steps ? std::function<void()>([this] { step_loop(); }) : [this] {
    api_->run(instance_);
    active_guard = nullptr;
    halt("firmware halted: run() returned");
  }, 0, 0);
}

bool FirmwareCore::load() {
  if (std::exchange(is_fresh_, false)) return true;
  destroy();
  if (phase_ == Phase::dead) return false;
  try {
    image_.reload();
  } catch (const FirmwareRefused& refusal) {
    found(refusal.what(), true);
    die();
    return false;
  }
  known_names_.clear();
  api_ = &image_.api();
  return true;
}

bool FirmwareCore::create() {
  board_config told{sizeof(board_config), cause_, config.board.c_str(), config.settings.c_str()};
  void* made = nullptr;
  std::int32_t result = BOARD_EINVAL;
  lifecycle_.place = Place::create;
  enter(lifecycle_);
  const Outcome outcome = guarded(lifecycle_.frame, [&] { result = api_->create(&host, &told, &made); });
  exit();
  settle(outcome, lifecycle_);
  if (outcome != Outcome::returned || phase_ != Phase::starting) return false;
  if (result == 0) {
    instance_ = made;
    return true;
  }
  found("firmware refused to start: " + reason_of_refusal(made, result), true);
  die();
  return false;
}

std::string FirmwareCore::reason_of_refusal(const void* text, std::int32_t result) {
  std::array<char, 256> copy{};
  const auto read = [&] { std::strncpy(copy.data(), static_cast<const char*>(text), copy.size() - 1); };
  if (text != nullptr && guarded(lifecycle_.frame, read) == Outcome::returned && copy[0] != '\0') return copy.data();
  return "create() returned " + std::to_string(result) + " and gave no reason";
}

void FirmwareCore::destroy() {
  void* const instance = std::exchange(instance_, nullptr);
  if (instance == nullptr || phase_ == Phase::dead || api_->destroy == nullptr) return;
  BoardBackend* const board = std::exchange(backend, &dead_end);
  lifecycle_.place = Place::destroy;
  enter(lifecycle_);
  const Outcome outcome = guarded(lifecycle_.frame, [&] { api_->destroy(instance); });
  exit();
  backend = board;
  settle(outcome, lifecycle_);
}

// ---- running

void FirmwareCore::enter(FirmwareContext& context) {
  current = &context;
  now_ns = std::max(clock_ns(), busy_until_ns_);
  context.began_ns = now_ns;
  if (now_ns == instant_ns_) return;
  instant_ns_ = now_ns;
  free_until = progress + config.calls_per_instant;
}

void FirmwareCore::exit() {
  current = nullptr;
  if (!std::exchange(abandon, false) && now_ns > clock_ns()) busy_until_ns_ = now_ns;
}

void FirmwareCore::on_wake() {
  if (at_wake_ != AtWake::go_on) [[unlikely]]
    return end_at_wake();
  if (!may_run()) return;
  if (is_busy()) return wake_now();
  collecting_ = true;
  backend->about_to_run(clock_ns());
  collecting_ = false;
  if (!may_run()) return;
  wake_.cancel();  // a wake-up asked for at this instant is this one
  if (!pending_irqs_.empty()) deliver_pending_irqs();
  if (!may_run()) return;
  runs_threads_ ? threads.dispatch() : step();
}

void FirmwareCore::step() {
  ++wake_ups;
  enter(step_);
  std::uint64_t next_ns = BOARD_FOREVER;
  const Outcome outcome =
      guarded(step_.frame, [&] { next_ns = api_->step(instance_, static_cast<std::uint64_t>(now_ns)); });
  exit();
  if (outcome != Outcome::returned) return settle(outcome, step_);
  if (next_ns < static_cast<std::uint64_t>(FirmwareThreads::forever))
    wake_no_sooner_than(static_cast<std::int64_t>(next_ns));
}

// An answer in the past means "as soon as you can": 1 us, so that time goes on.
void FirmwareCore::wake_no_sooner_than(std::int64_t t_ns) {
  const std::int64_t kernel = clock_ns();
  const std::int64_t wanted = t_ns > kernel ? t_ns : kernel + call_cost_ns;
  wake_.at(std::max(wanted, busy_until_ns_));
}

[[gnu::flatten]] void FirmwareCore::wake_now() { wake_.at(std::max(busy_until_ns_, clock_ns())); }

void FirmwareCore::step_loop() {
  GuardFrame& frame = current->frame;
  for (;;) {
    active_guard = &frame;
    const std::uint64_t next_ns = api_->step(instance_, static_cast<std::uint64_t>(now_ns));
    active_guard = nullptr;
    std::int64_t until_ns = FirmwareThreads::forever;
    if (next_ns < static_cast<std::uint64_t>(until_ns))
      until_ns = std::max(static_cast<std::int64_t>(next_ns), now_ns + call_cost_ns);
    threads.block(until_ns, BOARD_EVENT_IRQ);
  }
}

void FirmwareCore::settle(Outcome outcome, const FirmwareContext& context) {
  if (current == &context) exit();
  if (rig_fault) std::rethrow_exception(std::exchange(rig_fault, nullptr));
  if (outcome == Outcome::returned || outcome == Outcome::left) return;
  if (outcome == Outcome::livelocked) return end_livelock(context);
  found(outcome == Outcome::crashed ? std::string("firmware crashed: ") + signal_text(context.frame.signal)
                                    : "firmware hung since " + seconds_text(context.began_ns),
        true);
  die();
}

void FirmwareCore::die() {
  phase_ = Phase::dead;
  wake_.cancel();
  watchdog_event_.cancel();
  start_event_.cancel();
  threads.cancel_all();
  image_.abandon();
  backend->reset_changed(clock_ns(), true, BOARD_RESET_SOFTWARE);
}

void FirmwareCore::halt(const std::string& why) {
  set_hold(halted, true);
  found(why, false);
}

void FirmwareCore::on_watchdog() {
  if (phase_ != Phase::running) return;
  const std::int64_t left_ns = last_kick_ns + config.watchdog_ns - clock_ns();
  if (left_ns > 0) return watchdog_event_.at(clock_ns() + left_ns);
  found("reset by watchdog: not kicked since " + seconds_text(last_kick_ns), false);
  reset(BOARD_RESET_WATCHDOG);
}

void FirmwareCore::stall(bool on) {
  if (phase_ != Phase::running || is_held(stalled) == on) return;
  set_hold(stalled, on);
  if (on) return;
  wake_now();
  threads.dispatch();
}

// ---- interrupts and events

void FirmwareCore::raise_irq(std::uint32_t line, std::uint32_t level) {
  if (phase_ != Phase::running || is_held(halted)) return;
  if (current == nullptr && !is_held(stalled) && !is_busy()) {
    deliver(line, level);
    if (may_run() && !collecting_) runs_threads_ ? threads.dispatch() : wake_now();
    return;
  }
  const auto same_line = [line](const auto& pending) { return pending.first == line; };
  const auto known = std::find_if(pending_irqs_.begin(), pending_irqs_.end(), same_line);
  if (known != pending_irqs_.end())
    known->second = level;
  else
    pending_irqs_.emplace_back(line, level);
  wake_now();
}

void FirmwareCore::deliver(std::uint32_t line, std::uint32_t level) {
  threads.signal(BOARD_EVENT_IRQ);
  if (api_->irq == nullptr) return;
  enter(irq_);
  const Outcome outcome = guarded(irq_.frame, [&] { api_->irq(instance_, line, level); });
  exit();
  settle(outcome, irq_);
}

// One round: what these interrupts raise again waits for the next wake-up, or a storm would stop time.
void FirmwareCore::deliver_pending_irqs() {
  for (const auto& [line, level] : std::exchange(pending_irqs_, {})) {
    if (may_run()) deliver(line, level);
  }
}

void FirmwareCore::notify(std::uint32_t event) {
  if (phase_ != Phase::running) return;
  threads.signal(event);
  if (current == nullptr) threads.dispatch();
}

// ---- findings

void FirmwareCore::found(std::string what, bool is_error) {
  if (!is_error && findings.size() >= most_findings) return;
  findings.push_back({clock_ns(), std::move(what), is_error});
}

void FirmwareCore::misuse(const char* call, const char* why) {
  if (misuses_.emplace(call, why).second) found(std::string(call) + "() " + why, true);
}

void FirmwareCore::unwired(const char* call, std::uint32_t number, const char* what) {
  constexpr std::size_t most = 8;  // a firmware that searches its board is no reason to fill the report
  if (unwired_.size() >= most || !unwired_.emplace(call, number).second) return;
  const std::string text = std::to_string(number);
  found(std::string(call) + "(" + text + ", …) was refused: the board file wires no " + what + " " + text, false);
}

void FirmwareCore::unheard(std::uint32_t bus) {
  if (!unheard_.insert(bus).second) return;
  found("SPI transfer on bus " + std::to_string(bus) + " while no chip is selected: it reads ones", false);
}

const char* FirmwareCore::interned(const char* text) {
  const auto known = known_names_.find(text);
  if (known != known_names_.end()) return known->second;
  return known_names_[text] = names_.emplace(text).first->c_str();
}

}  // namespace rig::bench
