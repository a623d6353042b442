package import LayoutLanguage

/// What a leaflet knows of the bills it goes with: their language and format, in the slots the layout language compiles paths to. Everything else
/// is withheld by the compiler, and absent here.
package struct LeafletRecord: RecordValue {
  private let language: String
  private let format: String

  /// - Parameters:
  ///   - language: The campaign's language, in canonical case.
  ///   - format: The edition the leaflet is.
  package init(language: String, format: String) { (self.language, self.format) = (language, format) }

  package func value(at slot: Int) -> Value {
    switch BillSchema.Slot(rawValue: slot) {
    case .language: .text(language)
    case .format: .text(format)
    default: .absent
    }
  }
}
