extension FilterRegistry {
  private static func check(_ what: String) -> FilterSpec.Parameter {
    .init(
      "check", .choice(CheckDigit.allCases.map(\.rawValue)), positional: false,
      "The digit behind \(what): 'none' (the default), 'luhn' (modulus 10 with the weights 2 and 1 from the right, ISO/IEC 7812; a letter counts as "
        + "two digits, A as 10), or 'mod10-731' (modulus 10 with the weights 7, 3 and 1 from the right; digits only).")
  }

  /// Filters that make the line of a payment slip that machines read.
  static let scanLines: [FilterSpec] = [
    FilterSpec(
      name: .scanPart, input: "a text, an amount, a number or a date", output: "a text",
      doc: """
        A part of a scan line, in digits and the letters A to Z, zeros before it up to its width. Of a text the marks that only group it are left \
        out: hyphens, points, slashes, spaces. An amount is in minor units without a point, a number is whole. Nothing is ever cut: what is too long, \
        negative or has other characters makes the bill a reject.
        """,
      parameters: [
        .init(
          "width", .expression, required: true,
          "How many characters, 1 to 40; for a date its form in quotes, of yy, yyyy, MM and dd, such as 'MMddyy'."),
        check("this part, beside its width"),
      ],
      examples: [
        .init("account | scan-part(12)", "004400118207"), .init("totals.due | scan-part(10)", "0000008702"),
        .init("issued | scan-part('MMddyy')", "112326"), .init("totals.due | scan-part(8, check: 'mod10-731')", "000087023"),
      ]),
    FilterSpec(
      name: .scanLine, input: "a text", output: "a text",
      doc: """
        Parts in a line that machines read from a payment slip, with a digit that proves it. The parts come from `scan-part`, or are texts in \
        capitals, digits and the signs `< > + # - . /`, which the digit passes over. It is set in a style of an OCR-B typeface, and never parted.
        """,
      parameters: [
        .init("part2", .expression, "The part behind the first."),
        .init("part3", .expression, "The next one."), .init("part4", .expression, "The next one."),
        .init("part5", .expression, "The next one."), .init("part6", .expression, "The next one."),
        .init("part7", .expression, "The next one."), .init("part8", .expression, "The last one."),
        check("the whole line, over all its parts"),
        .init(
          "separator", .text, positional: false, "What stands between two parts and before the digit: spaces or signs; nothing by default."),
      ],
      examples: [
        .init(
          "account | scan-part(12) | scan-line(totals.due | scan-part(10), check: 'luhn', separator: ' ')", "004400118207 0000008702 1"),
        .init("'47' | scan-line(account | scan-part(10), separator: '<')", "47<4400118207"),
      ]),
  ]
}
