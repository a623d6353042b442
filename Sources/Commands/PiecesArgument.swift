internal import ArgumentParser
internal import Contract

/// `--pieces` of commands that make pieces, or plan them.
enum PiecesArgument {
  /// The kinds that can be named, for people.
  static let known = PieceKind.allCases.map(\.rawValue).joined(separator: ", ")

  private static func words(_ arguments: [String]) -> [String] {
    arguments.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  /// - Throws: `ValidationError` for what is no kind.
  static func validate(_ arguments: [String]) throws {
    for kind in words(arguments) where PieceKind(rawValue: kind) == nil {
      throw ValidationError("'--pieces' takes \(known), and not '\(kind)'.")
    }
  }

  /// The kinds that are named; `usual` where none is.
  static func kinds(_ arguments: [String], usual: [PieceKind]) -> [PieceKind] {
    arguments.isEmpty ? usual : words(arguments).compactMap(PieceKind.init(rawValue:))
  }
}
