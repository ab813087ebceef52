/// Problems of fixed shape whose residuals are few equations.
extension MGHProblem {
  static func systems() throws -> [MGHProblem] {
    [
      try MGHProblem(
        1, "Rosenbrock", start: [-1.2, 1], minima: [0], minimizer: [1, 1],
        rows: ["10*(b2-b1^2)", "1-b1"]),
      try MGHProblem(
        2, "Freudenstein and Roth", start: [0.5, -2], minima: [0, 48.9842], minimizer: [5, 4],
        rows: ["-13+b1+((5-b2)*b2-2)*b2", "-29+b1+((b2+1)*b2-14)*b2"]),
      try MGHProblem(
        3, "Powell badly scaled", start: [0, 1], minima: [0],
        rows: ["10000*b1*b2-1", "exp(-b1)+exp(-b2)-1.0001"]),
      try MGHProblem(
        4, "Brown badly scaled", start: [1, 1], minima: [0], minimizer: [1e6, 2e-6],
        rows: ["b1-1000000", "b2-0.000002", "b1*b2-2"]),
      try MGHProblem(
        5, "Beale", start: [1, 1], minima: [0], minimizer: [3, 0.5],
        [("y-b1*(1-b2^i)", ["y", "i"], [[1.5, 2.25, 2.625], numbers(3)])]),
      try MGHProblem(
        6, "Jennrich and Sampson", start: [0.3, 0.4], minima: [124.362],
        [("2+2*i-(exp(i*b1)+exp(i*b2))", ["i"], [numbers(10)])]),
      try MGHProblem(
        7, "Helical valley", start: [-1, 0, 0], minima: [0], minimizer: [1, 0, 0],
        rows: [
          "10*(b3-10*(atan(b2/b1)/(2*pi)+0.5*step(-b1)))", "10*(sqrt(b1^2+b2^2)-1)", "b3",
        ]),
      try MGHProblem(
        13, "Powell singular", start: [3, -1, 0, 1], minima: [0], minimizer: [0, 0, 0, 0],
        rows: ["b1+10*b2", "sqrt(5)*(b3-b4)", "(b2-2*b3)^2", "sqrt(10)*(b1-b4)^2"]),
      try MGHProblem(
        14, "Wood", start: [-3, -1, -3, -1], minima: [0], minimizer: [1, 1, 1, 1],
        rows: [
          "10*(b2-b1^2)", "1-b1", "sqrt(90)*(b4-b3^2)", "1-b3", "sqrt(10)*(b2+b4-2)",
          "(b2-b4)/sqrt(10)",
        ]),
    ]
  }
}
