#!/usr/bin/env python3
"""Correctly rounded values of exp and log for the tests of VectorMath.

    python3 Tests/Reference/exp_log.py > fixtures/reference/exp_log.csv

Needs mpmath. Each line holds the function, x, the exact value rounded to the nearest double, and
what rounding took away, in units of the exact value's last place (of 2^-1074 where subnormal).
"""
import math
import random

import mpmath
from mpmath import mpf

mpmath.mp.dps = 60
LN2 = mpmath.log(2)
random.seed(20240501)


def steps(x, count):
    """The double `count` places above x, or below it."""
    for _ in range(abs(count)):
        x = math.nextafter(x, math.copysign(math.inf, count))
    return x


def mantissa():
    return 1 + random.getrandbits(52) * 2.0**-52


def exp_points():
    for exponent in range(-60, 9):
        for sign in (1, -1):
            yield from (sign * math.ldexp(mantissa(), exponent) for _ in range(7))
    for exponent in range(-80, 10):
        yield from (2.0**exponent, -(2.0**exponent))
    for exponent in (-1074, -1073, -1060, -1023, -1022, -500, -200):
        yield from (2.0**exponent, -(2.0**exponent))
    # Where the reduced argument is largest, and where it is smallest.
    for k in range(-1075, 1024, 3):
        yield steps(float((k + mpf("0.5")) * LN2), random.randint(-3, 3))
    for k in range(-1074, 1024, 7):
        yield steps(float(k * LN2), random.randint(-3, 3))
    # The limits: the largest finite value, the smallest normal one, half the smallest subnormal.
    for limit in (1024 * LN2, -1022 * LN2, -1075 * LN2, -1074 * LN2):
        yield from (steps(float(limit), count) for count in range(-20, 21))
    yield from (random.uniform(-745.5, -708) for _ in range(500))
    yield from (random.uniform(700, 709.7) for _ in range(150))
    yield from (random.uniform(-745, 709) for _ in range(1000))


def log_points():
    yield from (math.ldexp(1.0, exponent) for exponent in range(-1074, 1024))
    yield from (math.ldexp(mantissa(), random.randint(-1022, 1023)) for _ in range(800))
    yield from (math.ldexp(mantissa(), random.randint(-3, 3)) for _ in range(500))
    yield from (random.randint(1, 2 ** random.randint(1, 52)) * 2.0**-1074 for _ in range(200))
    for exponent in range(2, 53):
        for sign in (1, -1):
            yield from (1 + sign * math.ldexp(mantissa(), -exponent) for _ in range(5))
    yield from (steps(1.0, count) for count in range(-20, 21))
    # Where the exponent's part of the logarithm changes.
    for border in (0.75, 1.5, math.sqrt(0.5), math.sqrt(2)):
        for exponent in (-1022, -700, -30, -2, -1, 0, 1, 2, 30, 700, 1022):
            yield from (math.ldexp(steps(border, random.randint(-4, 4)), exponent) for _ in range(3))
    yield from (1.7976931348623157e308, steps(1.7976931348623157e308, -1), steps(2.0**-1022, -1))


def line(name, x, exact):
    # mpmath's exponent: 2^(exponent - 1) <= |exact| < 2^exponent.
    exponent = max(mpmath.frexp(exact)[1], -1021) if exact else 0
    unit = mpmath.ldexp(mpf(1), exponent - 53)
    scaled = exact / unit
    whole = mpmath.nint(scaled)
    if exponent == 1024 and abs(whole) >= 2**53:
        return f"{name},{x.hex()},inf,0"
    value = math.ldexp(float(whole), exponent - 53)
    return f"{name},{x.hex()},{value.hex()},{mpmath.nstr(scaled - whole, 5)}"


def short(text):
    return text.replace(".0000000000000p", "p")


print("function,x,value,rest")
for x in dict.fromkeys(exp_points()):
    exact = mpmath.exp(mpf(x))
    print(short(f"exp,{x.hex()},inf,0" if exact > mpf(2) ** 1024 else line("exp", x, exact)))
for x in dict.fromkeys(log_points()):
    print(short(line("log", x, mpmath.log(mpf(x)))))
