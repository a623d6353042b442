public import Diagnostics
internal import JSON

/// Writes the reference page of the bill record from its JSON Schema, in Markdown.
public enum RecordReference {
  /// The page.
  ///
  /// - Throws: What is wrong with the schema, which is part of the program.
  public static func page() throws(RecordFault) -> String {
    let schema = try JSONValue(parsing: BillRecordSchema.version1)
    let definitions = schema["$defs"]?.members ?? []
    var text = """
      # The record

      Made from the JSON Schema of the record, which programs can use as it is: `Sources/Billing/Resources/bill-record-1.schema.json`
      (draft 2020-12). How the same fields are called in a layout: [Fields.md](Fields.md). What data files there may be: [Data.md](Data.md).

      One record is one bill: an object of JSON (RFC 8259) in one line of a file of JSON Lines. The file is UTF-8, with or without a byte
      order mark; lines end in LF or CRLF; blank lines are passed over. E-invoices become such records before anything else sees them.

      - **null** is the same as absent; for a required key it is the same as missing. Only `due` must be there and may be null.
      - An **unknown key** or one that stands twice is a reject, with the nearest known one named; only `extra` is free.
      - **Numbers** are texts such as `"-82.10"`: digits, decimals, an optional minus; no exponent, no grouping. A number of JSON is read by
        its digits. Amounts have at most the currency's decimals (ISO 4217); prices, quantities and rates may have more; 18 digits in all.
      - **Dates** are `YYYY-MM-DD`.
      - **Texts** are printed as they are, white space included; control characters and direction overrides are taken out with a warning.
        Names, addresses, titles, descriptions, labels of taxes and texts of `extra` keep their lines: `\\n` (or any other line end of Unicode) ends a
        line on the page, a blank line is a gap. In all other texts, and in those a layout declares as identifiers, it is a space.

      ## The record


      """
    text += table(schema)
    for definition in definitions where definition.value["type"]?.text == "object" {
      let about = definition.value["description"]?.text ?? ""
      text += "\n## \(definition.name)\n\n\(about)\n\n\(table(definition.value))"
    }
    text += """

      ## Sums

      All exact, in decimals; a record that does not add up is the reject `sum-mismatch`, with both figures.

      - A section's `subtotal` is the sum of its lines' `amount`s. Absent, it is that sum. With `lines` empty it stands for itself.
      - `totals.charges` is the sum of all subtotals and of `taxes[].amount`.
      - `totals.due` is `balance.previous` + `balance.payments` + `balance.adjustments` + `totals.charges`. Absent parts are zero; payments
        are negative.
      - `quantity` × `price` and `base` × `rate` may differ from the amount by one minor unit; beyond that they are the warnings
        `line-arithmetic` and `tax-arithmetic`, with `--strict-lines` rejects: tiers and proration explain many.

      ## Bounds

      | what | at most |
      |---|---|
      | a record | \(RecordLimits.bytes >> 20) MiB, \(JSONLimits.depth) levels |
      | a text | \(RecordLimits.text) characters; a line's description \(RecordLimits.description) |
      | account and invoice | \(RecordLimits.identity) characters, none of them a control character |
      | series | \(RecordLimits.series) characters, none of them a control character |
      | lines of an address | \(RecordLimits.addressLines) |
      | combining marks on a character | \(JSONLimits.marks) |
      | values in `extra` | \(JSONLimits.values) |

      ## A whole record

      Every key there is; broken into lines here, in a file it is one line.

      ```json
      \(example)
      ```

      """
    return text
  }

  /// A record with every key, its sums right; without its line ends it is a line of JSON Lines.
  public static let example = """
    {"v": 1, "account": "4400-1182-07", "invoice": "2026-11-004711", "series": "residential 2026", "kind": "bill",
     "issued": "2026-11-23", "due": "2026-12-14", "period": {"from": "2026-10-20", "to": "2026-11-19"},
     "currency": "USD", "language": "en-US", "segment": "residential", "jurisdiction": "US-OR",
     "customer": {"name": "Ana Petrović", "address": ["18 Larkspur Ave Apt 4", "Portland OR 97204"],
       "postal": {"city": "Portland", "region": "OR", "code": "97204", "country": "US", "imb_routing": "97204123418"},
       "email": "ana@mail.example"},
     "delivery": "electronic", "consent": {"date": "2026-02-03", "source": "web", "scope": "all bills", "evidence": "log 2026-02-03/4711"},
     "format": "standard",
     "balance": {"previous": "82.10", "payments": "-82.10", "adjustments": "-1.50"},
     "sections": [
       {"title": "Electricity", "lines": [
         {"date": "2026-11-19", "description": "Peak energy", "quantity": "214", "unit": "kWh", "price": "0.1432", "amount": "30.64"},
         {"description": "Basic charge", "amount": "12.00"}],
        "subtotal": "42.64"}],
     "taxes": [{"label": "City tax", "rate": "3", "base": "42.64", "amount": "1.28"}],
     "totals": {"charges": "43.92", "due": "42.42"},
     "payment": {"iban": "GB82 WEST 1234 5698 7654 32", "name": "Larkspur Light & Power", "reference": "4400118207", "scan_line": "4400118207 00004242"},
     "usage": [{"label": "Oct", "value": "198"}, {"label": "Nov", "value": "214"}],
     "extra": {"meter": "E-4471-09", "readings": [{"day": "2026-11-19", "kwh": "20114"}]}}
    """

  private static func table(_ object: JSONValue) -> String {
    let required = Set((object["required"]?.list ?? []).compactMap(\.text))
    return (object["properties"]?.members ?? []).reduce(into: "| key | takes | |\n|---|---|---|\n") { text, member in
      let name = "`\(member.name)`" + (required.contains(member.name) ? " (required)" : "")
      text += "| \(name) | \(phrase(member.value)) | \(member.value["description"]?.text ?? "") |\n"
    }
  }

  /// What a key takes, in words; that it may be null goes without saying, `due` apart.
  private static func phrase(_ schema: JSONValue) -> String {
    if let constant = schema["const"]?.digits { return constant }
    if let words = schema["enum"]?.list?.compactMap(\.text) { return words.map { "`\($0)`" }.joined(separator: ", ") }
    if let reference = schema["$ref"]?.text { return phrase(reference: reference) }
    if let choices = schema["anyOf"]?.list { return choices.filter { $0["type"]?.text != "null" }.map(phrase).joined(separator: " or ") }
    let types = schema["type"]?.list?.compactMap(\.text) ?? schema["type"]?.text.map { [$0] } ?? []
    switch types.first {
    case "string"?: return "a text" + (schema["pattern"] == nil ? "" : " of the form `\(cell(schema["pattern"]?.text ?? ""))`")
    case "array"?:
      let count = schema["maxItems"]?.integer.map { " of \(schema["minItems"]?.integer ?? 0) to \($0)" } ?? ""
      return "a list\(count): \(schema["items"].map(phrase) ?? "anything")"
    case "object"?: return "an object with any keys"
    default: return "anything"
    }
  }

  private static func phrase(reference: String) -> String {
    let name = String(reference.split(separator: "/").last ?? "")
    switch name {
    case "decimal": return "a number"
    case "date": return "a date"
    case "identity": return "a text of 1 to \(RecordLimits.identity) characters"
    case "series": return "a text of 1 to \(RecordLimits.series) characters"
    default: return "an object, see [\(name)](#\(name))"
    }
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
