# SPDX-License-Identifier: Apache-2.0
# A python-can client of a JK board as delivered: JK V2 at 250 kbit/s, address 1 (docs/can.md).
# can_client.py DEVICE: reads pack and cells, then switches charging off and on again.
import sys
import time

import can

bus = can.Bus(sys.argv[1], interface="slcan", bitrate=250000)
deadline = time.monotonic() + 60


def next_of(identifier, wanted=lambda data: True):
    while time.monotonic() < deadline:
        message = bus.recv(1)
        if message is not None and message.arbitration_id == identifier and wanted(message.data):
            return message.data
    raise AssertionError(f"no such frame {identifier:X}")


def u16(data, at):
    return data[at] | data[at + 1] << 8


status = next_of(0x2F5)
assert 260 < u16(status, 0) < 270, "pack, 0.1 V"
assert 4190 < u16(status, 2) < 4210, "20 A into the pack"
cells = next_of(0x18E028F5)
assert all(3200 < u16(cells, at) < 3400 for at in (0, 2, 4, 6)), cells

for is_on in (0, 1):
    bus.send(can.Message(arbitration_id=0x18F0F429, is_extended_id=True, data=[1, is_on, 0, 0]))
    next_of(0x18F528F5, lambda data: data[0] & 1 == is_on)
bus.shutdown()
print("all of it")
