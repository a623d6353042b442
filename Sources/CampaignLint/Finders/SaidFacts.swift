package import Formats

/// The facts that a text says and that another form of it must say, too: days, web addresses, phone numbers.
package struct SaidFacts {
  /// Finds them in the texts of one language.
  package struct Finder {
    private let dates: DateFinder

    /// - Parameter formats: Those of the language.
    package init(_ formats: LocaleFormats) { dates = DateFinder(formats) }

    /// Reads a text. Complexity: linear.
    ///
    /// - Parameter links: Web addresses that it leads to without saying them.
    package func facts(in text: String, links: [String] = []) -> SaidFacts {
      let addresses = ContactFinder.addresses(in: text)
      // What stands in an address is no number of a phone.
      let rest = addresses.reduce(text) { $0.replacing($1, with: " ") }
      return SaidFacts(
        days: dates.days(in: text).filter { $0.year != nil },
        addresses: (addresses.map(String.init) + links).map { ContactFinder.normalized($0) }, phones: ContactFinder.phones(in: rest))
    }
  }

  fileprivate let days: [DateFinder.Day]
  fileprivate let addresses: [String]
  fileprivate let phones: [Substring]

  /// What this text says and another does not, as it is written here, each once.
  package func missing(in other: SaidFacts) -> [String] {
    var missing: [String] = []
    for day in days where !other.days.contains(where: { ($0.day, $0.month, $0.year) == (day.day, day.month, day.year) }) {
      missing.append(String(day.text))
    }
    missing += addresses.filter { !other.addresses.contains($0) }
    for phone in phones where !other.phones.contains(where: { ContactFinder.isSame(phone, $0) }) { missing.append(String(phone)) }
    var told: Set<String> = []
    return missing.filter { told.insert($0).inserted }
  }
}
