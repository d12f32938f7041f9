// SPDX-License-Identifier: Apache-2.0
#include "rig/bench/sim/firmware_loader.hpp"

#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

#include <utility>

#include "rig/bench/sim/firmware_elf.hpp"
#include "rig/bench/sim/firmware_module.hpp"

namespace rig::bench {
namespace {

std::string version_text(std::uint32_t abi) { return std::to_string(abi >> 16) + "." + std::to_string(abi & 0xFFFFu); }

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

/// "" when the table can be used, else the reason why not.
std::string defect_of(const board_api* api) {
  if (api == nullptr)
    return "cannot serve board ABI " + version_text(BOARD_ABI_VERSION) + " (cellrig_get_api returned NULL)";
  if (api->abi_version >> 16 != BOARD_ABI_MAJOR)
    return "was built for board ABI " + version_text(api->abi_version) + ", this rig serves " +
           version_text(BOARD_ABI_VERSION);
  if (api->struct_size < sizeof(board_api))
    return "has a board_api of " + std::to_string(api->struct_size) + " bytes (struct_size), at least " +
           std::to_string(sizeof(board_api)) + " are needed";
  if ((api->caps & (BOARD_CAP_STEP | BOARD_CAP_RUN)) == 0) return "offers neither BOARD_CAP_STEP nor BOARD_CAP_RUN";
  if (api->create == nullptr) return "has no create()";
  if ((api->caps & BOARD_CAP_STEP) != 0 && api->step == nullptr) return "says BOARD_CAP_STEP but has no step()";
  if ((api->caps & BOARD_CAP_RUN) != 0 && api->run == nullptr) return "says BOARD_CAP_RUN but has no run()";
  return "";
}

}  // namespace

FirmwareImage::FirmwareImage(std::filesystem::path file, GuardFrame& guard) : file_(std::move(file)), guard_(guard) {
  check_is_elf(file_);
  open(std::filesystem::absolute(file_).string());
  if (is_reentrant()) return;
  bytes_ = read_elf(file_);
  make_unique_symbols_private(bytes_);
  guard_loading(close());
  open_private_copy();
}

FirmwareImage::~FirmwareImage() { (void)close(); }

void FirmwareImage::reload() {
  if (is_reentrant()) return;
  guard_loading(close());
  open_private_copy();
}

void FirmwareImage::abandon() {
  handle_ = nullptr;
  descriptor_ = -1;
}

void FirmwareImage::open(const std::string& path) {
  const Outcome outcome = guarded(guard_, [&] { handle_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL); });
  guard_loading(outcome);
  if (handle_ == nullptr) refuse("cannot be loaded: " + replaced(dlerror(), path, file_.filename().string()));
  const board_api* const api = ask_for_api();
  const std::string defect = defect_of(api);
  if (!defect.empty()) {
    (void)close();
    refuse(defect);
  }
  api_ = api;
  caps_ = api->caps;
}

const board_api* FirmwareImage::ask_for_api() {
  using GetApi = const board_api* (*)(std::uint32_t);
  const auto get_api = reinterpret_cast<GetApi>(dlsym(handle_, "cellrig_get_api"));
  if (get_api == nullptr) {
    (void)close();
    refuse("exports no symbol cellrig_get_api");
  }
  const board_api* api = nullptr;
  guard_loading(guarded(guard_, [&] { api = get_api(BOARD_ABI_VERSION); }));
  return api;
}

// The descriptor stays open while the copy is loaded: the loader tells libraries apart by name, and the name is its
// number.
void FirmwareImage::open_private_copy() {
  descriptor_ = memfd_create(file_.filename().c_str(), MFD_CLOEXEC);
  if (descriptor_ < 0) refuse("cannot be copied (memfd_create)");
  for (std::size_t done = 0; done < bytes_.size();) {
    const ssize_t n = ::write(descriptor_, bytes_.data() + done, bytes_.size() - done);
    if (n <= 0) refuse("cannot be copied (write)");
    done += static_cast<std::size_t>(n);
  }
  open("/proc/" + std::to_string(getpid()) + "/fd/" + std::to_string(descriptor_));
}

Outcome FirmwareImage::close() {
  api_ = nullptr;
  void* const handle = std::exchange(handle_, nullptr);
  const Outcome outcome = handle == nullptr ? Outcome::returned : guarded(guard_, [&] { dlclose(handle); });
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  return outcome;
}

void FirmwareImage::refuse(const std::string& reason) const {
  throw FirmwareRefused("firmware " + file_.string() + ": " + reason);
}

void FirmwareImage::guard_loading(Outcome outcome) const {
  if (outcome == Outcome::crashed)
    refuse(std::string("crashed in its constructors or destructors: ") + signal_text(guard_.signal));
  if (outcome != Outcome::returned) refuse("hung in its constructors or destructors");
}

}  // namespace rig::bench
