internal import Billing
internal import ConfigurationFiles
internal import Diagnostics
internal import Languages

extension SampleReading {
  /// What makes bills e-invoices.
  func invoice(_ value: YAMLValue, _ voices: [SampleSource.Voice]) -> SampleInvoice? {
    guard
      let mapping = findings.mapping(
        value, "'e-invoice'", required: ["seller"], optional: ["bank", "order", "buyer-reference", "terms"]),
      let place = mapping["seller"],
      let seller = findings.mapping(place, "the seller", required: ["name", "country"], optional: SampleInvoice.sellerKeys)
    else { return nil }
    func plain(_ value: YAMLValue, _ owner: String) -> String? { findings.text(value, owner, limit: 200) }
    for voice in voices where voice.taxes.count != 1 {
      findings.report("bad-value", "an e-invoice has one rate of VAT here; '\(voice.tag)' has \(voice.taxes.count) taxes", at: value.range)
    }
    var terms: [LanguageTag: String] = [:]
    for member in mapping["terms"].flatMap({ findings.anyMapping($0, "'terms'") }) ?? [] {
      guard let tag = LanguageTag(member.name), voices.contains(where: { $0.tag == tag }) else {
        findings.report("bad-language", "'\(member.name.prefix(64))' is none of the sample's languages", at: member.range)
        continue
      }
      terms[tag] = plain(member.value, "the terms")
    }
    return SampleInvoice(
      seller: SampleInvoice.sellerKeys.compactMap { name in
        seller[name].flatMap { plain($0, "the seller's '\(name)'") }.map { (name: name, text: $0) }
      },
      bank: mapping["bank"].flatMap { plain($0, "'bank'") }, order: mapping["order"].flatMap { pattern($0, "'order'", []) },
      buyerReference: mapping["buyer-reference"].flatMap { pattern($0, "'buyer-reference'", []) }, terms: terms)
  }
}
