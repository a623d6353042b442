internal import Geometry
internal import Vocabulary

extension LayoutCompiler {
  /// Checks what a `barcode` says of the fields of Intelligent Mail, and the measures of such a code.
  ///
  /// - Returns: Whether the code is made of fields instead of a `value`.
  func checkMailCode(
    _ element: XMLElement, _ kind: BarcodeKind, _ parts: NodeParts, needs: (String) -> Void, _ conflict: (String, String) -> Void
  ) -> Bool {
    let written = MailField.allCases.filter { element[$0.rawValue] != nil }
    guard kind == .imb else {
      for field in written {
        conflict(field.rawValue, "'\(field.rawValue)' belongs to Intelligent Mail barcodes (kind \"imb\")")
      }
      return false
    }
    checkMailMeasures(element, parts, conflict)
    if root == .postcard { return checkMailCodeOfCard(element, written, parts, needs: needs, conflict) }
    guard let first = written.first else { return false }
    if element["value"] != nil {
      conflict("value", "an Intelligent Mail barcode is made of its fields ('\(first.rawValue)' and the like) or of a 'value', not of both")
    }
    for field in MailField.allCases where field.isRequired && element[field.rawValue] == nil {
      needs("an Intelligent Mail barcode made of its fields needs '\(field.rawValue)': \(field.expected)")
    }
    checkWords(of: written, element, parts)
    if let attribute = element["serial"], let mailer = literalWords(parts, .mailerID), let serial = literalWords(parts, .serial),
      MailField.mailerID.allows(mailer), MailField.serial.allows(serial), mailer.count + serial.count != 15
    {
      findings.error(
        .wrongValue, "behind a mailer identifier of \(mailer.count) digits the serial number has \(15 - mailer.count), not \(serial.count)",
        at: attribute.value.range)
    }
    return true
  }

  /// The same on a postcard, whose serial number is its rank in the mailing.
  private func checkMailCodeOfCard(
    _ element: XMLElement, _ written: [MailField], _ parts: NodeParts, needs: (String) -> Void, _ conflict: (String, String) -> Void
  ) -> Bool {
    hasMailCode = true
    if element["value"] != nil {
      conflict("value", "an Intelligent Mail barcode on a postcard is made of its fields, not of a 'value': each has its own serial number")
    }
    if element["serial"] != nil {
      conflict("serial", "the serial number of a postcard is its rank in the mailing, which Billfold counts; leave 'serial' out")
    }
    for field in [MailField.serviceType, .mailerID] where element[field.rawValue] == nil {
      needs("an Intelligent Mail barcode on a postcard needs '\(field.rawValue)': \(field.expected)")
    }
    checkWords(of: written.filter { $0 != .serial }, element, parts)
    return true
  }

  /// Reports fields in which nothing comes from the record and that are none.
  private func checkWords(of fields: [MailField], _ element: XMLElement, _ parts: NodeParts) {
    for field in fields {
      guard let attribute = element[field.rawValue], let words = literalWords(parts, field), !field.allows(words) else { continue }
      findings.error(.wrongValue, "'\(field.rawValue)' is \(field.expected), not '\(words)'", at: attribute.value.range)
    }
  }

  /// The words of a field in which nothing comes from the bill.
  private func literalWords(_ parts: NodeParts, _ field: MailField) -> String? {
    guard let text = parts.attributes.text(field.attribute), text.pieces.count == 1, case .literal(let words) = text.pieces[0] else {
      return nil
    }
    return words
  }

  /// The measures that USPS-B-3200 leaves open, and those it does not.
  private func checkMailMeasures(_ element: XMLElement, _ parts: NodeParts, _ conflict: (String, String) -> Void) {
    func check(_ name: String, _ value: Length?, _ range: ClosedRange<Double>, _ what: String) {
      guard let attribute = element[name], let value else { return }
      // A millionth of an inch more or less is the conversion from millimetres.
      if value.points / 72 >= range.lowerBound - 0.000_001, value.points / 72 <= range.upperBound + 0.000_001 { return }
      findings.error(.wrongValue, "an Intelligent Mail barcode is \(what) (USPS-B-3200)", at: attribute.value.range)
    }
    check("width", parts.attributes.points(.width), 2.6844...3.2225, "2.69 to 3.22 in wide: 20 to 24 bars an inch")
    check("height", parts.attributes.points(.height), 0.125...0.165, "0.125 to 0.165 in high")
    check(
      "quiet", parts.attributes.points(.quiet), 0.125...Double.infinity,
      "left 0.125 in of white or more at its sides; leave 'quiet' out for just that")
    if element["size"] != nil {
      conflict("size", "only square codes have a 'size'; an Intelligent Mail barcode has a 'width' and a 'height'")
    }
  }
}

/// A field of an Intelligent Mail barcode, as an attribute.
private enum MailField: String, CaseIterable {
  case barcodeID = "barcode-id"
  case serviceType = "service-type"
  case mailerID = "mailer-id"
  case serial, routing

  var attribute: AttributeName {
    switch self {
    case .barcodeID: .barcodeID
    case .serviceType: .serviceType
    case .mailerID: .mailerID
    case .serial: .serial
    case .routing: .routing
    }
  }

  var isRequired: Bool {
    switch self {
    case .barcodeID, .routing: false
    case .serviceType, .mailerID, .serial: true
    }
  }

  var expected: String {
    switch self {
    case .barcodeID: "two digits, the second 0 to 4"
    case .serviceType: "three digits"
    case .mailerID: "six digits, the first 0 to 8, or nine that begin with 9"
    case .serial: "nine digits behind a mailer identifier of six, six behind one of nine"
    case .routing: "a ZIP code of 5, 9 or 11 digits, or nothing"
    }
  }

  func allows(_ words: String) -> Bool {
    let digits = Array(words.utf8)
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return false }
    return switch self {
    case .barcodeID: digits.count == 2 && digits[1] <= UInt8(ascii: "4")
    case .serviceType: digits.count == 3
    case .mailerID: digits.count == (digits.first == UInt8(ascii: "9") ? 9 : 6)
    case .serial: digits.count == 9 || digits.count == 6
    case .routing: [0, 5, 9, 11].contains(digits.count)
    }
  }
}
