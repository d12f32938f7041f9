// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <string>

namespace rig::campaign {

/// What a firmware says about itself. Empty where it says nothing; why it cannot be used is told by the runs
/// themselves.
struct FirmwareIdentity {
  std::string name, version;
};

/// Loads the shared object and asks for its table, in a process of its own: its constructors may do what they like.
[[nodiscard]] FirmwareIdentity identify_firmware(const std::filesystem::path& file);

}  // namespace rig::campaign
