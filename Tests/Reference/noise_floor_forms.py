"""Forms of the noise-floor law, compared on forecasting tasks: what helps and what does not.

An implementation of the law apart from the library's, with variants of each term. Usage:

    python3 noise_floor_forms.py TASKS.json        (needs numpy, scipy and numba)

TASKS.json and the runs.csv beside it are those of `losscast benchmark` (docs/benchmark.md). Every variant is fitted to
the fit rows of each case (Huber's loss, delta 1e-3, on relative residuals, weak priors) and scored on the predicted rows
and, leaving runs out, on the fit rows: mean / final error in percent. A run counts here as one observation of the median
size of single residuals, where the library tells noise from misfit (docs/laws/noise-floor.md).
"""

import csv
import json
import os
import sys

import numpy as np
from numba import njit
from scipy.optimize import least_squares, nnls

PRIORS = {"alpha": (np.log(0.5), 1.0), "kappa": (0.6, 0.25), "delta": (0.75, 0.2),
          "forgetting": (np.log(0.005), 1.0), "beta": (np.log(0.2), 0.5),
          "sizeA": (0.0, 0.2), "sizeC": (0.0, 0.2)}
BOUNDS = {"alpha": (np.log(0.02), np.log(3)), "kappa": (0.1, 1.5), "delta": (0.1, 2.0),
          "forgetting": (np.log(1e-5), np.log(0.5)), "beta": (np.log(0.02), np.log(2)),
          "sizeA": (-1.0, 1.0), "sizeC": (-1.0, 1.0)}
HUBER = 1e-3


class Run:
    """A run's rows, the log rate of every step over a reference, its warm-up and size."""

    def __init__(self, row, folder):
        path = os.path.join(folder, *row["file"].split("/")[-2:])
        with open(path) as file:
            logged = [(int(float(r["step"])), float(r[row["target"]]))
                      for r in csv.DictReader(file) if r[row["target"]]]
        self.name, self.size = row["run_id"], float(row["n_params"]) / 1e6
        self.steps = np.array([s for s, _ in logged])
        self.loss = np.array([v for _, v in logged])
        self.rate = rates(json.loads(row["segments"]), self.steps[-1])
        self.warmup, self.branch = int(row["warmup_steps"]), int(row["branch_step"] or 0)

    def part(self, first, last):
        other = object.__new__(Run)
        other.__dict__.update(self.__dict__)
        kept = (self.steps >= first) & (self.steps <= last)
        other.steps, other.loss = self.steps[kept], self.loss[kept]
        return other


def rates(segments, last):
    rate = np.zeros(last + 1)
    for start, end, shape, a, b in segments:
        steps = np.arange(start, min(end, last + 1))
        u = (steps - start) / (end - start)
        rate[steps] = {"const": a + 0 * u, "linear": a + (b - a) * u, "exp": a * (b / a) ** u if a and b else 0 * u,
                       "cosine": b + (a - b) * (1 + np.cos(np.pi * u)) / 2,
                       "sqrt": a + (b - a) * np.sqrt(u), "quad": a + (b - a) * u * u}[shape]
    rate[segments[-1][1]:] = segments[-1][4]
    return rate


@njit(cache=True)
def filtered(logs, warmup, delta, forgetting, mu, order, steps):
    """The noise floor at rows: (rate)^delta through `order` exponential filters, flat over the warm-up."""
    out = np.zeros(len(steps))
    level = np.full(order, np.exp(delta * logs[min(warmup, len(logs) - 1)]))
    row = 0
    for step in range(len(logs)):
        if step > warmup:
            rho = np.exp(-order * forgetting * np.exp(mu * logs[step]))
            value = np.exp(delta * logs[step])
            for k in range(order):
                level[k] = rho * level[k] + (1 - rho) * value
                value = level[k]
        while row < len(steps) and steps[row] == step:
            out[row] = level[order - 1]
            row += 1
    return out


class Form:
    """A variant: which columns it has; the defaults are the law."""

    def __init__(self, mu=0.5, early=2.0, order=1, rates=((1.0, 1.0),), extra=None, fixed=None, trim=0.0,
                 sizes=(), priors=True):
        self.mu, self.early, self.order, self.rates, self.extra = mu, early, order, rates, extra
        self.fixed, self.trim, self.sizes, self.priors = fixed or {}, trim, sizes, priors

    def free(self, several_sizes):
        names = ["alpha", "kappa", "delta", "forgetting"] + (["beta", *self.sizes] if several_sizes else [])
        return [n for n in names if n not in self.fixed]

    def columns(self, run, p, several_sizes):
        logs = run.logs
        progress = np.cumsum(np.where(logs < -30, 0.0, np.exp(p["kappa"] * logs)))[run.steps]
        floor = sum(share * filtered(logs, run.warmup, p["delta"], np.exp(p["forgetting"]) * factor, p.get("mu", self.mu),
                                     self.order, run.steps) for factor, share in self.rates)
        power = progress ** -np.exp(p["alpha"])
        relative = run.size / 50
        columns = [np.ones(len(power)), power * relative ** p.get("sizeA", 0.0), floor * relative ** p.get("sizeC", 0.0)]
        if self.extra == "floor x power":
            columns.append(floor * power)
        if self.extra == "only floor x power":
            columns[2] = floor * power
        if self.early:
            own = progress / np.exp(p["kappa"] * logs[min(run.warmup, len(logs) - 1)])
            early = (own / 100) ** -self.early
            columns += [early, -early]
        if several_sizes:
            columns.append(np.full(len(power), run.size ** -np.exp(p["beta"])))
        return np.array(columns).T


def fit(form, runs):
    if form.trim:
        first = form.trim * min(r.steps[-1] for r in runs)
        runs = [r.part(first, np.inf) for r in runs]
    reference = max(r.rate.max() for r in runs)
    several = len({r.size for r in runs}) > 1
    set_logs(runs, reference)
    losses = np.concatenate([r.loss for r in runs])
    free = form.free(several)
    middle = {n: form.fixed.get(n, PRIORS[n][0]) for n in PRIORS}
    scale = 1.5e-3

    def solved(x):
        p = {**middle, **form.fixed, **dict(zip(free, x))}
        design = np.concatenate([form.columns(r, p, several) for r in runs]) / losses[:, None]
        weights = np.ones(len(losses))
        for _ in range(5):
            c, _ = nnls(design * weights[:, None], weights)
            size = np.abs(design @ c - 1)
            weights = np.sqrt(np.minimum(1, HUBER / np.maximum(size, 1e-12)))
        return p, c, design @ c - 1

    def cost(x):
        _, _, r = solved(x)
        size = np.abs(r)
        residuals = np.where(size <= HUBER, r, np.sign(r) * np.sqrt(np.maximum(2 * HUBER * size - HUBER**2, 0)))
        residuals /= scale * np.sqrt(len(losses) / len(runs))
        if not form.priors:
            return residuals
        return np.concatenate([residuals, [(v - PRIORS[n][0]) / PRIORS[n][1] for n, v in zip(free, x)]])

    x = np.array([PRIORS[n][0] for n in free])
    lower, upper = np.array([BOUNDS[n] for n in free]).T
    for _ in range(4):
        x = least_squares(cost, np.clip(x, lower + 1e-9, upper - 1e-9), bounds=(lower, upper), diff_step=1e-4, xtol=1e-6,
                          ftol=1e-7, max_nfev=60).x
        p, c, r = solved(x)
        scale = max(1.4826 * np.median(np.abs(r)), 2e-4)

    def predict(run):
        set_logs([run], reference)
        return form.columns(run, p, several) @ c

    return predict


def set_logs(runs, reference):
    for run in runs:
        rate = run.rate[:run.steps[-1] + 1]
        run.logs = np.where(rate > 0, np.log(np.maximum(rate, 1e-300) / reference), -60.0)


def errors(predict, runs):
    e = [predict(r) / r.loss - 1 for r in runs]
    return np.mean([np.mean(np.abs(v)) for v in e]), np.mean([abs(v[-1]) for v in e])


def percent(pair):
    return "%.3f / %.3f" % (100 * pair[0], 100 * pair[1])


FORMS = {
    "the law": Form(),
    "κ = 1": Form(fixed={"kappa": 1.0}),
    "δ = 1": Form(fixed={"delta": 1.0}),
    "μ = 0 (memory in steps)": Form(mu=0.0),
    "μ = 1 (memory in summed rate)": Form(mu=1.0),
    "no early term": Form(early=None),
    "no early term, first fifth left out": Form(early=None, trim=0.2),
    "early term with exponent 1": Form(early=1.0),
    "early term with exponent 3": Form(early=3.0),
    "no priors": Form(priors=False),
    "κ = 0.6, δ = 0.75 held": Form(fixed={"kappa": 0.6, "delta": 0.75}),
    "κ = δ = 1, μ = 0, no early term (annealing)": Form(fixed={"kappa": 1.0, "delta": 1.0}, mu=0.0, early=None, priors=False),
    "two filters in a row": Form(order=2),
    "filter with a slow fifth, 10 times slower": Form(rates=((1.0, 0.8), (0.1, 0.2))),
    "filter with a slow half, 10 times slower": Form(rates=((1.0, 0.5), (0.1, 0.5))),
    "floor also in proportion to the power term": Form(extra="floor x power"),
    "floor only in proportion to the power term": Form(extra="only floor x power"),
    "A grows with a power of size": Form(sizes=("sizeA",)),
    "C grows with a power of size": Form(sizes=("sizeC",)),
}


def main(tasks_path):
    folder = os.path.dirname(os.path.abspath(tasks_path))
    with open(os.path.join(folder, "runs.csv")) as file:
        runs = {r["run_id"]: Run(r, folder) for r in csv.DictReader(file)}
    with open(tasks_path) as file:
        tasks = json.load(file)["tasks"]
    cases = [(t["name"], c) for t in tasks for c in t["cases"]]
    names = ["%s %s" % (t, c["name"]) for t, c in cases]
    print("| form | " + " | ".join(names) + " | runs left out |\n|---" * 1 + "|---" * (len(names) + 1) + "|")
    predictions = {}
    for label, form in FORMS.items():
        cells, left = [], []
        for name, case in cases:
            part = lambda e: runs[e["run"]].part(e.get("from", 0), e.get("to", np.inf))
            fitted, wanted = [part(e) for e in case["fit"]], [part(e) for e in case["predict"]]
            predict = fit(form, fitted)
            cells.append(percent(errors(predict, wanted)))
            predictions[label, name, case["name"]] = ([predict(r) for r in wanted], wanted)
            for index, run in enumerate(fitted):
                rest = fitted[:index] + fitted[index + 1:]
                # Without a run whose rate falls nothing is known of the floor.
                if any(np.ptp(r.rate[r.warmup + 1:r.steps[-1] + 1]) > 0 for r in rest):
                    left.append(errors(fit(form, rest), [run.part(run.branch, np.inf)]))
        mean = np.exp(np.mean(np.log(np.maximum(left, 1e-5)), axis=0))
        print("| %s | %s | %s |" % (label, " | ".join(cells), percent(mean)), flush=True)
    average(cases, predictions)


def average(cases, predictions):
    """The mean of the law's and the annealing law's forecasts."""
    other = "κ = δ = 1, μ = 0, no early term (annealing)"
    cells = []
    for name, case in cases:
        (first, wanted), (second, _) = predictions["the law", name, case["name"]], predictions[other, name, case["name"]]
        e = [(a + b) / 2 / r.loss - 1 for a, b, r in zip(first, second, wanted)]
        cells.append(percent((np.mean([np.mean(np.abs(v)) for v in e]), np.mean([abs(v[-1]) for v in e]))))
    print("| average of the law and the annealing law | %s | – |" % " | ".join(cells))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
