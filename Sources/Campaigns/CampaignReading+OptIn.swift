internal import ConfigurationFiles
internal import Diagnostics

extension CampaignReading {
  /// How a customer confirms.
  func optIn(_ value: YAMLValue) -> OptIn? {
    guard let mapping = mapping(value, "'opt-in'", CampaignKeys.optIn) else { return nil }
    let url = mapping["url"].flatMap { address($0, "'url'") }
    let show = mapping["show"].flatMap { line($0, "'show'", limit: Limit.show) }
    let phones = mapping["phone"].map { perLanguage($0, "'phone'", limit: Limit.phone, isComplete: true) }
    let hours = mapping["hours"].map { perLanguage($0, "'hours'", limit: Limit.hours, isComplete: false) } ?? [:]
    let open = mapping["open"].flatMap { openAddress($0) }
    guard let url, let show, let phones else { return nil }
    return OptIn(url: url, show: show, open: open, phones: phones, hours: hours)
  }

  /// The way in without a token.
  private func openAddress(_ value: YAMLValue) -> OpenAddress? {
    guard let mapping = mapping(value, "'open'", CampaignKeys.openAddress) else { return nil }
    let url = mapping["url"].flatMap { address($0, "'url'") }
    let show = mapping["show"].flatMap { line($0, "'show'", limit: Limit.show) }
    guard let url, let show else { return nil }
    guard !url.contains(OptIn.tokenPlace) else {
      findings.report(
        "bad-url", "'url' of 'open' stands on mail that everybody can read, and holds no '{token}'", at: mapping["url"]?.range)
      return nil
    }
    return OpenAddress(url: url, show: show)
  }

  /// A web address, in which `{token}` may stand.
  ///
  /// - Parameter isSecure: Whether it must be `https:`.
  func address(_ value: YAMLValue, _ owner: String, isSecure: Bool = false) -> String? {
    guard let url = line(value, owner, limit: Limit.url) else { return nil }
    func refuse(_ message: String) -> String? {
      findings.report("bad-url", message, at: value.range)
      return nil
    }
    let lower = url.lowercased()
    guard lower.hasPrefix("https://") || !isSecure && lower.hasPrefix("http://") else {
      return refuse("\(owner) must begin with 'https://'" + (isSecure ? "" : " or 'http://'"))
    }
    // RFC 3986: visible ASCII without these; anything else must be percent-encoded already.
    let bare = url.filled(with: .specimen)
    guard bare.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`|".utf8.contains($0) }) else {
      return refuse("\(owner) holds a character that must be percent-encoded")
    }
    guard !bare.contains("{"), !bare.contains("}") else { return refuse("\(owner) may hold '{token}' and no other braces") }
    guard let host = bare.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first, !host.isEmpty else {
      return refuse("\(owner) names no host")
    }
    return url
  }
}
