internal import Billing
internal import JSON

/// Writes the JSON Schema of `campaign.yaml` from ``CampaignKeys``: what editors complete and mark with.
///
/// Draft 7, which editors of YAML know best. It says what a single value may be; that languages are those of `languages`, that phases
/// rise and that files exist is left to `billfold check`.
public enum CampaignSchema {
  /// The schema, indented, with a line end at its end.
  public static func json() -> String {
    let top: [(String, JSONValue)] = [
      ("$schema", .text("http://json-schema.org/draft-07/schema#")), ("$id", .text("urn:billfold:campaign:1")),
      ("title", .text("Billfold campaign, version 1")),
    ]
    return text(object(top + fields(of: CampaignKeys.campaign)), indent: "") + "\n"
  }

  /// A language tag as a key.
  private static let language = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"

  /// The name of a rule or notice.
  private static let name = "^[A-Za-z_][A-Za-z0-9_-]*$"

  // MARK: Forms

  private static func fields(of keys: [CampaignKey]) -> [(String, JSONValue)] {
    [
      ("type", .text("object")), ("additionalProperties", .flag(false)), ("required", .list(keys.required.map { .text($0) })),
      ("properties", object(keys.map { ($0.name, property($0)) })),
    ]
  }

  private static func property(_ key: CampaignKey) -> JSONValue {
    var members = [("description", JSONValue.text(key.doc.replacing("`", with: "'")))]
    if let standard = key.standard { members.append(("default", standard.first?.isNumber == true ? .number(standard) : .text(standard))) }
    let value = object(members + fields(of: key.form))
    // A key left empty counts as left out.
    return key.isRequired ? value : object([("anyOf", .list([value, object([("type", .text("null"))])]))])
  }

  /// A scalar that the editor takes for something else than a text is one all the same.
  private static func scalar(_ limit: Int) -> [(String, JSONValue)] {
    [
      ("type", .list([.text("string"), .text("number"), .text("boolean")])), ("minLength", .number("1")),
      ("maxLength", .number(String(limit))),
    ]
  }

  private static func text(_ limit: Int, _ pattern: String) -> [(String, JSONValue)] {
    [("type", .text("string")), ("maxLength", .number(String(limit))), ("pattern", .text(pattern))]
  }

  private static func address(_ limit: Int, _ scheme: String) -> [(String, JSONValue)] {
    text(limit, "^\(scheme)://[^/\\s{}](\\{token\\}|[^\\s{}\"<>\\\\^`|])*$")
  }

  private static func fields(of form: CampaignKey.Form) -> [(String, JSONValue)] {
    switch form {
    case .version: return [("enum", .list([.number("1"), .text("1")]))]
    case .line(let limit): return scalar(limit) + [("pattern", .text("^[^\\n\\r]*$"))]
    case .word(let limit): return scalar(limit) + [("pattern", .text("^\\S+$"))]
    case .address(let limit): return address(limit, "[Hh][Tt][Tt][Pp][Ss]?")
    case .secureAddress(let limit): return address(limit, "[Hh][Tt][Tt][Pp][Ss]")
    case .mailbox(let limit): return text(limit, "^[^\\n\\r]*[^\\s@]@[^\\s@]+\\.[^\\s@]+$")
    case .mailAddress(let limit): return text(limit, "^[^\\n\\r@]+@[^\\s@]+\\.[^\\s@]+$")
    case .mailto(let limit): return text(limit, "^([Mm][Aa][Ii][Ll][Tt][Oo]:)?[^\\s?&=@]+@[^\\s?&=@]+\\.[^\\s?&=@]+(\\?[^\\s?]*)?$")
    case .date: return [("type", .text("string")), ("pattern", .text("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))]
    case .choice(let words): return [("enum", .list(words.map { .text($0) }))]
    case .number(let bounds, let isWhole):
      let plain = CampaignKey.Form.plain
      return [
        (
          "anyOf",
          .list([
            object([
              ("type", .text(isWhole ? "integer" : "number")), ("minimum", .number(plain(bounds.lowerBound))),
              ("maximum", .number(plain(bounds.upperBound))),
            ]), object([("type", .text("string")), ("pattern", .text("^[0-9]+(\\.[0-9]+)?$"))]),
          ])
        )
      ]
    case .typeSize: return [("type", .text("string")), ("pattern", .text("^[0-9]+(\\.[0-9]+)?pt$"))]
    case .languages(let limit):
      return [
        ("type", .text("array")), ("minItems", .number("1")), ("maxItems", .number(String(limit))), ("uniqueItems", .flag(true)),
        ("items", object([("type", .text("string")), ("pattern", .text(language))])),
      ]
    case .file: return scalar(CampaignReading.Limit.path) + [("pattern", .text("^[^\\n\\r]*$"))]
    case .text(let limit, _): return scalar(limit)
    case .list(let form, let limit):
      return [("type", .text("array")), ("maxItems", .number(String(limit))), ("items", object(fields(of: form)))]
    case .byLanguage(let form, let isComplete): return byLanguage(form, isComplete: isComplete)
    case .forAllOrByLanguage(let form, let isComplete):
      return [("anyOf", .list([object(fields(of: form)), object(byLanguage(form, isComplete: isComplete))]))]
    case .amount: return [("type", .list([.text("string"), .text("number")])), ("pattern", .text("^[0-9]+(\\.[0-9]+)?$"))]
    case .currency: return [("type", .text("string")), ("pattern", .text("^[A-Z]{3}$"))]
    case .cadence: return [("type", .text("string")), ("pattern", .text("^(monthly|every ([1-9]|[1-4][0-9]|5[0-2]) weeks?)$"))]
    case .name(let limit), .noticeName(let limit):
      return [("type", .text("string")), ("maxLength", .number(String(limit))), ("pattern", .text(name))]
    case .condition(let limit): return scalar(limit)
    case .groups(let keys, let limit):
      return [
        ("type", .text("array")), ("minItems", .number("1")), ("maxItems", .number(String(limit))), ("items", object(fields(of: keys))),
      ]
    case .notices(let phases, let others, let limit):
      let named: [(String, JSONValue)] = [
        ("type", .text("object")), ("additionalProperties", .flag(false)), ("required", .list([.text(Notice.standardName)])),
        ("maxProperties", .number(String(limit))),
        ("properties", object([(Notice.standardName, object(fields(of: phases)))])),
        ("patternProperties", object([("^(?!\(Notice.standardName)$)(?!none$)" + name.dropFirst(), object(fields(of: others)))])),
      ]
      return [("anyOf", .list([object(fields(of: phases)), object(named)]))]
    case .group(let keys): return fields(of: keys)
    case .phaseWords(let keys): return phaseWords(keys)
    }
  }

  private static func byLanguage(_ form: CampaignKey.Form, isComplete: Bool) -> [(String, JSONValue)] {
    let fields = fields(of: form)
    let value = isComplete ? object(fields) : object([("anyOf", .list([object(fields), object([("type", .text("null"))])]))])
    return [
      ("type", .text("object")), ("additionalProperties", .flag(false)), ("minProperties", .number(isComplete ? "1" : "0")),
      ("patternProperties", object([(language, value)])),
    ]
  }

  /// Words are complete, unless the phase takes the rest from another.
  private static func phaseWords(_ keys: [CampaignKey]) -> [(String, JSONValue)] {
    let partial = fields(of: keys).filter { $0.0 != "required" }
    return [
      ("type", .text("object")), ("minProperties", .number("1")), ("additionalProperties", .flag(false)),
      ("properties", object([(CampaignKeys.sameAs.name, property(CampaignKeys.sameAs))])),
      (
        "patternProperties",
        object([(language, object([("anyOf", .list([object(partial), object([("type", .text("null"))])]))]))])
      ),
      (
        "if",
        object([
          ("not", object([("required", .list([.text(CampaignKeys.sameAs.name)]))]))
        ])
      ),
      (
        "then",
        object([
          (
            "patternProperties",
            object([(language, object([("type", .text("object")), ("required", .list(keys.required.map { .text($0) }))]))])
          )
        ])
      ),
    ]
  }

  // MARK: JSON

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { JSONValue.Member($0.0, $0.1) })
  }

  private static func text(_ value: JSONValue, indent: String) -> String {
    let inner = indent + "  "
    switch value {
    case .object(let members) where !members.isEmpty:
      let lines = members.map { inner + compact(.text($0.name)) + ": " + text($0.value, indent: inner) }
      return "{\n" + lines.joined(separator: ",\n") + "\n" + indent + "}"
    case .list(let values) where values.contains { $0.members != nil || $0.list != nil }:
      return "[\n" + values.map { inner + text($0, indent: inner) }.joined(separator: ",\n") + "\n" + indent + "]"
    case .list(let values): return "[" + values.map(compact).joined(separator: ", ") + "]"
    default: return compact(value)
    }
  }

  private static func compact(_ value: JSONValue) -> String { String(decoding: value.canonical, as: UTF8.self) }
}
