#!/usr/bin/env python3
"""Exact least-squares polynomials for Tests/LeastSquaresTests/MonomialTests.swift.

    python3 Tests/Reference/monomials.py

Rows i = 0..n: t = i/n, y = ((7 i^2 + 3 i) mod 61)/64; n = 32 for degree 9 and 16 for degree 13, so
that all powers are exact in binary. Solves the normal equations in rational arithmetic and prints
the coefficients of 1, t, t^2, ..., the cost and the condition number of the Jacobian with columns of
unit length.
"""
from fractions import Fraction

import numpy as np


def solve(matrix, right):
    size = len(right)
    rows = [list(row) + [value] for row, value in zip(matrix, right)]
    for column in range(size):
        pivot = next(r for r in range(column, size) if rows[r][column] != 0)
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for r in range(column + 1, size):
            factor = rows[r][column] / rows[column][column]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[column])]
    solution = [Fraction(0)] * size
    for r in reversed(range(size)):
        known = sum(rows[r][c] * solution[c] for c in range(r + 1, size))
        solution[r] = (rows[r][size] - known) / rows[r][r]
    return solution


for degree, n in ((9, 32), (13, 16)):
    times = [Fraction(i, n) for i in range(n + 1)]
    values = [Fraction((7 * i * i + 3 * i) % 61, 64) for i in range(n + 1)]
    powers = [[t**k for k in range(degree + 1)] for t in times]
    gram = [[sum(row[j] * row[k] for row in powers) for k in range(degree + 1)]
            for j in range(degree + 1)]
    right = [sum(row[j] * y for row, y in zip(powers, values)) for j in range(degree + 1)]
    solution = solve(gram, right)
    rss = sum((sum(c * p for c, p in zip(solution, row)) - y) ** 2
              for row, y in zip(powers, values))
    scaled = np.array(powers, dtype=float)
    scaled /= np.linalg.norm(scaled, axis=0)
    qr = np.linalg.lstsq(np.array(powers, dtype=float), np.array(values, dtype=float), rcond=0)[0]
    print(f"degree {degree}: condition {np.linalg.cond(scaled):.6g}, cost {float(rss / 2)!r}")
    print("  numpy.linalg.lstsq: digits", -np.log10(max(
        abs(float(Fraction(float(a)) / b - 1)) for a, b in zip(qr, solution))))
    print("  [" + ", ".join(repr(float(value)) for value in solution) + "]")
