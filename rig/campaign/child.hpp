// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <signal.h>
#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <string>

#include "rig/campaign/pool.hpp"

namespace rig::campaign {

/// What travels from child to parent: magic, kind ('R' result, 'X' exception), length, text, checksum. The firmware
/// under test shares the child's process and may scribble on any descriptor; a damaged frame is recognised.
struct Frame {
  char kind;
  std::string text;
};
[[nodiscard]] std::string encode_frame(const Frame& frame);
[[nodiscard]] std::optional<Frame> decode_frame(const std::string& bytes);

/// A child just forked: its id and the read ends (non-blocking) of its two pipes. pid = -1: fork or pipe refused, errno
/// says why.
struct Child {
  pid_t pid = -1;
  int result_fd = -1;
  int output_fd = -1;
};

/// Forks; the child runs job.work with default signal handlers and the given signal mask, in a process group of its
/// own, with /dev/null as input, both outputs on the pipe, and no other descriptor; it dies with its parent.
[[nodiscard]] Child start_child(const Job& job, const sigset_t& signal_mask);

}  // namespace rig::campaign
