internal import Campaigns
internal import Diagnostics
internal import LayoutLanguage

extension MarkdownExpression {
  /// The expression with its braces and its place in the campaign file.
  func sourceText(in text: CampaignText) -> SourceText {
    let place = text.range(of: range)
    let bytes = place.file.bytes
    var whole = place.bytes
    let written = "{" + source + "}"
    if whole.lowerBound > 0, whole.upperBound < bytes.count, bytes[whole.lowerBound - 1] == UInt8(ascii: "{"),
      bytes[whole.upperBound] == UInt8(ascii: "}")
    {
      whole = whole.lowerBound - 1..<whole.upperBound + 1
    }
    return SourceText(file: place.file, range: whole, text: written)
  }
}
