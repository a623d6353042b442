/// A `notice`: one of the campaign's notices, in one of its sizes.
public struct NoticeElement: Sendable {
  /// The name and the variant where none is written.
  public static let standard = "standard"

  /// Which of the campaign's notices it is.
  public var name: String
  /// Which of its sizes.
  public var variant: String
  /// Its look.
  public var panel: PanelElement

  /// The slots it must hold: the notice `standard` whatever moves customers to agree, any other its words.
  var requiredSlots: [Slot] { isStandard ? Slot.required : [.body] }
  /// Whether it is the notice that every campaign has.
  var isStandard: Bool { name == Self.standard }
}
