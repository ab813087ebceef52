internal import CLAPACKE

/// LAPACK's character arguments and layouts by name.
enum LAPACKConstants {
  static let columnMajor = Int32(LAPACK_COL_MAJOR)
  static let lower = CChar(UInt8(ascii: "L"))
  static let upper = CChar(UInt8(ascii: "U"))
  static let left = CChar(UInt8(ascii: "L"))
  static let noTranspose = CChar(UInt8(ascii: "N"))
  static let transpose = CChar(UInt8(ascii: "T"))
  static let nonUnit = CChar(UInt8(ascii: "N"))
  static let noVectors = CChar(UInt8(ascii: "N"))
  static let thinVectors = CChar(UInt8(ascii: "S"))
}
