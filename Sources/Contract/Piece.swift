public import Diagnostics

/// One thing produced from a record: its file and what is to be known of it.
public struct Piece: Sendable, Hashable {
  /// What the manifest says of it.
  public var facts: PieceFacts
  /// The whole file; empty where nothing is painted.
  public var bytes: [UInt8]

  /// Makes a piece.
  public init(facts: PieceFacts, bytes: [UInt8]) { (self.facts, self.bytes) = (facts, bytes) }
}

/// Why one piece of a record could not be made, while others were.
public struct PieceFault: Sendable, Hashable {
  /// The piece that could not be made.
  public var kind: PieceKind
  /// Why.
  public var fault: RecordFault

  /// Makes a fault.
  public init(_ kind: PieceKind, _ fault: RecordFault) { (self.kind, self.fault) = (kind, fault) }
}

/// What became of a record.
public enum Outcome: Sendable, Hashable {
  /// Pieces to be written, and why others could not be made; `warnings` are those of the record and all its pieces.
  case pieces([Piece], faults: [PieceFault] = [], warnings: [RecordWarning] = [])
  /// No piece, and why. `warnings` are those found before the fault.
  case reject(RecordFault, warnings: [RecordWarning] = [])
}

extension Piece: Fielded {
  package static var blank: Piece { Piece(facts: .blank, bytes: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("facts", &facts)
      try walker.field("bytes", bytes: &bytes)
    }
  }
}

extension PieceFault: Fielded {
  package static var blank: PieceFault { PieceFault(.bill, .blank) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("kind", &kind)
      try walker.field("fault", &fault)
    }
  }
}

extension Outcome: Fielded {
  package static var blank: Outcome { .pieces([]) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var (pieces, faults, fault, warnings): ([Piece], [PieceFault], RecordFault?, [RecordWarning]) = ([], [], nil, [])
    switch self {
    case .pieces(let made, let refused, let odd): (pieces, faults, warnings) = (made, refused, odd)
    case .reject(let reason, let odd): (fault, warnings) = (reason, odd)
    }
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("reject", &fault)
      try walker.field("pieces", &pieces)
      try walker.field("faults", &faults)
      try walker.field("warnings", &warnings)
    }
    if let fault { self = .reject(fault, warnings: warnings) } else { self = .pieces(pieces, faults: faults, warnings: warnings) }
  }
}
