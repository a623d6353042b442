internal import ArgumentParser
internal import Contract

/// `--pieces` of commands that make pieces, or plan them.
enum PiecesArgument {
  /// The kinds that can be named, for people.
  static let known = PieceKind.makeable.map(\.rawValue).joined(separator: ", ")

  private static func words(_ arguments: [String]) -> [String] {
    arguments.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  /// - Throws: `ValidationError` for a kind that is not made.
  static func validate(_ arguments: [String]) throws {
    for kind in words(arguments) where !PieceKind.makeable.map(\.rawValue).contains(kind) {
      throw ValidationError(
        PieceKind(rawValue: kind).map { "'--pieces' takes \(known): this version makes no \($0.traits.plural)." }
          ?? "'--pieces' takes \(known), and not '\(kind)'.")
    }
  }

  /// The kinds that are named; `usual` where none is.
  static func kinds(_ arguments: [String], usual: [PieceKind]) -> [PieceKind] {
    arguments.isEmpty ? usual : words(arguments).compactMap(PieceKind.init(rawValue:))
  }
}
