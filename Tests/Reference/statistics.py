#!/usr/bin/env python3
"""Writes fixtures/reference/statistics.json, the numbers that Tests/StatisticsTests compares with.

Needs numpy, scipy and statsmodels (pip install statsmodels); written with numpy 2.4.6, scipy 1.17.1
and statsmodels 0.15.0. What statsmodels computes is marked so; the rest is computed here from the
formulas that the sources document, lag by lag and in dense matrices.

    python3 Tests/Reference/statistics.py
"""
import json
import pathlib
from fractions import Fraction

import numpy as np
import statsmodels.api as sm
from scipy import integrate, linalg, optimize, signal, stats
from statsmodels.regression.linear_model import burg

RUNS = [[0, 25], [25, 33], [33, 60]]
CLUSTERS = [[10 * k, 10 * k + 10] for k in range(6)]
rng = np.random.default_rng(20240229)


def triangle(design):
    """R of a QR factorisation with a diagonal >= 0."""
    r = np.linalg.qr(design)[1]
    return r * np.where(np.diag(r) < 0, -1.0, 1.0)[:, None]


def lagged(series, runs, lag):
    """Sum of z[t] z[t-lag]' over pairs of the same run."""
    total = np.zeros((series.shape[1],) * 2)
    for first, last in runs:
        z = series[first:last]
        if last - first > lag:
            total += z[lag:].T @ z[: len(z) - lag]
    return total


def bartlett(series, runs, bandwidth):
    total = lagged(series, runs, 0)
    for lag in range(1, len(series)):
        weight = max(1 - lag / bandwidth, 0)
        product = lagged(series, runs, lag)
        total += weight * (product + product.T)
    return total


def andrews(series, runs):
    """Andrews (1991), Eq. 6.2 and 6.4 for Bartlett's kernel."""
    numerator = denominator = 0.0
    for column in series.T:
        now = np.concatenate([column[a + 1 : b] for a, b in runs])
        before = np.concatenate([column[a : b - 1] for a, b in runs])
        rho = np.clip(now @ before / (before @ before), -0.97, 0.97)
        variance = np.mean((now - rho * before) ** 2)
        numerator += 4 * rho**2 * variance**2 / ((1 - rho) ** 6 * (1 + rho) ** 2)
        denominator += variance**2 / (1 - rho) ** 4
    return max(1.1447 * (numerator / denominator * len(series)) ** (1 / 3), 1)


def prewhitened(series, runs):
    """Andrews and Monahan (1992) with a first-order vector autoregression."""
    now = np.concatenate([series[a + 1 : b] for a, b in runs])
    before = np.concatenate([series[a : b - 1] for a, b in runs])
    transition = np.linalg.lstsq(before, now, rcond=None)[0].T
    u, s, vt = np.linalg.svd(transition)
    transition = u @ np.diag(np.minimum(s, 0.97)) @ vt
    rest = now - before @ transition.T
    starts = np.cumsum([0] + [b - a - 1 for a, b in runs])
    rest_runs = list(zip(starts[:-1], starts[1:]))
    inner = bartlett(rest, rest_runs, andrews(rest, rest_runs))
    gain = np.linalg.inv(np.eye(series.shape[1]) - transition)
    return len(series) / len(rest) * gain @ inner @ gain.T, s


def linear():
    """A line with a wave and autocorrelated noise, by ordinary least squares."""
    n = 60
    t = np.arange(n) / n
    design = np.column_stack([np.ones(n), t, np.sin(7 * t)])
    noise = signal.lfilter([1], [1, -0.6], rng.standard_normal(n))
    y = np.round(design @ [1.0, 2.0, -0.5] + 0.3 * noise, 6)
    weights = np.round(rng.uniform(0.5, 2, n), 3)
    frequencies = rng.integers(0, 4, n).astype(float)
    fit = sm.OLS(y, design).fit()
    groups = np.repeat(np.arange(6), 10)
    labels = np.concatenate([np.full(b - a, k) for k, (a, b) in enumerate(RUNS)])
    times = np.concatenate([np.arange(b - a) for a, b in RUNS])

    def robust(name, **options):
        return fit.get_robustcov_results(name, **options).cov_params().tolist()

    r = triangle(design)
    scores = (design @ np.linalg.inv(r)) * (fit.resid[:, None])
    whole = [[0, n]]
    factor = n / (n - 3)

    def sandwich(meat):
        inverse = np.linalg.inv(r)
        return (factor * inverse @ meat @ inverse.T).tolist()

    weighted = sm.WLS(y, design, weights=weights).fit()
    counts = frequencies.astype(int)
    repeated = sm.OLS(np.repeat(y, counts), np.repeat(design, counts, axis=0)).fit()
    known = 0.25 * np.sqrt(weights)
    scaled = design / known[:, None]
    automatic = andrews(scores, whole)
    return {
        "design": design.T.tolist(), "y": y.tolist(), "runs": RUNS, "clusters": CLUSTERS,
        "weights": weights.tolist(), "frequencies": frequencies.tolist(),
        "deviations": known.tolist(),
        "statsmodels": {
            "parameters": fit.params.tolist(),
            "naive": fit.cov_params().tolist(),
            "hc0": fit.cov_HC0.tolist(), "hc1": fit.cov_HC1.tolist(),
            "hac4": robust("HAC", maxlags=4, use_correction=True),
            "hac4_uncorrected": robust("HAC", maxlags=4, use_correction=False),
            "hac_runs": robust(
                "hac-panel", groups=labels, time=times, maxlags=4, use_correction=False),
            "cluster": robust("cluster", groups=groups, use_correction=True),
            "weighted_parameters": weighted.params.tolist(),
            "weighted_naive": weighted.cov_params().tolist(),
            "weighted_hc1": weighted.cov_HC1.tolist(),
            "repeated_parameters": repeated.params.tolist(),
            "repeated_naive": repeated.cov_params().tolist(),
            "repeated_hc1": repeated.cov_HC1.tolist(),
        },
        "known_parameters": np.linalg.lstsq(scaled, y / known, rcond=None)[0].tolist(),
        "known_naive": np.linalg.inv(scaled.T @ scaled).tolist(),
        "andrews_bandwidth": automatic, "andrews_bandwidth_runs": andrews(scores, RUNS),
        "andrews": sandwich(bartlett(scores, whole, automatic)),
        "andrews_runs": sandwich(bartlett(scores, RUNS, andrews(scores, RUNS))),
        "prewhitened": sandwich(prewhitened(scores, whole)[0]),
        "prewhitened_runs": sandwich(prewhitened(scores, RUNS)[0]),
    }


def clamped():
    """A series whose vector autoregression has a singular value above 0.97."""
    n = 80
    walk = np.cumsum(rng.standard_normal((n, 2)), axis=0)
    walk[:, 1] += 3 * walk[:, 0]
    design = np.column_stack([np.ones(n), np.linspace(-1, 1, n)])
    scores = (design @ np.linalg.inv(triangle(design))) * walk[:, :1]
    meat, singular = prewhitened(scores, [[0, n]])
    assert singular[0] > 0.97, singular
    inverse = np.linalg.inv(triangle(design))
    return {
        "design": design.T.tolist(), "residuals": walk[:, 0].tolist(),
        "prewhitened": (n / (n - 2) * inverse @ meat @ inverse.T).tolist(),
    }


def huber():
    """A Huber fit: E psi^2 / (E psi')^2 (J'J)^-1 and H^-1 (n/(n-f) sum s s') H^-1."""
    n, width = 80, 0.7
    design = np.column_stack([np.ones(n), np.linspace(-1, 1, n)])
    y = np.round(design @ [0.5, 1.0] + rng.standard_t(3, n), 6)

    def gradient(theta):
        return design.T @ np.clip(design @ theta - y, -width, width)

    theta = np.linalg.lstsq(design, y, rcond=None)[0]
    for _ in range(200):
        r = design @ theta - y
        h = (abs(r) <= width).astype(float)
        theta = theta - np.linalg.solve(design.T @ (h[:, None] * design), gradient(theta))
    assert np.max(abs(gradient(theta))) < 1e-12
    r = design @ theta - y
    psi, h = np.clip(r, -width, width), (abs(r) <= width).astype(float)
    bread = np.linalg.inv(design.T @ (h[:, None] * design))
    meat = (design * psi[:, None] ** 2).T @ design
    naive = psi @ psi / (n - 2) / h.mean() ** 2 * np.linalg.inv(design.T @ design)
    return {
        "design": design.T.tolist(), "y": y.tolist(), "width": width, "parameters": theta.tolist(),
        "naive": naive.tolist(), "heteroscedastic": (n / (n - 2) * bread @ meat @ bread).tolist(),
    }


def normal_moments():
    """E psi^2 and E psi' of standard normal residuals, by adaptive quadrature."""
    losses = {
        "huber": (lambda r, d: np.clip(r, -d, d), lambda r, d: float(abs(r) <= d)),
        "softL1": (lambda r, d: r / np.sqrt(1 + (r / d) ** 2), lambda r, d: (1 + (r / d) ** 2) ** -1.5),
        "cauchy": (
            lambda r, d: r / (1 + (r / d) ** 2),
            lambda r, d: (1 - (r / d) ** 2) / (1 + (r / d) ** 2) ** 2),
    }
    rows = []
    for name, (psi, slope) in losses.items():
        for width in (0.5, 1.345, 3.0):
            def mean(function):
                pieces = [-np.inf, -width, 0, width, np.inf]
                return sum(
                    integrate.quad(lambda r: stats.norm.pdf(r) * function(r, width), a, b,
                                   epsabs=1e-13, epsrel=1e-12)[0]
                    for a, b in zip(pieces, pieces[1:]))
            rows.append({
                "loss": name, "width": width,
                "square": mean(lambda r, d: psi(r, d) ** 2), "slope": mean(slope)})
    return rows


def autoregression():
    """Burg's method: statsmodels for one run; several runs and the order by Akaike here."""
    n = 400
    series = np.round(signal.lfilter([1], [1, -0.9, 0.3], rng.standard_normal(n)), 6)
    runs = [[0, 150], [150, 160], [160, 400]]

    def lattice(runs, order):
        forward = [series[a:b].copy() for a, b in runs]
        backward = [f.copy() for f in forward]
        coefficients, share, path = np.zeros(0), 1.0, []
        for _ in range(order):
            pairs = [(f[1:], b[:-1]) for f, b in zip(forward, backward) if len(f) > 1]
            k = 2 * sum(f @ b for f, b in pairs) / sum(f @ f + b @ b for f, b in pairs)
            forward = [f - k * b for f, b in pairs]
            backward = [b - k * f for f, b in pairs]
            coefficients = np.append(coefficients - k * coefficients[::-1], k)
            share *= 1 - k * k
            path.append((coefficients, share))
        return path

    path = lattice([[0, n]], int(10 * np.log10(n)))
    criteria = [n * np.log(share) + 2 * (q + 1) for q, (_, share) in enumerate(path)]
    best = int(np.argmin(criteria)) + 1
    one, three = burg(series, order=1, demean=False), burg(series, order=3, demean=False)
    assert np.allclose(path[2][0], three[0])
    split = lattice(runs, 2)[1]
    return {
        "series": series.tolist(), "runs": runs, "statsmodels_1": one[0].tolist(),
        "statsmodels_3": three[0].tolist(), "automatic_order": best,
        "automatic": path[best - 1][0].tolist(), "automatic_share": path[best - 1][1],
        "runs_2": split[0].tolist(), "runs_2_share": split[1],
    }


def polynomial():
    """Standard errors of an ill-conditioned polynomial, in exact fractions: sqrt(((J'J)^-1)_jj)."""
    n, degree = 30, 9
    design = [[Fraction(x) ** k for k in range(degree + 1)] for x in range(1, n + 1)]
    size = degree + 1
    rows = [
        [sum(row[j] * row[k] for row in design) for k in range(size)]
        + [Fraction(int(j == k)) for k in range(size)] for j in range(size)]
    for j in range(size):
        pivot = rows[j][j]
        rows[j] = [value / pivot for value in rows[j]]
        for k in range(size):
            if k != j:
                rows[k] = [a - rows[k][j] * b for a, b in zip(rows[k], rows[j])]
    return {"rows": n, "errors": [float(rows[j][size + j]) ** 0.5 for j in range(size)]}


def oxygen_demand():
    """Profile intervals of y = a (1 - exp(-k x)) for the BOD data of Bates and Watts (1988), A4.1.

    For given k the best a is linear least squares, and for given a the best k is found by bounded
    minimisation: nothing of the method tested is used.
    """
    x = np.array([1, 2, 3, 4, 5, 7.0])
    y = np.array([8.3, 10.3, 19.0, 16.0, 15.6, 19.8])

    def cost(a, k):
        return 0.5 * np.sum((a * (1 - np.exp(-k * x)) - y) ** 2)

    def by_rate(k):
        basis = 1 - np.exp(-k * x)
        return cost(basis @ y / (basis @ basis), k)

    def by_height(a):
        grid = np.log(np.geomspace(1e-6, 1e3, 2000))
        best = int(np.clip(np.argmin([cost(a, np.exp(k)) for k in grid]), 1, len(grid) - 2))
        return optimize.minimize_scalar(
            lambda k: cost(a, np.exp(k)), bounds=(grid[best - 1], grid[best + 1]),
            method="bounded", options={"xatol": 1e-12}).fun

    rate = optimize.minimize_scalar(by_rate, bracket=(0.4, 0.5, 0.6), tol=1e-15).x
    basis = 1 - np.exp(-rate * x)
    height = basis @ y / (basis @ basis)
    least = cost(height, rate)
    variance = 2 * least / 4
    result = {"x": x.tolist(), "y": y.tolist(), "parameters": [height, rate], "cost": least}
    for level in (0.8, 0.95, 0.99):
        rise = 0.5 * stats.t.ppf(0.5 + level / 2, 4) ** 2 * variance

        def end(function, inside, outside):
            """None where the cost does not rise that far."""
            if function(outside) < least + rise:
                return None
            return optimize.brentq(
                lambda v: function(v) - least - rise, inside, outside, xtol=1e-14, rtol=1e-14)

        result[f"height_{level}"] = [end(by_height, height, 5), end(by_height, height, 1e5)]
        result[f"rate_{level}"] = [end(by_rate, rate, 1e-6), end(by_rate, rate, 1e3)]
    return result


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    content = {
        "linear": linear(), "clamped": clamped(), "huber": huber(),
        "normal_moments": normal_moments(), "autoregression": autoregression(),
        "polynomial": polynomial(), "oxygen_demand": oxygen_demand(),
    }
    target = root / "fixtures/reference/statistics.json"
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items())
    target.write_text("{\n" + lines + "\n}\n")


main()
