internal import Vocabulary

extension ElementRegistry {
  /// The root of a leaflet's layout: what a bill's takes, without what only differs from bill to bill.
  static let leaflet: [ElementSpec] = [
    ElementSpec(
      .leaflet, .leaflet,
      [
        AttributeSpec(
          .paper, .paper, required: true, "The size of the sheet after trimming, which need not be that of the bill: A5, for instance."),
        AttributeSpec(.bleed, .length([]), "How far pictures and fills may reach beyond the sheet on each side, as in `bill`."),
        AttributeSpec(.baseline, .length([]), "The step of the baseline grid, as in `bill`."),
        AttributeSpec(.style, .style, "The style of all text that says nothing else."),
        AttributeSpec(
          .formats, .formats,
          "The editions the leaflet can be printed in; 'standard' where none are written. One that the bill has and the leaflet lacks is enclosed "
            + "as standard, with the warning format-not-offered."),
        AttributeSpec(.pageLimit, .integer(1...LanguageLimits.pages), "A leaflet with more pages cannot be made."),
        AttributeSpec(.watermark, .text, "Words that lie grey across each page, under what is written there and over its tints."),
        AttributeSpec(.watermarkIf, .expression(.condition), "The watermark lies only on leaflets where this holds."),
      ],
      "The root of terms.xml, beside layout.xml in its folder: the updated terms on a leaflet of their own, for the rules of a campaign that say "
        + "`terms: leaflet`. It holds what a bill's root holds and shares the folder's strings, partials and pictures; styles, colours and pages are "
        + "its own. `terms` is reached exactly once on every way, and need not stand in `messages`. One file for each language and format serves "
        + "all customers, so that nothing of a record may show: known are `language`, `format`, `campaign` but for its phase and notice, the "
        + "strings, and numbers of pages; no notice, slot or opt-in-qr, no code for payments or mail.")
  ]
}
