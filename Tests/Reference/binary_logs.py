"""Writes the small binary logs of fixtures/logs: TensorBoard event files and a wandb run file.

Everything is written byte by byte here, so that the readers are checked against the published
formats and not against themselves. Run from the package's folder.
"""

import json
import struct
import zlib
from pathlib import Path

LOGS = Path("fixtures/logs")


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def varint(number):
    number &= (1 << 64) - 1
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def integer(field, number):
    return varint(field << 3) + varint(number)


def double(field, number):
    return varint(field << 3 | 1) + struct.pack("<d", number)


def single(field, number):
    return varint(field << 3 | 5) + struct.pack("<f", number)


def piece(field, data):
    data = data.encode() if isinstance(data, str) else data
    return varint(field << 3 | 2) + varint(len(data)) + data


def record(data):
    length = struct.pack("<Q", len(data))
    return length + struct.pack("<I", masked(length)) + data + struct.pack("<I", masked(data))


START = 1.7e9


def event(step, *values, seconds=0.0):
    summary = b"".join(piece(1, value) for value in values)
    return record(double(1, START + seconds) + integer(2, step) + piece(5, summary))


def version():
    return record(double(1, START) + piece(3, "brain.Event:2"))


def simple(tag, number):
    return piece(1, tag) + single(2, number)


def tensor(tag, body, plugin="scalars", data_class=1):
    metadata = piece(1, piece(1, plugin)) + (integer(4, data_class) if data_class else b"")
    return piece(1, tag) + piece(8, body) + piece(9, metadata)


def content(dtype, data):
    return integer(1, dtype) + piece(2, b"") + piece(4, data)


def torch_events():
    """As torch.utils.tensorboard writes them: one scalar an event."""
    out = version()
    for step in range(0, 50, 5):
        out += event(step, simple("train/loss", 4.0 - 0.05 * step), seconds=step)
        out += event(step, simple("train/lr", 1e-3 * (1 - step / 50)), seconds=step)
        if step % 20 == 0:
            out += event(step, simple("val/loss", 4.1 - 0.05 * step), seconds=step)
            out += event(step, piece(1, "weights") + piece(5, double(1, 0.5)), seconds=step)
    return out


def keras_events():
    """As TF2 writes them: tensors with metadata, of every kind of number that is understood."""
    out = version()
    out += event(0, tensor("keras", content(7, b"{}"), "graph_keras_model", 0))
    kinds = {
        "of_float": lambda x: content(1, struct.pack("<f", x)),
        "of_double": lambda x: content(2, struct.pack("<d", x)),
        "of_half": lambda x: content(19, struct.pack("<e", x)),
        "of_bfloat16": lambda x: content(14, struct.pack("<f", x)[2:]),
        "of_float_val": lambda x: integer(1, 1) + piece(5, struct.pack("<f", x)),
        "of_double_val": lambda x: integer(1, 2) + piece(6, struct.pack("<d", x)),
        "of_half_val": lambda x: integer(1, 19)
        + piece(13, varint(struct.unpack("<H", struct.pack("<e", x))[0])),
        "of_int32": lambda x: content(3, struct.pack("<i", int(-8 * x))),
        "of_int64": lambda x: content(9, struct.pack("<q", int(-8 * x))),
        "of_int64_val": lambda x: integer(1, 9) + piece(10, varint(int(-8 * x))),
    }
    for epoch in range(12):
        number = 3 - epoch / 8
        out += event(epoch, tensor("epoch_loss", content(1, struct.pack("<f", number))))
        out += event(epoch, *(tensor(tag, body(number)) for tag, body in kinds.items()))
        out += event(epoch, tensor("images", content(1, struct.pack("<2f", 1, 2))))
        out += event(epoch, tensor("note", content(7, b"text"), "text", 2))
    return out


def wandb_file(messages):
    """Pieces in blocks of 32 KiB; the signature is the beginning of the first block."""
    out = bytearray(b":W&B" + struct.pack("<HB", 0xBEE1, 0))
    for message in messages:
        rest, is_first = message, True
        while True:
            left = 32768 - len(out) % 32768
            if left < 7:
                out += bytes(left)
                left = 32768
            part, rest = rest[: left - 7], rest[left - 7 :]
            kind = (1 if not rest else 2) if is_first else (3 if rest else 4)
            check = zlib.crc32(bytes([kind]) + part)
            out += struct.pack("<IHB", check, len(part), kind) + part
            is_first = False
            if not rest:
                break
    return bytes(out)


def item(name, value):
    keys = name.split(".")
    nested = b"".join(piece(2, key) for key in keys)
    return (piece(1, name) if len(keys) == 1 else nested) + piece(16, json.dumps(value))


def history(step, **metrics):
    metrics = {name.replace("__", "."): value for name, value in metrics.items()}
    return piece(2, b"".join(piece(1, item(*pair)) for pair in metrics.items()) + piece(2, integer(1, step)))


def wandb_run():
    settings = piece(1, item("learning_rate", 1e-3)) + piece(1, item("model.layers", 4))
    run = piece(1, "abc123") + piece(3, "small") + piece(4, settings) + piece(8, "brave-tree-7")
    messages = [piece(17, run)]
    for call in range(12):
        step = call * 100
        loss = "NaN" if call == 7 else 5 - call / 4
        metrics = {"iter": step, "train__loss": loss, "lr": 1e-3 * (1 - call / 12)}
        if call % 4 == 0:
            metrics["val/loss"] = 5.1 - call / 4
        messages.append(history(call, **metrics, _runtime=call * 2.5))
        messages.append(piece(13, piece(3, "a line of output")))
    messages.append(piece(3, piece(1, item("train.loss", 2.25))))
    return wandb_file(messages)


def write(name, data):
    path = LOGS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


write("tfevents/events.out.tfevents.1700000000.torch.1.0", torch_events())
write("tfevents/events.out.tfevents.1700000000.keras.1.0.v2", keras_events())
write("wandb/run-abc123.wandb", wandb_run())
