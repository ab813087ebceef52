#!/usr/bin/env python3
"""SciPy on the NIST StRD nonlinear problems from perturbed starts.

    python3 Tests/Reference/nist_perturbed.py --write   # write fixtures/nist/perturbed_starts.csv
    python3 Tests/Reference/nist_perturbed.py           # solve from every start, print the shares

A perturbed start is a published start with every parameter multiplied by exp(0.5 z), z standard
normal; 20 for each of the 54 published starts. A fit counts as solved when every parameter agrees
with the refined optimum to at least 6 digits (-log10 of the relative error), up to the exchanges of
equal terms and the signs listed in fixtures/nist/symmetries.json. Jacobians are analytic, generated
by SymPy from the model's text. Needs NumPy, SciPy and SymPy.
"""
import argparse
import csv
import itertools
import json
import pathlib
import warnings

import numpy as np
import sympy
from scipy.optimize import least_squares, leastsq

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "nist"
STARTS = FOLDER / "perturbed_starts.csv"
SEED = 1
REPEATS = 20
TOLERANCE = 1e-15
EVALUATIONS = 2000


def write_starts(problems):
    random = np.random.default_rng(SEED)
    with open(STARTS, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["problem", "start", "number"] + [f"b{j}" for j in range(1, 10)])
        for problem in problems:
            for which in (1, 2):
                start = np.array(problem[f"start{which}"])
                for number in range(1, REPEATS + 1):
                    moved = start * np.exp(0.5 * random.standard_normal(len(start)))
                    values = [f"{value:.6g}" for value in moved]
                    writer.writerow(
                        [problem["name"], which, number] + values + [""] * (9 - len(values)))


def read_starts():
    with open(STARTS, newline="") as file:
        for row in csv.DictReader(file):
            values = [row[f"b{j}"] for j in range(1, 10)]
            yield row["problem"], np.array([float(value) for value in values if value])


class Problem:
    """Residuals and Jacobian of one data set, with the rule for a correct answer."""

    def __init__(self, record, symmetries):
        names = [f"b{j + 1}" for j in range(record["parameter_count"])]
        parameters = sympy.symbols(names)
        predictors = sympy.symbols(record["predictors"])
        table = {str(symbol): symbol for symbol in [*parameters, *predictors]}
        text = record["model"].replace("^", "**")
        model = sympy.sympify(text, locals={**table, "pi": sympy.Float(np.pi)})
        outputs = [model] + [sympy.diff(model, parameter) for parameter in parameters]
        self.function = sympy.lambdify([*parameters, *predictors], outputs, "numpy", cse=True)
        x = np.array(record["x"], dtype=float)
        self.x = list(np.atleast_2d(x))
        y = np.array(record["y"], dtype=float)
        self.y = np.log(y) if record["response"] == "log(y)" else y
        optimum = np.array([float(value) for value in record["refined"]["params"]])
        self.even = np.zeros(len(optimum), dtype=bool)
        for index in symmetries["even"].get(record["name"], []):
            self.even[index - 1] = True
        self.optima = [optimum]
        groups = symmetries["exchangeable"].get(record["name"])
        if groups:
            self.optima = []
            for order in itertools.permutations(groups):
                moved = optimum.copy()
                for source, target in zip(groups, order):
                    moved[np.array(target) - 1] = optimum[np.array(source) - 1]
                self.optima.append(moved)

    def residuals(self, parameters):
        return self.function(*parameters, *self.x)[0] - self.y

    def jacobian(self, parameters):
        columns = self.function(*parameters, *self.x)[1:]
        return np.stack([np.broadcast_to(c, self.y.shape) for c in columns], axis=1)

    def digits(self, parameters):
        best = 0.0
        for optimum in self.optima:
            actual = np.where(self.even, np.abs(parameters), parameters)
            expected = np.where(self.even, np.abs(optimum), optimum)
            error = np.max(np.abs(actual - expected) / np.abs(expected))
            if np.isfinite(error):
                best = max(best, min(-np.log10(max(error, 1e-11)), 11))
        return best


def minpack(problem, start):
    return leastsq(
        problem.residuals, start, Dfun=problem.jacobian, ftol=TOLERANCE, xtol=TOLERANCE,
        gtol=TOLERANCE, maxfev=EVALUATIONS)[0]


def general(method, scale):
    def solve(problem, start):
        return least_squares(
            problem.residuals, start, jac=problem.jacobian, method=method, x_scale=scale,
            ftol=TOLERANCE, xtol=TOLERANCE, gtol=TOLERANCE, max_nfev=EVALUATIONS).x
    return solve


METHODS = {
    "leastsq": minpack,
    "lm jac": general("lm", "jac"),
    "lm 1": general("lm", 1.0),
    "trf jac": general("trf", "jac"),
    "trf 1": general("trf", 1.0),
    "dogbox jac": general("dogbox", "jac"),
}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--write", action="store_true", help="write the starts instead")
    arguments.add_argument("--methods", nargs="*", default=list(METHODS))
    arguments.add_argument("--digits", help="write the digits of every fit to this file")
    options = arguments.parse_args()
    records = json.loads((FOLDER / "nist_strd.json").read_text())["datasets"]
    if options.write:
        write_starts(records)
        return
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    symmetries = json.loads((FOLDER / "symmetries.json").read_text())
    problems = {record["name"]: Problem(record, symmetries) for record in records}
    starts = list(read_starts())
    digits = np.zeros((len(starts), len(options.methods)))
    for row, (name, start) in enumerate(starts):
        for column, method in enumerate(options.methods):
            try:
                solution = METHODS[method](problems[name], start)
                digits[row, column] = problems[name].digits(solution)
            except ValueError:  # residuals at the start are not finite
                pass
    print(f"{'solved of 40':12}" + "".join(f"{method:>12}" for method in options.methods))
    names = np.array([name for name, _ in starts])
    for name in problems:
        solved = (digits[names == name] >= 6).sum(axis=0)
        print(f"{name:12}" + "".join(f"{count:12d}" for count in solved))
    for label, least in (("≥ 6 digits", 6), ("≥ 8 digits", 8), ("≥ 10 digits", 10)):
        shares = (digits >= least).mean(axis=0)
        print(f"{label:12}" + "".join(f"{share:12.2%}" for share in shares))
    if options.digits:
        with open(options.digits, "w") as file:
            for name, line in zip(names, digits):
                print(name, *(f"{value:.1f}" for value in line), file=file)


if __name__ == "__main__":
    main()
