import Foundation

/// Problems of fixed shape that fit a curve.
extension MGHProblem {
  static func curves() throws -> [MGHProblem] { try lowDimensional() + highDimensional() }

  private static func lowDimensional() throws -> [MGHProblem] {
    let gulfTimes = numbers(99, from: 0.01, by: 0.01)
    return [
      try MGHProblem(
        8, "Bard", start: [1, 1, 1], minima: [8.21487e-3, 17.4286],
        [("y-(b1+u/(v*b2+w*b3))", ["y", "u", "v", "w"], bard)]),
      try MGHProblem(
        9, "Gaussian", start: [0.4, 1, 0], minima: [1.12793e-8],
        [
          (
            "b1*exp(-b2*(t-b3)^2/2)-y", ["t", "y"],
            [numbers(15, from: 3.5, by: -0.5), gaussian + gaussian.dropLast().reversed()]
          )
        ]),
      try MGHProblem(
        10, "Meyer", start: [0.02, 4000, 250], minima: [87.9458],
        [("b1*exp(b2/(t+b3))-y", ["t", "y"], [numbers(16, from: 50, by: 5), meyer])]),
      try MGHProblem(
        11, "Gulf research and development", start: [5, 2.5, 0.15], minima: [0],
        minimizer: [50, 25, 1.5],
        [
          (
            "exp(-abs(y-b2)^b3/b1)-t", ["t", "y"],
            [gulfTimes, gulfTimes.map { 25 + pow(-50 * log($0), 2 / 3) }]
          )
        ]),
      try MGHProblem(
        12, "Box three-dimensional", start: [0, 10, 20], minima: [0], minimizer: [1, 10, 1],
        [
          (
            "exp(-t*b1)-exp(-t*b2)-b3*(exp(-t)-exp(-10*t))", ["t"],
            [numbers(10, from: 0.1, by: 0.1)]
          )
        ]),
    ]
  }

  private static func highDimensional() throws -> [MGHProblem] {
    [
      try MGHProblem(
        15, "Kowalik and Osborne", start: [0.25, 0.39, 0.415, 0.39],
        minima: [3.07505e-4, 1.02734e-3],
        [("y-b1*(u^2+u*b2)/(u^2+u*b3+b4)", ["y", "u"], kowalik)]),
      try MGHProblem(
        16, "Brown and Dennis", start: [25, 5, -5, -1], minima: [85822.2],
        [
          (
            "(b1+t*b2-exp(t))^2+(b3+b4*sin(t)-cos(t))^2", ["t"],
            [numbers(20, from: 0.2, by: 0.2)]
          )
        ]),
      try MGHProblem(
        17, "Osborne 1", start: [0.5, 1.5, -1, 0.01, 0.02], minima: [5.46489e-5],
        [
          (
            "y-(b1+b2*exp(-t*b4)+b3*exp(-t*b5))", ["y", "t"],
            [osborne1, numbers(33, from: 0, by: 10)]
          )
        ]),
      try MGHProblem(
        18, "Biggs EXP6", start: [1, 2, 1, 1, 1, 1], minima: [0, 5.65565e-3],
        minimizer: [1, 10, 1, 5, 4, 3],
        [
          (
            "b3*exp(-t*b1)-b4*exp(-t*b2)+b6*exp(-t*b5)-(exp(-t)-5*exp(-10*t)+3*exp(-4*t))", ["t"],
            [numbers(13, from: 0.1, by: 0.1)]
          )
        ]),
      try MGHProblem(
        19, "Osborne 2", start: [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
        minima: [4.01377e-2],
        [
          (
            "y-(b1*exp(-t*b5)+b2*exp(-(t-b9)^2*b6)+b3*exp(-(t-b10)^2*b7)+b4*exp(-(t-b11)^2*b8))",
            ["y", "t"], [osborne2, numbers(65, from: 0, by: 0.1)]
          )
        ]),
    ]
  }

  /// y, u, v and w.
  private static let bard = [
    [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39],
    numbers(15), numbers(15, from: 15, by: -1), (1...15).map { Double(min($0, 16 - $0)) },
  ]
  /// The first eight; the others mirror them.
  private static let gaussian = [
    0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989,
  ]
  private static let meyer: [Double] = [
    34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820,
    3307, 2872,
  ]
  /// y and u.
  private static let kowalik = [
    [
      0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246,
    ],
    [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
  ]
  private static let osborne1 = [
    0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685,
    0.658, 0.628, 0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448,
    0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406,
  ]
  private static let osborne2 = [
    1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608,
    0.655, 0.616, 0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661,
    0.612, 0.558, 0.533, 0.495, 0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428,
    0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559,
    0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054,
  ]
}
