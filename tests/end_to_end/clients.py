# SPDX-License-Identifier: Apache-2.0
# A pymodbus client of JK boards. Registers are byte addresses (docs/modbus.md).
# clients.py DEVICE: reads cells, pack, current and alarms of board 1, writes the balance switch and a limit, and is
# refused what is out of range. clients.py DEVICE two: boards 1 and 2 on one bus, and nobody at 3.
import sys

from pymodbus.client import ModbusSerialClient

client = ModbusSerialClient(port=sys.argv[1], baudrate=115200, timeout=10)
assert client.connect()


def read(register, words, board=1):
    reply = client.read_holding_registers(register, words, slave=board)
    assert not reply.isError(), reply
    return reply.registers


def u32(register, board=1):
    high, low = read(register, 2, board)
    return high << 16 | low


def write_u32(register, value, board=1):
    return client.write_registers(register, [value >> 16, value & 0xFFFF], slave=board)


def one_board():
    cells = read(0x1200, 8)
    assert all(3200 < mV < 3400 for mV in cells), cells
    assert abs(u32(0x1290) - sum(cells)) < 20, "pack voltage is the sum of the cells"
    current = u32(0x1298)
    assert 19_000 < current < 21_000, current
    assert u32(0x12A0) == 0, "alarms"

    assert not write_u32(0x1078, 0).isError()
    assert u32(0x1078) == 0, "balance switch"
    assert not write_u32(0x1078, 1).isError()
    assert u32(0x1078) == 1

    assert not write_u32(0x100C, 3650).isError()
    assert u32(0x100C) == 3650, "cell over-voltage limit"
    refused = write_u32(0x100C, 5000)
    assert refused.isError() and refused.exception_code == 3, refused
    assert u32(0x100C) == 3650, "a refused write changes nothing"


def two_boards():
    global client
    for board in (1, 2):
        assert u32(0x1108, board) == board, "device address"
    assert 26_000 < u32(0x1290, 1) < 27_000, "eight cells"
    assert 13_000 < u32(0x1290, 2) < 13_500, "four of them"
    assert [len([mV for mV in read(0x1200, 8, board) if mV > 0]) for board in (1, 2)] == [8, 4]

    before = u32(0x100C, 1)
    assert not write_u32(0x100C, 3550, 2).isError()
    assert u32(0x100C, 2) == 3550 != before
    assert u32(0x100C, 1) == before, "a write to 2 leaves 1 alone"

    client.close()
    patient, client = client, ModbusSerialClient(port=sys.argv[1], baudrate=115200, timeout=1, retries=0)
    assert client.connect()
    nobody = client.read_holding_registers(0x1290, 2, slave=3)
    assert nobody.isError() and not hasattr(nobody, "registers"), nobody
    assert "No response" in str(nobody) or "No Response" in str(nobody), nobody
    client.close()
    client = patient
    assert client.connect()
    assert u32(0x1108, 1) == 1 and u32(0x1108, 2) == 2, "nobody is in the way of others"


two_boards() if sys.argv[2:] == ["two"] else one_board()
print("all of it")
