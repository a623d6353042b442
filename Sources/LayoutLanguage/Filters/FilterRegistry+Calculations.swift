extension FilterRegistry {
  /// Filters that work with figures and days.
  static let calculations: [FilterSpec] = [
    FilterSpec(
      name: .amount, input: "a number", output: "an amount",
      doc: """
        A number as money of the bill's currency, rounded half up to its decimals, so that it can be added to amounts and compared with them: \
        a quantity times a price is a number.
        """,
      parameters: [],
      examples: [.init("210 * 0.1432 | amount | money", "$30.07"), .init("totals.due - (210 * 0.1432 | amount) | money", "$56.95")]),
    FilterSpec(
      name: .sumProduct, input: "a list of records", output: "a number or an amount",
      doc: "The exact sum of one field times another, over a list. Records that lack one of them count as zero.",
      parameters: [
        .init("first", .field, required: true, "The one field."),
        .init("second", .field, required: true, "The other; two amounts of money cannot be multiplied."),
      ],
      examples: [
        .init("(taxes | sum-product('rate', 'base')) / 100 | round(2) | money", "$0.92")
      ]),
    FilterSpec(
      name: .percentChange, input: "a number or an amount", output: "an optional number",
      doc: """
        By how many percent the value is more than an earlier one, rounded half up; negative where it is less. Absent where the earlier one is \
        zero, since nothing compares with that.
        """,
      parameters: [
        .init("from", .expression, required: true, "The earlier value, of the same type."),
        .init("decimals", .integer(0...9), "How many decimals are kept; none by default."),
      ],
      examples: [
        .init("606 | percent-change(from: 537) | default(0)", "13"), .init("537 | percent-change(606, decimals: 1) | default(0)", "−11.4"),
        .init("totals.due | percent-change(from: 0) | default('no comparison')", "no comparison"),
      ]),
    FilterSpec(
      name: .days, input: "a period or a date", output: "a number",
      doc: """
        How many days a period has. It is a record with the dates `from` and `to`, or a date with another one in `to`. Negative where the last \
        day lies before the first.
        """,
      parameters: [
        .init("to", .expression, positional: false, "Behind a date: the last day."),
        .init(
          "ends", .choice(["both", "one"]), positional: false,
          "'both' (the default): the first and the last day count. 'one': the days from the one to the other, as of a meter read on both."),
      ],
      examples: [
        .init("period | days | default(0)", "31"), .init("issued | days(to: issued)", "1"),
        .init("issued | days(to: due, ends: 'one') | default(0)", "21"),
      ]),
    FilterSpec(
      name: .digits, input: "a text", output: "a text",
      doc: "The digits 0 to 9 of a text, such as those of an invoice's number for a serial number.",
      parameters: [
        .init("count", .integer(1...40), "Exactly so many: the last ones, zeros before them where there are fewer. All by default.")
      ],
      examples: [.init("invoice | digits", "202611004711"), .init("invoice | digits(9)", "611004711"), .init("'B-17' | digits(4)", "0017")]),
  ]
}
