internal import Billing
internal import ConfigurationFiles
internal import Diagnostics
internal import Digests
internal import Languages

extension CampaignReading {
  mutating func terms(_ value: YAMLValue) -> Terms? {
    guard let mapping = mapping(value, "'terms'", CampaignKeys.terms) else { return nil }
    let version = mapping["version"].flatMap { findings.text($0, "the terms' 'version'", limit: Limit.version) }
    let effective = mapping["effective"].flatMap { findings.date($0, "the terms' 'effective'") }
    let (previousVersion, previous) = mapping["previous"].map { self.previous($0) } ?? (nil, [:])
    var texts: [LanguageTag: TermsText] = [:]
    if let place = mapping["files"] {
      let values = byLanguage(place, "the terms' 'files'", isComplete: true) { $0 }
      for language in languages {
        guard let value = values[language], let (path, bytes, source) = file(value, "the terms' 'files'"),
          let document = markdown(source, referredAt: value)
        else { continue }
        texts[language] = TermsText(
          path: path, file: source, digest: Digest256.hex(bytes), document: document,
          differences: previous[language].map { TermsChanges.between($0, and: document) })
      }
    }
    guard let version, let effective else { return nil }
    return Terms(version: version, effective: effective, previousVersion: previousVersion, texts: texts)
  }

  private mutating func previous(_ value: YAMLValue) -> (version: String?, texts: [LanguageTag: MarkdownDocument]) {
    guard let mapping = mapping(value, "the terms' 'previous'", CampaignKeys.previousTerms) else { return (nil, [:]) }
    let version = mapping["version"].flatMap { findings.text($0, "the previous terms' 'version'", limit: Limit.version) }
    var texts: [LanguageTag: MarkdownDocument] = [:]
    if let place = mapping["files"] {
      let values = byLanguage(place, "the previous terms' 'files'", isComplete: false) { $0 }
      for language in languages {
        guard let value = values[language], let (_, _, source) = file(value, "the previous terms' 'files'") else { continue }
        texts[language] = markdown(source, referredAt: value)
      }
    }
    return (version, texts)
  }

  /// Parses the terms in a file; they have no expressions, or their digest would prove nothing.
  private func markdown(_ file: SourceFile, referredAt value: YAMLValue) -> MarkdownDocument? {
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      findings.report("invalid-utf8", "the terms '\(file.name)' are not UTF-8", at: value.range)
      return nil
    }
    if let range = expression(in: file.bytes) {
      findings.report(
        "terms-expression", "terms carry no expressions; what is printed must be what is in the file",
        at: SourceRange(file: file, bytes: range))
      return nil
    }
    do throws(MarkdownFault) {
      let document = try MarkdownDocument(parsing: text, expressions: false)
      warnOfLinks(in: document, text) { SourceRange(file: file, bytes: $0) }
      if document.blocks.isEmpty { findings.report("bad-value", "the terms '\(file.name)' are empty", at: value.range) }
      return document
    } catch {
      findings.report(
        error.id, error.message, at: error.range.map { SourceRange(file: file, bytes: $0) } ?? lineRange(error.line, in: file))
      return nil
    }
  }

  /// Something that looks like an expression: a brace with a letter behind it and a closing one in the same line.
  private func expression(in bytes: [UInt8]) -> Range<Int>? {
    for index in bytes.indices where bytes[index] == UInt8(ascii: "{") {
      var end = index + 1
      while end < bytes.count, bytes[end] == 0x20 { end += 1 }
      guard end < bytes.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[end] | 0x20) else { continue }
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != UInt8(ascii: "}") { end += 1 }
      if end < bytes.count, bytes[end] == UInt8(ascii: "}") { return index..<end + 1 }
    }
    return nil
  }

  private func lineRange(_ line: Int, in file: SourceFile) -> SourceRange {
    var start = 0
    for _ in 1..<max(1, line) {
      guard let end = file.bytes[start...].firstIndex(of: 0x0A) else { break }
      start = end + 1
    }
    let end = file.bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? file.bytes.count
    return SourceRange(file: file, bytes: start..<end)
  }
}
