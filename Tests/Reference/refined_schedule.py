"""Refined schedules by an independent path: SciPy's median filter and sums of slices.

Method: Defazio et al., arXiv 2310.07831. Prints the rates that RefinedScheduleTests expects.
"""

import numpy as np
from scipy.ndimage import median_filter


def norms(count):
    """Norms that fall, wiggle, and rise at the end; made of integers, so that they are exact."""
    return [2 + 60 // (i + 3) + (i * i * 7 % 11) / 4 + max(0, i - 24) / 2 for i in range(count)]


def refined(values, smoothing, power):
    values = np.array(values)[2:-2]
    width = 2 * (int(smoothing * len(values)) // 2) + 1
    padded = np.pad(values, (0, 2 * width), mode="reflect")
    smooth = median_filter(padded, size=width, mode="nearest")[: len(values)]
    weights = smooth**power
    rates = np.array([weights[i] * weights[i + 1 :].sum() for i in range(len(values))])
    return rates / rates.max()


for name, smoothing, power in [("adam", 0.2, -1.0), ("sgd", 0.2, -2.0), ("sgd", 0.0, -2.0)]:
    print(name, smoothing, [float(f"{r:.15g}") for r in refined(norms(34), smoothing, power)])
