#!/usr/bin/env python3
"""Fit of one run of 10,000 rows: Losscast against SciPy, same rows, start and objective.

    LOSSCAST_BENCHMARKS=1 swift build -c release --product FitBenchmark
    OPENBLAS_NUM_THREADS=1 python3 Tests/Benchmarks/fit.py

The problem: annealing law, lambda fixed at 0.999, L0, A, C and alpha free, Huber loss (delta 1e-3)
on log losses, from one start. Prints CPU seconds (medians) and the cost per residual and iteration.
"""
import json
import subprocess
import tempfile
import time

import numpy as np
from scipy.optimize import least_squares

with tempfile.NamedTemporaryFile(suffix=".csv") as file:
    out = subprocess.run(
        [".build/release/FitBenchmark", file.name], check=True, capture_output=True, text=True)
    ours = json.loads(out.stdout)
    data = np.genfromtxt(file.name, delimiter=",", names=True)

log_s1, s2, log_loss = np.log(data["s1"]), data["s2"], np.log(data["loss"])


def residuals(p):
    return np.log(np.maximum(p[0] + p[1] * np.exp(-p[3] * log_s1) - p[2] * s2, 1e-6)) - log_loss


def jacobian(p):
    power = np.exp(-p[3] * log_s1)
    predicted = np.maximum(p[0] + p[1] * power - p[2] * s2, 1e-6)
    columns = [np.ones_like(power), power, -s2, -p[1] * log_s1 * power]
    return np.stack(columns, axis=1) / predicted[:, None]


def run(tolerance):
    begin = time.process_time()
    fit = least_squares(
        residuals, [2, 1, 0.05, 0.4], jac=jacobian, x_scale="jac", loss="huber", f_scale=1e-3,
        ftol=tolerance, xtol=tolerance, gtol=tolerance, max_nfev=2000)
    return time.process_time() - begin, fit


rows = len(log_loss)
print(f"{'':34}{'CPU ms':>9}{'evaluations':>13}{'ns/row/eval':>13}   cost")
name = "losscast, one start"
print(f"{name:34}{1e3 * ours['seconds']:9.2f}{ours['evaluations']:13d}"
      f"{1e9 * ours['seconds'] / rows / ours['evaluations']:13.1f}   {ours['cost']:.12e}")
name = "losscast, scan, lambda free"
print(f"{name:34}{1e3 * ours['secondsWithScanAndFreeDecay']:9.2f}")
for tolerance in (1e-8, 1e-12):
    runs = [run(tolerance) for _ in range(5)]
    seconds = float(np.median([r[0] for r in runs]))
    fit = runs[0][1]
    name = f"scipy least_squares, tol {tolerance:g}"
    print(f"{name:34}{1e3 * seconds:9.2f}{fit.nfev:13d}{1e9 * seconds / rows / fit.nfev:13.1f}"
          f"   {fit.cost:.12e}   ratio {seconds / ours['seconds']:.1f}")
