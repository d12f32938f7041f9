// SPDX-License-Identifier: Apache-2.0
#include "rig/live/session.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <memory>
#include <utility>

#include "rig/bench/sim/rs485_bus.hpp"
#include "rig/live/console.hpp"
#include "rig/live/input.hpp"
#include "rig/live/pace.hpp"
#include "rig/live/port.hpp"
#include "rig/live/screen.hpp"
#include "rig/live/world.hpp"
#include "rig/scenario/text.hpp"

namespace rig::live {
namespace {

constexpr std::int64_t ms = 1'000'000, s = 1000 * ms;

std::int64_t host_ns() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<std::int64_t>(t.tv_sec) * s + t.tv_nsec;
}

volatile std::sig_atomic_t ended_by = 0;

/// Signals that end a session arrive only while it waits, so that it always leaves by the same door.
class EndingSignals {
 public:
  EndingSignals() {
    struct sigaction action {};
    action.sa_handler = [](int signal) { ended_by = signal; };
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
      sigaction(signal, &action, nullptr);
      sigaddset(&ending, signal);
    }
    sigprocmask(SIG_BLOCK, &ending, &while_waiting_);
    for (const int signal : {SIGPIPE, SIGTTIN, SIGTTOU}) std::signal(signal, SIG_IGN);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigdelset(&while_waiting_, signal);
  }
  [[nodiscard]] const sigset_t& while_waiting() const { return while_waiting_; }

 private:
  sigset_t while_waiting_{};
};

class Live {
 public:
  Live(const Request& request, std::ostream& out)
      : worlds_(worlds_of(request)),
        console_(places_of(request), request.shipped),
        screen_(out, request.is_terminal),
        pace_(request.speed, host_ns(), 0) {
    if (request.links) links_.emplace(*request.links);
    for (std::size_t i = 0; i < worlds_.size(); ++i) attach(request.stations[i], *worlds_[i]);
    if (shared_) add_port<SerialPort>("modbus", baud_of(*shared_baud_), *shared_);
    for (std::size_t i = 0; i < worlds_.size(); ++i) greet(request.stations[i], *worlds_[i]);
    for (const auto& port : ports_) greet(*port);
    screen_.line("`help` lists what can be typed; `quit` or Ctrl-C ends");
  }

  int run() {
    constexpr int refused = 2;
    pollfd typed{input_.descriptor(), POLLIN, 0};
    if (poll(&typed, 1, 0) > 0) input_.read();  // what a pipe has ready happens at 0
    obey();
    pace_.go_on(pace_.speed(), host_ns(), 0);
    while (!is_over_ && ended_by == 0) {
      wait();
      advance();
      for (const auto& port : ports_) {
        port->to_client();
        if (port->has_room()) port->from_client();
      }
      obey();
      report();
      if (std::ranges::any_of(worlds_, &World::has_refused)) return refused;
    }
    if (lateness_.times() > 0)
      screen_.line("late " + std::to_string(lateness_.times()) + " times, by " + late_text(lateness_.longest_ns()) +
                   " at most");
    return 0;
  }

 private:
  static std::vector<std::unique_ptr<World>> worlds_of(const Request& request) {
    std::vector<std::unique_ptr<World>> worlds;
    for (const Station& station : request.stations)
      worlds.push_back(std::make_unique<World>(station, request.seed + worlds.size()));
    return worlds;
  }
  static std::vector<Console::Place> places_of(const Request& request) {
    std::vector<Console::Place> places;
    for (const Station& station : request.stations) places.push_back({station.name, station.setup});
    return places;
  }
  static std::string late_text(std::int64_t ns) { return scenario::fixed(static_cast<double>(ns) * 1e-6, 0) + " ms"; }

  // ---- the beginning

  template <class Kind, class... Rest>
  void add_port(Rest&&... rest) {
    ports_.push_back(std::make_unique<Kind>(std::forward<Rest>(rest)...));
  }
  static int baud_of(double baud) { return static_cast<int>(baud + 0.5); }

  void attach(const Station& station, World& world) {
    const std::string front = station.name.empty() ? "" : station.name + ".";
    for (const auto& uart : station.setup.board.uarts) {
      bench::SimSerial& wire = *world.board().serial(uart.is);
      const std::string name = uart.is.starts_with("jk_") ? uart.is.substr(3) : uart.is;
      const bool is_shared = uart.is == "jk_modbus" && worlds_.size() > 1;
      is_shared ? share(uart.baud, wire, world) : add_port<SerialPort>(front + name, baud_of(uart.baud), wire);
    }
    for (const auto& can : station.setup.board.can) {
      const std::string name = station.setup.board.can.size() > 1 ? "can" + std::to_string(can.bus) : "can";
      add_port<CanPort>(front + name, *world.board().can(can.bus));
    }
  }

  /// Boards of one session meet on one RS485 bus.
  void share(double baud, bench::SimSerial& wire, const World& world) {
    if (!shared_) shared_.emplace(*(shared_baud_ = baud));
    if (*shared_baud_ != baud)
      throw CannotStart("the Modbus port of " + world.setup().board.name + " runs at " + scenario::shortest(baud) +
                        " baud, the bus at " + scenario::shortest(*shared_baud_));
    shared_->join(wire);
  }

  void greet(const Station& station, const World& world) {
    const auto address = station.setup.settings.find("device_address");
    const bool is_one_of_several = !station.name.empty() && address != station.setup.settings.end();
    screen_.line((station.name.empty() ? "" : station.name + "  ") + world.setup().board.name + ", firmware " +
                 world.firmware().firmware_name() + " " + world.firmware().firmware_version() + ", pack " +
                 world.setup().pack.name +
                 (is_one_of_several ? ", address " + scenario::shortest(address->second) : "") + ", " +
                 scenario::shortest(pace_.speed()) + " x real time");
  }

  void greet(Port& port) {
    std::string path = port.end().path();
    if (links_) path = links_->add(port.name(), path).string() + " -> " + path;
    screen_.line("  " + port.name() + std::string(10 - std::min<std::size_t>(9, port.name().size()), ' ') + path +
                 "   " + port.about());
  }

  // ---- the loop

  /// Sleeps until something is due, a client or somebody at the keyboard wants something, or the row is to be
  /// refreshed.
  void wait() {
    constexpr std::int64_t pause_ns = 250'000;  // several things due within it are done together
    constexpr std::int64_t look_for_clients_ns = 20 * ms;
    std::vector<pollfd> ends;
    due_ns_ = pace_.host_at(next_sim_ns());
    std::int64_t wake_ns = is_behind_ ? 0 : std::max(due_ns_, last_run_ns_ + pause_ns);
    for (const auto& port : ports_) {
      const bool is_open = port->end().is_open();
      ends.push_back({is_open && port->has_room() ? port->end().descriptor() : -1, POLLIN, 0});
      if (!is_open) wake_ns = std::min(wake_ns, host_ns() + look_for_clients_ns);
    }
    ends.push_back({is_waiting() ? -1 : input_.descriptor(), POLLIN, 0});
    if (screen_.has_row()) wake_ns = std::min(wake_ns, next_row_ns_);
    const std::int64_t left_ns = std::max<std::int64_t>(0, wake_ns - host_ns());
    const timespec timeout{left_ns / s, left_ns % s};
    if (ppoll(ends.data(), ends.size(), &timeout, &signals_.while_waiting()) > 0 && ends.back().revents != 0)
      input_.read();
  }

  [[nodiscard]] std::int64_t next_sim_ns() const {
    const std::int64_t now = bench::now_ns();
    const auto pending_ns = static_cast<std::int64_t>(
        std::min<std::uint64_t>(sc_core::sc_time_to_pending_activity().value(), std::uint64_t{3600} * s));
    std::int64_t next = now + pending_ns;
    for (const auto& port : ports_) next = std::min(next, port->next_ns());
    if (is_waiting()) next = std::min(next, *wait_until_ns_);
    return next;
  }

  /// The kernel goes to the simulated instant that belongs to now, or as far as it gets in a slice.
  void advance() {
    constexpr std::int64_t long_slice_ns = 20 * ms, short_slice_ns = 5 * ms;
    const std::int64_t start_ns = host_ns(), now = bench::now_ns(), wanted = pace_.sim_at(start_ns);
    std::int64_t target = std::min(wanted, now + slice_ns_);
    if (is_waiting()) target = std::min(target, *wait_until_ns_);  // the next line comes at its very instant
    if (target > now) bench::Agenda::of_this_process().run_until(target);
    last_run_ns_ = host_ns();
    is_behind_ = target < wanted;
    lateness_.note(std::min(due_ns_, pace_.host_at(target)), last_run_ns_);
    const std::int64_t took_ns = last_run_ns_ - start_ns;
    if (took_ns > long_slice_ns) slice_ns_ = std::max(ms, slice_ns_ / 2);
    if (took_ns < short_slice_ns) slice_ns_ = std::min(3600 * s, slice_ns_ * 2);
  }

  // ---- what people type

  [[nodiscard]] bool is_waiting() const { return wait_until_ns_ && *wait_until_ns_ > bench::now_ns(); }

  void obey() {
    while (!is_waiting() && !is_over_) {
      const auto line = input_.next_line();
      if (!line) return;
      std::vector<std::string> mistakes;
      const auto command = console_.read(*line, mistakes);
      for (const std::string& mistake : mistakes) screen_.line(mistake);
      if (command) obey(*command);
    }
  }

  void obey(const Command& command) {
    switch (command.kind) {
      case Command::Kind::act:
        for (const auto& action : command.actions) worlds_[command.station]->act(action);
        return screen_.line(front(command.station) + time_text(bench::now_ns()) + "  " +
                            (command.meaning.size() == 1 ? command.meaning.front() : command.typed));
      case Command::Kind::speed:
        pace_.go_on(command.speed, host_ns(), bench::now_ns());
        return screen_.line(time_text(bench::now_ns()) + "  " + scenario::shortest(command.speed) + " x real time");
      case Command::Kind::wait:
        wait_until_ns_ = bench::now_ns() + scenario::to_ns(command.wait_s);
        return;
      case Command::Kind::status:
        for (const auto& world : worlds_) screen_.line(world->status());
        for (const auto& port : ports_) screen_.line("  " + port->status());
        return;
      case Command::Kind::help:
        return screen_.line(console_.help());
      case Command::Kind::quit:
        is_over_ = true;
    }
  }

  [[nodiscard]] std::string front(std::size_t station) const {
    const std::string name = console_.name(station);
    return name.empty() ? "" : name + "  ";
  }

  // ---- what is told

  void report() {
    constexpr std::size_t most_lines = 20;  // at once: a chatterbox is cut off
    for (const auto& world : worlds_) {
      const auto news = world->news();
      for (std::size_t i = 0; i < std::min(most_lines, news.size()); ++i) screen_.line(news[i]);
      if (news.size() > most_lines) screen_.line("… and " + std::to_string(news.size() - most_lines) + " more lines");
    }
    for (const auto& port : ports_) {
      for (const std::string& line : port->news()) screen_.line(line);
    }
    const std::int64_t now = host_ns();
    if (const auto late_ns = lateness_.tell(now)) {
      screen_.line(time_text(bench::now_ns()) + "  late by " + late_text(*late_ns) + ": this computer did not keep up");
    }
    if (!screen_.has_row() || now < next_row_ns_) return;
    next_row_ns_ = now + s;
    screen_.row(worlds_[rows_shown_++ % worlds_.size()]->status());
  }

  EndingSignals signals_;
  std::vector<std::unique_ptr<World>> worlds_;
  std::optional<bench::Rs485Bus> shared_;
  std::optional<double> shared_baud_;
  std::vector<std::unique_ptr<Port>> ports_;
  std::optional<Links> links_;
  Console console_;
  Screen screen_;
  Input input_{STDIN_FILENO};
  Pace pace_;
  Lateness lateness_;
  std::optional<std::int64_t> wait_until_ns_;  // simulated; no line is read before
  std::int64_t slice_ns_ = s, due_ns_ = 0, last_run_ns_ = 0, next_row_ns_ = 0;
  std::size_t rows_shown_ = 0;
  bool is_behind_ = false, is_over_ = false;
};

}  // namespace

int run_session(const Request& request, std::ostream& out) {
  sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
  std::optional<Live> live;
  try {
    live.emplace(request, out);
  } catch (const bench::FirmwareRefused& refusal) {
    throw CannotStart(refusal.what());
  }
  return live->run();
}

}  // namespace rig::live
