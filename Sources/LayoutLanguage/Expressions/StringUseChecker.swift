internal import Diagnostics

/// Checks the use of a string: the key, and that every language's placeholders get what they need.
struct StringUseChecker {
  let scope: Scope
  let findings: Findings

  /// An argument at the place of use.
  struct Argument {
    var name: String
    var nameRange: SourceRange
    var valueRange: SourceRange
    var source: StringUse.Argument
    var type: ValueType
    /// Whether it is a picture, which is neither counted nor chosen by.
    var isPicture = false
  }

  /// The checked use; `nil` where there is no such key (reported).
  ///
  /// - Parameter faulty: Arguments that are there, but not as they must be, which has been reported.
  func use(_ key: String, at range: SourceRange, arguments: [Argument], faulty: Set<String> = []) -> StringUse? {
    guard let catalog = scope.strings else {
      findings.error(.unknownString, "there are no strings here", at: range)
      return nil
    }
    guard let number = catalog.number(of: key) else {
      findings.error(
        .unknownString, "there is no string '\(key)' in any language", at: range,
        suggestion: Suggestion.didYouMean(key, among: catalog.keys))
      return nil
    }
    catalog.markUsed(number)
    let entry = catalog.entries[number]
    var bySlot = [StringUse.Argument?](repeating: nil, count: entry.arguments.count)
    for argument in arguments {
      if let slot = entry.arguments.firstIndex(of: argument.name) {
        bySlot[slot] = argument.source
        check(argument, slot: slot, entry: entry)
      } else if !entry.isFaulty {
        let isControl = argument.name == "if" || argument.name == "each"
        let suggestion =
          isControl
          ? argument.name == "if" ? "put an <if test=\"…\"> round it" : "put an <each each=\"…\"> round it"
          : Suggestion.didYouMean(argument.name, among: entry.arguments)
        findings.error(
          .stringArgument, "the string '\(key)' has no '{\(argument.name)}' in any language", at: argument.nameRange, suggestion: suggestion
        )
      }
    }
    reportMissing(entry, given: bySlot, faulty: faulty, at: range, catalog: catalog)
    // Pictures say themselves whether they are the same on every bill.
    let isConstant = !entry.hasLateValues && bySlot.allSatisfy { if case .mark = $0 { true } else { false } }
    return StringUse(key: key, number: number, arguments: bySlot, isConstant: isConstant)
  }

  private func reportMissing(
    _ entry: StringCatalog.Entry, given: [StringUse.Argument?], faulty: Set<String>, at range: SourceRange, catalog: StringCatalog
  ) {
    for (slot, name) in entry.arguments.enumerated() {
      if given[slot] == nil, !faulty.contains(name) {
        for needs in entry.needs {
          guard let need = needs.first(where: { $0.slot == slot }) else { continue }
          findings.error(
            .stringArgument, "the string '\(entry.key)' needs an argument '\(name)'", at: range, suggestion: "add \(name)=\"{…}\"",
            notes: [Diagnostic.Note("it stands here", at: need.range)])
          break
        }
      }
      // A translation that leaves a value out is seldom meant.
      guard !entry.isFaulty else { continue }
      for (language, needs) in entry.needs.enumerated() where !needs.contains(where: { $0.slot == slot }) {
        guard let keyRange = entry.keyRanges[language] else { continue }
        let other = entry.needs.lazy.compactMap { $0.first { $0.slot == slot } }.first
        findings.warning(
          .stringArgumentUnused, "'\(entry.key)' does not use '{\(name)}' in '\(catalog.languages[language])'", at: keyRange,
          notes: other.map { [Diagnostic.Note("another language does", at: $0.range)] } ?? [])
      }
    }
  }

  private func check(_ argument: Argument, slot: Int, entry: StringCatalog.Entry) {
    if argument.isPicture { return checkPicture(argument, slot: slot, entry: entry) }
    guard argument.type != .unknown else { return }
    for need in entry.needs.joined() where need.slot == slot {
      let notes = [Diagnostic.Note("it stands here", at: need.range)]
      switch need.kind {
      case .number where argument.type == .late, .choice where argument.type == .late:
        findings.error(
          .lateValue, "'\(argument.name)' is only known when all pages are laid out: it can be printed, not counted",
          at: argument.valueRange,
          notes: notes)
      case .number where argument.type != .number:
        findings.error(
          .stringArgument, "'\(argument.name)' is counted in '\(entry.key)' and must be a number, not \(argument.type.phrase)",
          at: argument.valueRange, notes: notes)
      case .choice where argument.type != .text && argument.type != .flag:
        findings.error(
          .stringArgument, "'\(argument.name)' is chosen by in '\(entry.key)' and must be a text or a flag, not \(argument.type.phrase)",
          at: argument.valueRange, notes: notes)
      case .printed where !argument.type.isPrintable && argument.type != .late:
        findings.error(
          .notPrintable, "'\(argument.name)' is printed in '\(entry.key)' and cannot be \(argument.type.phrase)", at: argument.valueRange,
          notes: notes)
      default: continue
      }
      return
    }
  }

  private func checkPicture(_ argument: Argument, slot: Int, entry: StringCatalog.Entry) {
    for need in entry.needs.joined() where need.slot == slot && need.kind != .printed {
      findings.error(
        .stringArgument, "'\(argument.name)' is counted or chosen by in '\(entry.key)' and cannot be a picture", at: argument.valueRange,
        notes: [Diagnostic.Note("it stands here", at: need.range)])
      return
    }
  }
}
