# SPDX-License-Identifier: Apache-2.0
# A pymodbus client of a JK board: reads cells, pack, current and alarms, writes the balance switch and a limit, and is
# refused what is out of range. Registers are byte addresses (docs/modbus.md). Usage: clients.py DEVICE
import sys

from pymodbus.client import ModbusSerialClient

client = ModbusSerialClient(port=sys.argv[1], baudrate=115200, timeout=10)
assert client.connect()


def read(register, words):
    reply = client.read_holding_registers(register, words, slave=1)
    assert not reply.isError(), reply
    return reply.registers


def u32(register):
    high, low = read(register, 2)
    return high << 16 | low


cells = read(0x1200, 8)
assert all(3200 < mV < 3400 for mV in cells), cells
assert abs(u32(0x1290) - sum(cells)) < 20, "pack voltage is the sum of the cells"
current = u32(0x1298)
assert 19_000 < current < 21_000, current
assert u32(0x12A0) == 0, "alarms"

assert not client.write_registers(0x1078, [0, 0], slave=1).isError()
assert u32(0x1078) == 0, "balance switch"
assert not client.write_registers(0x1078, [0, 1], slave=1).isError()
assert u32(0x1078) == 1

assert not client.write_registers(0x100C, [0, 3650], slave=1).isError()
assert u32(0x100C) == 3650, "cell over-voltage limit"
refused = client.write_registers(0x100C, [0, 5000], slave=1)
assert refused.isError() and refused.exception_code == 3, refused
assert u32(0x100C) == 3650, "a refused write changes nothing"
print("all of it")
