internal import Billing
internal import Languages

/// The words of made-up bills: none of them means anything, so that nobody takes such a bill for real.
struct ExtremeTexts: Sendable {
  /// What a text is for, which decides its length.
  enum Role: CaseIterable, Sendable {
    case name, addressLine, city, segment, title, description, unit, tax, usage, payee, reference, field, entry

    /// Characters of an ordinary text, of a long one such as real systems allow, and of a long word.
    var lengths: (ordinary: Int, long: Int, word: Int) {
      switch self {
      case .name: (18, 120, 60)
      case .addressLine: (20, 35, 35)
      case .city: (9, 35, 35)
      case .segment: (11, 35, 35)
      case .title: (16, 110, 60)
      case .description: (28, 250, 80)
      case .unit: (3, 24, 16)
      case .tax: (14, 90, 50)
      case .usage: (3, 16, 14)
      case .payee: (20, 70, 60)
      // SEPA: 35 characters for a structured reference.
      case .reference: (12, 35, 35)
      case .field: (14, 120, 60)
      case .entry: (22, 120, 60)
      }
    }
  }

  /// How texts are made.
  enum Mood: Sendable, Equatable {
    case ordinary
    case long
    /// Without a single place where a line may end.
    case unbroken
    case empty
    case digits
    /// What a template, XML, Markdown or a shell would take for its own.
    case markup
    /// Marks above and below the letters.
    case tall
    /// A text in another script, longer than an ordinary one, with Latin letters and digits in between.
    case mixed(Script)
  }

  /// The scripts the words are there in; all others get Latin.
  enum Script: Sendable, Equatable {
    case latin, cyrillic, greek, hebrew, arabic

    /// The script a language is written in.
    init(of language: LanguageTag) {
      let subtags = language.text.split(separator: "-")
      self =
        switch subtags.first ?? "" {
        case "he", "yi": .hebrew
        case "ar", "fa", "ur", "ckb", "ps", "sd", "ug": .arabic
        case "el": .greek
        case "ru", "uk", "be", "bg", "mk", "kk", "ky", "mn", "tg": .cyrillic
        case "sr": subtags.contains("Latn") ? .latin : .cyrillic
        default: .latin
        }
    }
  }

  let script: Script
  var mood: Mood

  /// The text of a role.
  ///
  /// - Parameters:
  ///   - index: Tells texts of a list apart.
  ///   - usual: How many characters such a text usually has, where that is known: four times that is long, within 40 and 200.
  func text(_ role: Role, _ index: Int = 0, usual: Int? = nil) -> String {
    var lengths = role.lengths
    if let usual { lengths = (usual, min(200, max(40, 4 * usual)), min(lengths.word, max(40, usual))) }
    let offset = index * 5 + role.lengths.ordinary
    switch mood {
    case .ordinary: return ExtremeTexts.text(lengths.ordinary, of: ExtremeTexts.words(script), from: offset)
    case .long: return ExtremeTexts.text(lengths.long, of: ExtremeTexts.words(script), from: offset)
    case .unbroken: return ExtremeTexts.word(lengths.word, from: index)
    case .empty: return ""
    case .digits: return String((0..<lengths.ordinary).map { Character(String(($0 + index) % 10)) })
    case .markup: return ExtremeTexts.markup[(index + lengths.ordinary) % ExtremeTexts.markup.count]
    case .tall: return ExtremeTexts.text(max(6, lengths.ordinary), of: ExtremeTexts.tall, from: offset)
    case .mixed(let script):
      let words = ExtremeTexts.words(script)
      return ExtremeTexts.text(max(4, lengths.ordinary * 2 / 3), of: words, from: offset) + " Ipsum 12 (3) "
        + ExtremeTexts.text(max(3, lengths.ordinary / 3), of: words, from: offset + 3)
    }
  }

  /// Words of a list, `length` characters in all, the first with a capital.
  private static func text(_ length: Int, of words: [String], from offset: Int) -> String {
    var characters: [Character] = []
    var index = offset
    while characters.count < length {
      if !characters.isEmpty { characters.append(" ") }
      characters += words[index % words.count]
      index += 1
    }
    characters.removeLast(characters.count - length)
    // A cut text must not end in a space, which would make it shorter.
    if characters.last == " ", let first = words.first?.first { characters[length - 1] = first }
    return characters.first.map { $0.uppercased() + String(characters.dropFirst()) } ?? ""
  }

  /// One word: letters and digits by turns, which no rule of UAX #14 and no hyphenation pattern divides.
  private static func word(_ length: Int, from offset: Int) -> String {
    let pattern = Array("W7KX4MQ9WH2GV8")
    return String((0..<length).map { pattern[($0 + offset) % pattern.count] })
  }

  private static func words(_ script: Script) -> [String] {
    switch script {
    case .latin: latin
    case .cyrillic: cyrillic
    case .greek: greek
    case .hebrew: hebrew
    case .arabic: arabic
    }
  }

  private static let latin = split(
    """
    lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua
    """)
  private static let cyrillic = split("лорем ипсум долор сит амет цонсецтетур адиписцинг елит сед до еиусмод темпор инцидидунт ут лаборе")
  private static let greek = split("λορεμ ιπσουμ δολορ σιτ αμετ κονσεκτετουρ αδιπισκινγκ ελιτ σεντ ντο εϊουσμοντ τεμπορ ουτ λαμπορε")
  private static let hebrew = split("לורם איפסום דולור סיט אמט קונסקטורר אדיפיסינג אלית סחטיר בלובק תצטנפל בלינדו למרקל אס לכימפו")
  private static let arabic = split(
    "لوريم إيبسوم دولار سيت أميت كونسيكتيتور أديبيسيسينج إيليت سيت دو أيوسمود تيمبور لابوري")
  /// Vietnamese letters, and Latin ones under three marks and over two.
  private static let tall = split(
    """
    Ấờỹ Ẫệỗ Ựộ Ễữ Ộậẩ Ằẵ ỸỶ Ợở Å\u{0323}\u{0302}\u{0301} q\u{0323}\u{0331}\u{0302}\u{0301}\u{0307} Ǘǜ Ṩǰ Ổẫ Ặỡ gỵ
    """)

  private static let markup = [
    "<b>{customer.name}</b> &amp;", "{totals.due | money}", "&lt;span&gt; &#65; &copy;", "**A** _b_ `c` [d](e)", "${A} $(b) %s %n {{c}}",
    "\"q\" 'r' \\n \\\\ \\u0041", "<!-- ]]> <![CDATA[", "</text><page/>", "{t.company} <t key=\"x\"/>", "# 1. - * > |a|b|",
  ]

  private static func split(_ text: String) -> [String] { text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) }
}
