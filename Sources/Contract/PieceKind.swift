public import Billing

/// What one piece is: a bill, or something that travels with it or by itself.
///
/// In the order of their names' bytes, which is that of the manifest.
public enum PieceKind: String, Sendable, CaseIterable {
  case bill, email, postcard, terms

  /// Those a run makes where none is named.
  public static let usual: [PieceKind] = [.bill, .terms]

  /// The path below the output folder of an edition's file, with the format behind the language where it is not the standard one.
  public func file(language: String, format: Bill.Format) -> String {
    "\(traits.folder)/\(language)\(format == .standard ? "" : "-\(format.rawValue)")\(traits.suffix)"
  }

  /// All that tells one kind of piece from another.
  public struct Traits: Sendable, Hashable {
    /// Whose name a piece's file bears.
    public enum Naming: Sendable, Hashable {
      /// That of the record's account and invoice, in a group of its account.
      case record
      /// That of the language and format: one file serves many records.
      case edition
    }

    /// The file of a layout's folder that lays it out.
    public var layout: String
    /// The folder below the output folder.
    public var folder: String
    /// What its file's name ends in, with the dot.
    public var suffix: String
    /// Whose name the file bears.
    public var naming: Naming
    /// How it travels; `nil`: as the record says of its delivery.
    public var channel: Channel?
    /// What one is called in the closing lines of a run.
    public var noun: String
    /// What several are called.
    public var plural: String
  }

  /// Whether an account gets one in a run, with its first record, however many records it has.
  public var isOfAccount: Bool {
    switch self {
    case .email, .postcard: true
    case .bill, .terms: false
    }
  }

  /// How a piece travels.
  public enum Channel: String, Sendable, CaseIterable {
    case print, electronic
  }

  /// All that tells this kind from another.
  public var traits: Traits {
    switch self {
    case .bill:
      Traits(layout: "layout.xml", folder: "bills", suffix: ".pdf", naming: .record, channel: nil, noun: "bill", plural: "bills")
    case .email:
      Traits(
        layout: "email.html", folder: "emails", suffix: ".eml", naming: .record, channel: .electronic, noun: "e-mail", plural: "e-mails")
    case .postcard:
      Traits(
        layout: "postcard.xml", folder: "postcards", suffix: ".pdf", naming: .record, channel: .print, noun: "postcard",
        plural: "postcards")
    case .terms:
      Traits(layout: "terms.xml", folder: "terms", suffix: ".pdf", naming: .edition, channel: nil, noun: "leaflet", plural: "leaflets")
    }
  }
}

extension PieceKind: FieldedWord {}
extension PieceKind.Channel: FieldedWord {}
