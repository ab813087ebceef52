"""Reads large logs with losscast's reader and with others, one thread each, and prints the ratios.

  LOSSCAST_BENCHMARKS=1 swift build -c release --product LogBenchmark
  python3 Tests/Benchmarks/read_logs.py [--rows 16000000] [--files 5000] [--only table|folder|text]

The files are made in a temporary folder (about 1 GB; it is removed). Every reader runs in a process of its
own; figures are megabytes per processor second (user and system), which other work on the machine disturbs
less than wall time, and the peak memory. polars, pyarrow and pandas are measured where they are installed.
"""

import argparse
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OURS = os.path.join(ROOT, ".build", "release", "LogBenchmark")
OTHERS = {
  "polars": "import polars as p; p.read_csv(FILE)",
  "polars, 3 columns": "import polars as p; p.read_csv(FILE, columns=['step','lr','loss'])",
  "polars streaming": "import polars as p; p.scan_csv(FILE).select(p.all().sum())"
  ".collect(engine='streaming')",
  "pyarrow": "import pyarrow as a, pyarrow.csv as c; a.set_cpu_count(1);"
  "c.read_csv(FILE, read_options=c.ReadOptions(use_threads=False))",
  "pandas": "import pandas as p; p.read_csv(FILE)",
}


def row(index, rows, noise):
  loss = 2 + 5 / math.sqrt(index + 10) + noise[index % len(noise)]
  val = "%.6f" % (2.1 + 5 / math.sqrt(index + 10)) if index % 1000 == 0 else ""
  rate = 3e-4 * (1 - 0.9 * index / rows)
  return "%d,%.8g,%.9g,%s,%d,%.3f\n" % (index, rate, loss, val, index * 524288, index * 0.35)


def make_table(path, rows, noise):
  with open(path, "w") as file:
    file.write("step,lr,loss,val_loss,tokens,time\n")
    for start in range(0, rows, 100_000):
      end = min(rows, start + 100_000)
      file.write("".join(row(index, rows, noise) for index in range(start, end)))


def make_text(path, rows, noise):
  with open(path, "w") as file:
    for index in range(rows):
      loss = 2 + 5 / math.sqrt(index + 10) + noise[index % len(noise)]
      file.write("iter %d: loss %.4f, time %.2fms, mfu %.2f%%\n" % (index, loss, 229.6, 37.2))


def measure(command, environment=None):
  """Processor seconds, wall seconds and peak bytes of a command; None when it fails."""
  start = time.time()
  process = subprocess.Popen(
    command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
  _, status, usage = os.wait4(process.pid, 0)
  wall = time.time() - start
  if status:
    return None
  return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024


def best(command, repeats, environment=None):
  runs = [measure(command, environment) for _ in range(repeats)]
  runs = [run for run in runs if run]
  return min(runs) if runs else None


def show(name, size, result, reference=None):
  if not result:
    print(f"{name:32} not measured")
    return
  cpu, wall, peak = result
  ratio = f"{cpu / reference:6.2f} x" if reference else ""
  print(
    f"{name:32} {size / cpu / 1e6:8.0f} MB/CPU-s {size / wall / 1e6:8.0f} MB/s "
    f"{peak / 1e6:8.0f} MB {ratio}")


def table(folder, options, noise):
  path = os.path.join(folder, "table.csv")
  make_table(path, options.rows, noise)
  size = os.path.getsize(path)
  print(f"table: {options.rows} rows, {size / 1e6:.0f} MB")
  environment = dict(os.environ, POLARS_MAX_THREADS="1", OMP_NUM_THREADS="1")
  ours = {
    name: best([OURS, mode, path], options.repeats)
    for name, mode in [
      ("losscast, all columns", "all"), ("losscast, usual columns", "table"),
      ("losscast, step + lr + loss", "only"), ("losscast, usual, SHA-256", "hash")]
  }
  reference = ours["losscast, all columns"]
  for name, result in ours.items():
    show(name, size, result, reference and reference[0])
  for name, code in OTHERS.items():
    code = code.replace("FILE", repr(path))
    result = best([sys.executable, "-c", code], 1, environment)
    show(name, size, result, reference and reference[0])
  os.remove(path)


def folder_of_logs(folder, options, noise):
  path = os.path.join(folder, "logs")
  os.mkdir(path)
  make_table(os.path.join(path, "0.csv"), 2000, noise)
  for index in range(1, options.files):
    shutil.copy(os.path.join(path, "0.csv"), os.path.join(path, f"{index}.csv"))
  size = os.path.getsize(os.path.join(path, "0.csv")) * options.files
  print(f"folder: {options.files} logs of 2000 rows, {size / 1e6:.0f} MB, two workers")
  show("losscast", size, best([OURS, "directory", path, "2"], options.repeats))


def text(folder, options, noise):
  path = os.path.join(folder, "train.log")
  make_text(path, options.rows // 4, noise)
  size = os.path.getsize(path)
  print(f"text: {options.rows // 4} lines as nanoGPT prints them, {size / 1e6:.0f} MB")
  show("losscast", size, best([OURS, "table", path], options.repeats))


def main():
  parser = argparse.ArgumentParser()
  parser.add_argument("--rows", type=int, default=16_000_000)
  parser.add_argument("--files", type=int, default=5000)
  parser.add_argument("--repeats", type=int, default=3)
  parser.add_argument("--only", choices=["table", "folder", "text"])
  parser.add_argument("--reader", default=OURS)
  options = parser.parse_args()
  globals()["OURS"] = options.reader
  parts = {"table": table, "folder": folder_of_logs, "text": text}
  generator = random.Random(1)
  noise = [generator.gauss(0, 0.03) for _ in range(9973)]
  with tempfile.TemporaryDirectory() as folder:
    for name, part in parts.items():
      if options.only in (None, name):
        part(folder, options, noise)


if __name__ == "__main__":
  main()
