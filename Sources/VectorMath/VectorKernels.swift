internal import CVectorMath

/// Arithmetic over arrays of doubles on one of the processor's vector instruction sets.
///
/// No method allocates. Arrays need no alignment, though loads are fastest where every column begins
/// on a multiple of 64 bytes. Unless a method says otherwise an output may be the same array as an
/// input, but must not overlap it in part. Sums run in an order that depends on the counts and on
/// the instruction set only, so that equal inputs give equal bits.
public struct VectorKernels: Sendable, Hashable {
  /// A vector instruction set.
  public enum InstructionSet: Int, Sendable, CaseIterable {
    /// Vectors of 2 doubles: SSE2 on x86-64, NEON on arm64.
    case baseline
    /// Vectors of 4 doubles on x86-64: AVX2 with fused multiplication and addition.
    case avx2
    /// Vectors of 8 doubles on x86-64: AVX-512 F, DQ and VL.
    case avx512
  }

  /// The instruction set in use.
  public let instructionSet: InstructionSet

  /// Kernels for an instruction set; nil when the processor lacks it.
  public init?(_ set: InstructionSet) {
    guard vector_math_supports(Int32(set.rawValue)) != 0 else { return nil }
    instructionSet = set
  }

  private init(present set: InstructionSet) {
    instructionSet = set
  }

  /// Kernels for the widest vectors the processor has.
  public static let best: VectorKernels = available.last ?? VectorKernels(present: .baseline)

  /// Kernels for every instruction set the processor has, the widest vectors last.
  public static var available: [VectorKernels] {
    InstructionSet.allCases.compactMap { VectorKernels($0) }
  }

  /// The instruction set as the C functions know it.
  var level: Int32 { Int32(instructionSet.rawValue) }
}
