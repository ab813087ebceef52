#!/usr/bin/env python3
"""Fits by Losscast and by SciPy, side by side: same rows, same starts, same objective.

    LOSSCAST_BENCHMARKS=1 swift build -c release --product FitBenchmark
    OPENBLAS_NUM_THREADS=1 python3 Tests/Benchmarks/fit.py [--chinchilla points.csv]

Prints CPU seconds (medians; the runs of both sides alternate) and their ratio. With --chinchilla, a
CSV of the columns 'Model Size', 'Training Tokens' (or 'Training FLOP') and 'loss', such as the points
that Besiroglu et al. (arXiv 2404.10102) digitised, is fitted as well; its five largest losses are
left out, as they did.
"""
import argparse
import csv
import itertools
import json
import os
import subprocess
import tempfile
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
from scipy.optimize import curve_fit, minimize

TOOL = ".build/release/FitBenchmark"
START = np.array([2.0, 1.0, 0.05, 0.4])


def ours(directory, case, *more):
    out = subprocess.run(
        [TOOL, directory, case, *more], check=True, capture_output=True, text=True)
    return json.loads(out.stdout)


def columns(path, count):
    return np.fromfile(path).reshape(count, -1)


def timed(function):
    begin = time.process_time()
    result = function()
    return time.process_time() - begin, result


def curve(path):
    """scipy.optimize.curve_fit with an analytic Jacobian, logarithms computed once."""
    s1, s2, loss = columns(path, 3)

    def fit():
        log_s1 = np.log(s1)

        def model(_, floor, height, gain, exponent):
            return floor + height * np.exp(-exponent * log_s1) - gain * s2

        def jacobian(_, floor, height, gain, exponent):
            power = np.exp(-exponent * log_s1)
            return np.stack(
                [np.ones_like(power), power, -s2, -height * log_s1 * power], axis=1)

        p, _ = curve_fit(model, log_s1, loss, START, jac=jacobian)
        return 0.5 * np.sum((model(None, *p) - loss) ** 2)

    return timed(fit)


def one(directory, rows, repeats=7):
    mine, peer = [], []
    for _ in range(repeats):
        mine.append(ours(directory, f"one-{rows}"))
        peer.append(curve(f"{directory}/one-{rows}.f64"))
    report(f"lambda fixed, {rows:,} rows", [m["seconds"] for m in mine], [p[0] for p in peer],
           "curve_fit, analytic Jacobian", mine[0]["cost"], peer[0][1],
           f"{np.median([m['nanosecondsPerRowAndPass'] for m in mine]):.2f} ns per row and pass, "
           f"{mine[0]['passes']} passes")


def batch(directory, jobs, repeats=5):
    mine, peer, worst = [], [], 0
    for _ in range(repeats):
        mine.append(ours(directory, "batch", str(jobs)))
        fits = [curve(f"{directory}/batch-{index}.f64") for index in range(50)]
        peer.append(20 * sum(fit[0] for fit in fits))
        worst = max(worst, max(
            abs(fit[1] / cost - 1) for fit, cost in zip(fits, mine[-1]["costs"])))
    key = "seconds" if jobs == 1 else "wallSeconds"
    name = f"1,000 runs of 2,000 rows, {jobs} core{'s' if jobs > 1 else ''}"
    report(name, [m[key] for m in mine], peer, "curve_fit on one core (50 runs, times 20)",
           0, 0, f"costs agree to {worst:.0e}" + (", wall time" if jobs > 1 else ""))


def huber(residuals, width=1e-3):
    size = np.abs(residuals)
    return np.where(size <= width, 0.5 * size ** 2, width * (size - 0.5 * width))


def papers_protocol(path, analytic):
    """L-BFGS-B from 54 starts at one lambda: Huber (delta 1e-3) on log losses, log-parameters."""
    s1, s2, loss = columns(path, 3)
    log_s1, log_loss = np.log(s1), np.log(loss)

    def parts(p):
        floor, height, gain, exponent = p
        power = np.exp(-exponent * log_s1)
        return power, np.maximum(floor + height * power - gain * s2, 1e-6)

    def cost(p):
        return huber(np.log(parts(p)[1]) - log_loss).sum()

    def cost_and_gradient(p):
        power, predicted = parts(p)
        residuals = np.log(predicted) - log_loss
        scores = np.clip(residuals, -1e-3, 1e-3) / predicted
        gradient = [scores.sum(), scores @ power, -scores @ s2,
                    -p[1] * (scores * log_s1) @ power]
        return huber(residuals).sum(), np.array(gradient)

    starts = list(itertools.product([1.0, 2.0, 3.0], [0.3, 1.0, 3.0], [0.1, 0.5, 1.0], [0.3, 0.6]))
    bounds = [(0, None)] * 4

    def fit():
        function = cost_and_gradient if analytic else cost
        return min(minimize(function, start, jac=analytic, method="L-BFGS-B", bounds=bounds).fun
                   for start in starts)

    return timed(fit)


def default(directory, repeats=5):
    for analytic in (False, True):
        mine, peer = [], []
        for _ in range(repeats):
            mine.append(ours(directory, "default"))
            peer.append(papers_protocol(f"{directory}/default.f64", analytic))
        report("default job, lambda free, scan included, 450 rows", [m["seconds"] for m in mine],
               [p[0] for p in peer],
               "54 starts of L-BFGS-B at one lambda, "
               + ("analytic gradient" if analytic else "differences"),
               mine[0]["cost"], peer[0][1], "the peer's cost is at lambda = 0.999")


def chinchilla(directory, path, grid):
    with open(path) as file:
        rows = list(csv.DictReader(file))
    size = np.array([float(r["Model Size"]) for r in rows])
    loss = np.array([float(r["loss"]) for r in rows])
    if "Training Tokens" in rows[0]:
        tokens = np.array([float(r["Training Tokens"]) for r in rows])
    else:
        tokens = np.array([float(r["Training FLOP"]) for r in rows]) / (6 * size)
    kept = np.argsort(loss, kind="stable")[:len(loss) - 5]
    kept.sort()
    size, tokens, loss = size[kept], tokens[kept], loss[kept]
    np.concatenate([size, tokens, loss]).tofile(f"{directory}/chinchilla.f64")
    mine = [ours(directory, "chinchilla") for _ in range(5)]
    log_n, log_d, log_l = np.log(size), np.log(tokens), np.log(loss)

    def cost(p):
        a, b, e, alpha, beta = p
        terms = np.stack([a - alpha * log_n, b - beta * log_d, np.full_like(log_n, e)])
        top = terms.max(axis=0)
        predicted = top + np.log(np.exp(terms - top).sum(axis=0))
        return huber(predicted - log_l).sum()

    starts = list(itertools.product(
        [0, 5, 10, 15, 20, 25], [0, 5, 10, 15, 20, 25], [-1, -0.5, 0, 0.5, 1],
        [0, 0.5, 1, 1.5, 2], [0, 0.5, 1, 1.5, 2]))
    chosen = starts[::max(len(starts) // grid, 1)]
    seconds, best = timed(
        lambda: min(minimize(cost, start, method="L-BFGS-B").fun for start in chosen))
    share = len(chosen) / len(starts)
    report(f"Chinchilla, {len(loss)} points", [m["seconds"] for m in mine], [seconds / share],
           f"L-BFGS-B grid of 4,500 starts, differences ({len(chosen)} timed, scaled up)",
           mine[0]["cost"], best, f"parameters {np.round(mine[0]['parameters'], 5).tolist()}")


def report(name, mine, peer, peer_name, cost, peer_cost, remark):
    mine, peer = float(np.median(mine)), float(np.median(peer))
    print(f"{name}\n  losscast {1e3 * mine:9.3f} ms   {peer_name} {1e3 * peer:9.2f} ms   "
          f"ratio {peer / mine:7.1f}")
    if cost:
        print(f"  cost {cost:.12e}, theirs {peer_cost:.12e} (ratio - 1: {peer_cost / cost - 1:.1e})")
    print(f"  {remark}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--chinchilla")
    parser.add_argument("--grid", type=int, default=150)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        for rows in (10_000, 100_000, 1_000_000):
            one(directory, rows)
        batch(directory, 1)
        batch(directory, 2)
        default(directory)
        if arguments.chinchilla:
            chinchilla(directory, arguments.chinchilla, arguments.grid)


if __name__ == "__main__":
    main()
