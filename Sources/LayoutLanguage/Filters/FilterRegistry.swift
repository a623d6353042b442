internal import Vocabulary

/// All filters with their parameters, words and examples.
public enum FilterRegistry {
  /// The filter of that name.
  public static func spec(_ name: FilterName) -> FilterSpec { table[name] ?? all[0] }

  private static let table = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// Files of a layout that the examples need beside a layout and its strings, by their paths in the folder.
  public static let exampleFiles = [
    "codes/payment-means.yaml": """
    list: UNTDID 4461, payment means
    source: UN/CEFACT, UN/EDIFACT code lists
    version: D.24A
    codes:
      "10": {en: cash}
      "58": {en: SEPA credit transfer}
      ZZZ: {en: as agreed}

    """
  ]

  private static let decimals = FilterSpec.Parameter(
    "decimals", .integer(0...9), "Exactly so many decimals, rounded half up; by default as many as the value has.")
  private static let minimum = FilterSpec.Parameter(
    "min", .integer(0...9), positional: false, "At least so many decimals, filled with zeros.")
  private static let maximum = FilterSpec.Parameter(
    "max", .integer(0...9), positional: false, "At most so many decimals, rounded half up.")
  private static let field = FilterSpec.Parameter("field", .field, "The field of the records to take; for a list of plain values none.")

  /// In the order of the reference pages.
  public static let all: [FilterSpec] =
    [
      FilterSpec(
        name: .money, input: "an amount or a number", output: "a text",
        doc: """
          Money in the manner of the bill's language and currency, grouped, with the currency's decimals. A number (a price) \
          keeps more decimals where it has them.
          """,
        parameters: [
          .init(
            "negative", .choice(NegativeStyle.allCases.map(\.rawValue)), positional: false,
            "How a negative amount is written: with a minus sign (the default), with a hyphen in its place, with the minus behind it, in "
              + "parentheses, or with CR behind it."),
          .init(
            "symbol", .choice(["symbol", "code", "none"]), positional: false,
            "The currency as its symbol (the default), as its ISO code, or not at all."),
          .init("decimals", .integer(0...9), positional: false, "So many decimals instead of the currency's, rounded half up."),
        ],
        examples: [
          .init("totals.due | money", "$87.02"), .init("balance.payments | money(negative: 'parentheses')", "($82.10)"),
          .init("balance.payments | money(negative: 'cr', symbol: 'none')", "82.10 CR"),
          .init("balance.payments | money(negative: 'hyphen', symbol: 'none')", "-82.10"),
          .init("balance.payments | money(negative: 'trailing')", "$82.10−"),
          .init("totals.due | money(symbol: 'code')", "USD 87.02"),
        ]),
      FilterSpec(
        name: .number, input: "a number or an amount", output: "a text",
        doc: "A number in the manner of the bill's language, grouped, with as many decimals as it has.",
        parameters: [
          decimals, minimum, maximum,
          .init("grouping", .choice(["yes", "no"]), positional: false, "Whether thousands are set apart; yes by default."),
        ],
        examples: [
          .init("1234.5 | number", "1,234.5"), .init("1234.5 | number(decimals: 2)", "1,234.50"),
          .init("1234.5 | number(0, grouping: 'no')", "1235"), .init("2.5 | number(min: 2, max: 4)", "2.50"),
        ]),
      FilterSpec(
        name: .percent, input: "a number", output: "a text", doc: "A percentage in the manner of the bill's language: 3 gives 3 percent.",
        parameters: [decimals, minimum, maximum],
        examples: [.init("3 | percent", "3%"), .init("8.25 | percent(decimals: 1)", "8.3%")]),
      FilterSpec(
        name: .date, input: "a date", output: "a text", doc: "A date in the manner of the bill's language.",
        parameters: [
          .init(
            "format", .text,
            """
            'full', 'long', 'medium' (the default) or 'short', or a skeleton: the parts wanted, as the letters y (year), M (month: \
            MMM short, MMMM in full), d (day), E (weekday), Q (quarter), in any order; the language decides how they are put \
            together.
            """)
        ],
        examples: [
          .init("issued | date", "Nov 23, 2026"), .init("issued | date('long')", "November 23, 2026"),
          .init("issued | date('full')", "Monday, November 23, 2026"), .init("issued | date('short')", "11/23/26"),
          .init("issued | date('MMMM y')", "November 2026"),
        ]),
      FilterSpec(
        name: .upper, input: "a text", output: "a text", doc: "The text in capitals, after the rules of the bill's language.",
        parameters: [],
        examples: [.init("'Straße' | upper", "STRASSE")]),
      FilterSpec(
        name: .lower, input: "a text", output: "a text", doc: "The text in small letters, after the rules of the bill's language.",
        parameters: [], examples: [.init("currency | lower", "usd")]),
      FilterSpec(
        name: .title, input: "a text", output: "a text", doc: "The text with each word's first letter as a capital.", parameters: [],
        examples: [.init("'city tax' | title", "City Tax")]),
      FilterSpec(
        name: .default, input: "an optional value", output: "the value, never absent",
        doc: """
          The value, or what is given here where the bill has none. A text behind a number, an amount or a date prints these in \
          their default form first.
          """,
        parameters: [.init("value", .expression, required: true, "What to take instead: of the same type, or a text.")],
        examples: [.init("customer.email | default('no e-mail')", "no e-mail"), .init("segment | default('other')", "residential")]),
      FilterSpec(
        name: .code, input: "a text", output: "an optional text",
        doc: """
          What a code means, in the bill's language: looked up in a list of codes of the layout, `codes/NAME.yaml`. Absent where the list has \
          no such code. White space round the code and the case of its letters do not count.
          """,
        parameters: [.init("list", .text, required: true, "The name of the list: its file in the folder `codes`, without `.yaml`.")],
        examples: [
          .init("'10' | code('payment-means') | default('10')", "cash"), .init("'zzz' | code('payment-means') | default('')", "as agreed"),
          .init("'999' | code('payment-means') | default('code 999')", "code 999"),
        ]),
      FilterSpec(
        name: .group, input: "a text", output: "a text",
        doc: """
          A number that is a name, its letters and digits in groups held together by no-break spaces. Every character stays: a mark \
          or space of its own ends a group and stands where the separator would. The last size is repeated for what is left.
          """,
        parameters: [
          .init("sizes", .text, required: true, "The sizes of the groups, such as '4-4-2'."),
          .init("separator", .text, "What to put between the groups; a no-break space by default."),
        ],
        examples: [
          .init("'4400118207' | group('4-4-2')", "4400\u{A0}1182\u{A0}07"), .init("account | group('4-4-2')", "4400-1182-07"),
          .init("'160000123456' | group('3-4', '-')", "160-0001-2345-6"),
        ]),
      FilterSpec(
        name: .iban, input: "a text", output: "a text",
        doc: """
          An account number. What is an IBAN by its country's length and its check digits (ISO 13616) stands in groups of four and \
          breaks over lines between them only; every other account number stands as it is written.
          """,
        parameters: [
          .init(
            "other", .text, positional: false,
            "What to print instead of an account number that is no IBAN; with '' a condition can ask: (account | iban(other: '')) ne ''.")
        ],
        examples: [
          .init("'DE02120300000000202051' | iban", "DE02 1203 0000 0000 2020 51"),
          .init("'19-2000145399/0800' | iban", "19-2000145399/0800"), .init("'19-2000145399/0800' | iban(other: '–')", "–"),
        ]),
      FilterSpec(
        name: .join, input: "a list", output: "a text", doc: "The elements of a list in one text; absent ones are left out.",
        parameters: [
          .init("separator", .expression, required: true, "The text put between two elements."),
          .init("field", .field, positional: false, "The field of the records to print; for a list of plain values none."),
        ],
        examples: [
          .init("customer.address | join(', ')", "18 Larkspur Ave Apt 4, Portland OR 97204"),
          .init("sections | join(' + ', field: 'title')", "Electricity + Services"),
        ]),
      FilterSpec(
        name: .length, input: "a text", output: "a number",
        doc: "How many characters a text has, to give a long one another place.", parameters: [],
        examples: [.init("account | length", "12"), .init("'' | length", "0")]),
      FilterSpec(
        name: .plural, input: "a number", output: "a text",
        doc: "One of several texts, by the number and the plural rules of the bill's language. Better kept in strings with {n, plural, …}.",
        parameters: PluralCategory.allCases.map { category in
          .init(
            category.rawValue, .expression, required: category == .other, positional: false,
            category == .other ? "The text for every other number." : "The text for the category '\(category.rawValue)' of CLDR.")
        },
        examples: [.init("sections | count | plural(one: 'section', other: 'sections')", "sections")]),
      FilterSpec(
        name: .round, input: "a number, an amount or a division", output: "the same type",
        doc: "The value rounded. The only way to use a division, which seldom comes out even.",
        parameters: [
          .init("decimals", .integer(0...9), required: true, "How many decimals are kept."),
          .init(
            "rule", .choice(["half-up", "half-even", "down", "up"]),
            "Halves away from zero (the default), halves to the even digit, always towards zero, or always away from it."),
        ],
        examples: [
          .init("totals.due / 3 | round(2) | money", "$29.01"), .init("2.345 | round(2, 'half-even')", "2.34"),
          .init("2.341 | round(2, 'up')", "2.35"),
        ]),
      FilterSpec(
        name: .abs, input: "a number or an amount", output: "the same type", doc: "The value without its sign.", parameters: [],
        examples: [.init("balance.payments | abs | money", "$82.10")]),
      FilterSpec(
        name: .sum, input: "a list", output: "a number or an amount",
        doc: "The exact sum of a list, or of one field of its records. Absent ones count as zero.", parameters: [field],
        examples: [.init("taxes | sum('amount') | money", "$0.92"), .init("usage | sum('value')", "823")]),
      FilterSpec(
        name: .count, input: "a list", output: "a number", doc: "How many elements a list has.", parameters: [],
        examples: [.init("sections | count", "2")]),
      FilterSpec(
        name: .min, input: "a list, a number, an amount or a date", output: "an optional value, or the lesser of two",
        doc: "The least of a list or of one field of its records (absent where there is none); or the lesser of a value and another one.",
        parameters: [.init("other", .expression, "For a list of records the field's name; for a single value the other one.")],
        examples: [.init("usage | min('value') | default(0)", "411"), .init("totals.due | min(50) | money", "$50.00")]),
      FilterSpec(
        name: .max, input: "a list, a number, an amount or a date", output: "an optional value, or the greater of two",
        doc:
          "The greatest of a list or of one field of its records (absent where there is none); or the greater of a value and another one.",
        parameters: [.init("other", .expression, "For a list of records the field's name; for a single value the other one.")],
        examples: [.init("usage | max('value') | default(0)", "412"), .init("balance.payments | max(0) | money", "$0.00")]),
      FilterSpec(
        name: .first, input: "a list", output: "an optional element", doc: "The first element of a list; absent where the list is empty.",
        parameters: [], examples: [.init("customer.address | first | default('')", "18 Larkspur Ave Apt 4")]),
      FilterSpec(
        name: .last, input: "a list", output: "an optional element", doc: "The last element of a list; absent where the list is empty.",
        parameters: [], examples: [.init("customer.address | last | default('')", "Portland OR 97204")]),
      FilterSpec(
        name: .at, input: "a list", output: "an optional element",
        doc: "The element at a place, counted from 1; absent where the list has none there.",
        parameters: [.init("place", .expression, required: true, "The place: a number.")],
        examples: [
          .init("customer.address | at(2) | default('')", "Portland OR 97204"), .init("customer.address | at(9) | default('none')", "none"),
        ]),
      FilterSpec(
        name: .back, input: "a list", output: "an optional element",
        doc: """
          The element so many places before the last; absent where the list does not go back so far. Of a history by months `back(12)` is the \
          same month a year before, where no month is missing.
          """,
        parameters: [.init("places", .expression, required: true, "How many places before the last: a number, 0 for the last itself.")],
        examples: [
          .init("(usage | back(1)).label | default('')", "Oct"), .init("(usage | back(12)).label | default('no year ago')", "no year ago"),
        ]),
      FilterSpec(
        name: .tail, input: "a list", output: "a list", doc: "The last elements of a list; all of it where it has no more.",
        parameters: [.init("count", .expression, required: true, "How many: a number.")],
        examples: [.init("customer.address | tail(1) | join(', ')", "Portland OR 97204"), .init("usage | tail(12) | count", "2")]),
      FilterSpec(
        name: .sort, input: "a list", output: "a list",
        doc: """
          The list in rising order of its elements or of one field. Texts are compared by their bytes; elements without the \
          field come last; equal ones keep their order.
          """,
        parameters: [
          .init("field", .field, "The field of the records to sort by; for a list of plain values none."),
          .init("order", .choice(["rising", "falling"]), positional: false, "Rising by default."),
        ],
        examples: [
          .init("sections | sort('subtotal') | join(', ', field: 'title')", "Services, Electricity"),
          .init("sections | sort('title', order: 'falling') | join(', ', field: 'title')", "Services, Electricity"),
        ]),
      FilterSpec(
        name: .where, input: "a list of records", output: "a list",
        doc: "The elements whose field is true or present, or compares as asked. Elements without the field are left out.",
        parameters: [
          .init("field", .field, required: true, "The field that is asked."),
          .init("eq", .expression, "Keeps elements whose field equals this."),
          .init("ne", .expression, positional: false, "Keeps elements whose field differs from this."),
          .init("lt", .expression, positional: false, "Keeps elements whose field is less than this."),
          .init("le", .expression, positional: false, "Keeps elements whose field is at most this."),
          .init("gt", .expression, positional: false, "Keeps elements whose field is greater than this."),
          .init("ge", .expression, positional: false, "Keeps elements whose field is at least this."),
        ],
        examples: [
          .init("sections | where('subtotal', gt: 10) | join(', ', field: 'title')", "Electricity"),
          .init("sections | where('title', 'Services') | count", "1"),
        ]),
      FilterSpec(
        name: .address, input: "a record with parts of an address", output: "a list of texts",
        doc: """
          The lines of an address as the post of its country wants them: their order, what stands between town, region and code, \
          'OR' for 'Oregon', the marks of the code: 'Portland, OR 97204', 'CH-8001 Zürich'. The record has some of the fields 'line1' to 'line9', 'city', 'code', 'region' and \
          'country'. The recipient's name and the country's are the layout's to put above and below; the latter only where it differs from \
          the sender's.
          """,
        parameters: [
          .init(
            "from", .expression, positional: false,
            "The country the letter is sent from, by its code: where it differs, the postal code has the prefix that mail from abroad wants."
          ),
          .init(
            "form", .choice(["post", "full"]), positional: false,
            "'post' (the default): what the post asks for. 'full': every part as the bill gives it, in the order of the country."),
        ],
        examples: [.init("customer.postal | address | join(', ') | default('none')", "none")]),
      FilterSpec(
        name: .range, input: "a period or a date", output: "a text",
        doc: """
          A period in the manner of the bill's language, what both days share written once. It is a record with the dates `from` and `to`, or a \
          date with another one in `to`. A period that lacks its end is the words in `from` with the date, one that lacks its beginning those \
          in `until`; two dates that are both absent print nothing.
          """,
        parameters: [
          .init("format", .text, "The form of the dates, as of the filter 'date'; 'medium' by default."),
          .init("to", .expression, positional: false, "Behind a date: the last day, which may be absent."),
          .init(
            "days", .choice(["short", "whole"]), positional: false,
            "'short' (the default): what both days share is written once. 'whole': each day is written whole."),
          .init(
            "from", .expression, positional: false,
            "The words of a period without an end, from the strings; the date stands in the place of … in them, or behind them."),
          .init("until", .expression, positional: false, "The same of a period without a beginning."),
        ],
        examples: [
          .init("issued | range(to: due, from: 'from')", "Nov\u{A0}23\u{A0}– Dec\u{A0}14,\u{A0}2026"),
          .init("issued | range(to: due, days: 'whole', from: 'from')", "Nov 23, 2026\u{A0}– Dec 14, 2026"),
          .init("issued | range('long', to: due, from: 'from')", "November\u{A0}23\u{A0}– December\u{A0}14,\u{A0}2026"),
        ]),
    ] + calculations + scanLines
}
