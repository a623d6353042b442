internal import PostalProfiles
internal import Vocabulary

extension ElementRegistry {
  /// The root of a postcard's layout: what a bill's takes, without what needs a bill.
  static let postcard: [ElementSpec] = [
    ElementSpec(
      .postcard, .leaflet,
      [
        AttributeSpec(
          .paper, .paper, required: true,
          "The size of the card after trimming, the side along the lines of the address first: '9in 6in', '6in 4.25in', '148mm 105mm'."),
        AttributeSpec(.bleed, .length([]), "How far pictures and fills may reach beyond the card on each side, as in `bill`."),
        AttributeSpec(.baseline, .length([]), "The step of the baseline grid, as in `bill`."),
        AttributeSpec(.style, .style, "The style of all text that says nothing else."),
        AttributeSpec(
          .formats, .formats,
          "The editions the card can be printed in; 'standard' where none are written. One that the bill has and the card lacks is sent as standard, "
            + "with the warning format-not-offered."),
        AttributeSpec(
          .post, .keyword(PostalProfile.names),
          "The post whose profile the card goes by: a size that it does not take is the warning postal-size. A card with an Intelligent Mail barcode "
            + "goes by 'usps' where none is written."),
        AttributeSpec(.watermark, .text, "Words that lie grey across each side, under what is written there and over its tints."),
        AttributeSpec(.watermarkIf, .expression(.condition), "The watermark lies only on cards where this holds."),
      ],
      "The root of postcard.xml, beside layout.xml in its folder: the reminder to customers who have not decided, for campaigns with "
        + "`channels: postcard`. It holds what a bill's root holds and shares the folder's strings, partials and pictures; styles, colours and pages "
        + "are its own. Two pages are its two sides, and it has no more. A card is open mail, which everybody can read: known are `customer.name`, "
        + "`customer.address` and `customer.postal`, `language`, `format`, `campaign` but for what is decided for each bill, and the strings; anything "
        + "else is an error, in values, conditions, loops and partials alike. Slots and opt-in-qr stand anywhere, and lead to the campaign's open "
        + "address, without a code; every way through the card has the slots heading, address, phone and keep-paper and an opt-in-qr. The serial "
        + "number of an Intelligent Mail barcode is the card's rank in the mailing. No terms, payment codes or coupon.")
  ]
}
