extension FindingCodes {
  /// What the lint of a campaign finds; each names the rule it goes back to.
  static let lint: [FindingCode] = [
    FindingCode(
      "consent-by-phone", .campaign, .note, "A phone number stands in the words on electronic consent: a call alone is no consent there.",
      "Let the words lead to web, e-mail or app, and the phone only to paper."),
    FindingCode(
      "consent-not-asked", .campaign, .warning, "The campaign asks no consent, and the law of one of its places does.",
      "Write 'consent: before'."),
    FindingCode(
      "contact-differs", .campaign, .warning, or: .note,
      "A typed web address or phone number is not the one of `opt-in`; as a note, languages have different phone numbers.",
      "Write '{campaign.opt-in.show}', '{campaign.opt-in.open.show}' or '{campaign.opt-in.phone}'."),
    FindingCode(
      "date-ambiguous", .campaign, .warning, "A date in digits may be read as two days.", "Write the month as a word: | date('long')."),
    FindingCode(
      "date-differs", .campaign, .warning, "A typed day is none of the campaign: of its phases, of the terms or of `keep.by`.",
      "Write the campaign's own dates as expressions."),
    FindingCode(
      "date-missing", .campaign, .warning,
      "A standard notice, a postcard or an e-mail does not name the day paper stops, with its month as a word and its year.",
      "Write '{campaign.active | date('long')}'."),
    FindingCode(
      "date-weekday", .campaign, .warning, "A weekday is not that of the day beside it.", "Write '{campaign.active | date('full')}'."),
    FindingCode(
      "disclosure-missing", .campaign, .error, "A mapped phrase does not stand, word for word, where the campaign says that it stands.",
      "Correct the words, or map those that stand there; a paraphrase proves nothing."),
    FindingCode(
      "disclosure-unknown", .campaign, .note, "No known rule asks the point of a disclosure.",
      "Correct its id; the message names the nearest."),
    FindingCode(
      "disclosure-unreached", .campaign, .warning,
      "A rule of the audience sends no terms to customers with the standard notice, and some points are said in the terms only.",
      "Send the terms, say the points in the notice, or have counsel say that it may be so."),
    FindingCode(
      "environmental-claim", .campaign, .note, "Words claim a general benefit for the environment.",
      "Leave them out, or say which benefit it is and have proof of it."),
    FindingCode(
      "form-not-asked", .campaign, .warning, "The law asks type size, contrast or page, and the campaign's `prominence` asks less.",
      "Write the values of the message into `prominence`, so that every bill is measured against them."),
    FindingCode(
      "hard-to-read", .campaign, .note, "A notice's LIX is above the limit of its language.", "Write shorter sentences and words."),
    FindingCode("heading-long", .campaign, .note, "A heading has more than 12 words.", "Shorten it to what changes, and when."),
    FindingCode(
      "mode-against-consent", .campaign, .error,
      "'mode: required' stands beside 'consent: before', or the law of one of the campaign's places asks consent first.",
      "Write 'mode: optional', or 'consent: none' where the law allows it."),
    FindingCode(
      "mode-against-consent", .record, .reject, "The campaign is required, and the law where the customer lives asks consent first.",
      "Leave such customers out by a rule of the audience with 'notice: none, terms: none', of a postcard or an e-mail by one of its own."),
    FindingCode(
      "notice-not-measured", .campaign, .note,
      "A made-up bill of the lint cannot be made with the layout, so that the notice was not measured on it.",
      "Mend the layout as the message says; the preview shows such bills under its extremes."),
    FindingCode(
      "mode-missing", .campaign, .warning,
      "A postcard or an e-mail with words of its own lacks those of the disclosure 'mode', which say in the notice whether customers choose.",
      "Say them in its body, too."),
    FindingCode(
      "notice-long", .campaign, .note, "A notice or an e-mail has more than 90 words, or a postcard more than 60.",
      "Say less, or in the terms."),
    FindingCode(
      "page-nowhere", .campaign, .warning,
      "Words point to a page of the terms, and a rule with their notice puts no terms into the bill; or they stand on a postcard or in an e-mail.",
      "Give that rule 'terms: bill', or a notice of its own."),
    FindingCode("page-typed", .campaign, .warning, "The number of a page is typed.", "Write '{terms-page}'."),
    FindingCode(
      "paper-cost-differs", .campaign, .error, or: .warning,
      "The words on the cost of paper name another amount than `paper.fee`, or none; as a warning, the campaign has no `paper`.",
      "Write '{campaign.paper.fee | money}', or correct the fee."),
    FindingCode(
      "paper-fee-forbidden", .campaign, .error, "The campaign has a fee for paper, which the law of one of its places forbids.",
      "Set 'fee: \"0\"', or offer a credit for going without paper."),
    FindingCode(
      "paper-fee-forbidden", .record, .reject, "The campaign has a fee for paper, which the law where the customer lives forbids.",
      "Leave such customers out by a rule of the audience with 'notice: none, terms: none', of a postcard or an e-mail by one of its own."),
    FindingCode(
      "paper-fee-words", .campaign, .warning,
      "A sentence speaks of a charge for paper, which the law of one of the campaign's places forbids.",
      "Say that paper is free, or speak of a credit for going without."),
    FindingCode(
      "point-unmapped", .campaign, .warning, or: .error,
      "No disclosure says where a point is said that the law asks or that every campaign is asked for; an error to `campaign lint`.",
      "Map it under `disclosures`, in every language."),
    FindingCode(
      "point-unmapped", .record, .warning, "The law of a record's own place asks points that no disclosure maps in the bill's language.",
      "Map them under `disclosures`, or name the place under `jurisdictions` to see them all in `campaign lint`."),
    FindingCode(
      "preheader-repeats", .campaign, .note, "What lists of messages show behind the subject of an e-mail says the same again.",
      "Say what the subject leaves out."),
    FindingCode(
      "rule-unconfirmed", .campaign, .note, "A rule that applies was not found in its source as it is written in the rules.",
      "Have counsel look it up, and put a confirmed one into the folder of '--rules'."),
    FindingCode(
      "sender-unnamed", .campaign, .warning, "The sender of the campaign's e-mails has no name.", "Write 'from: NAME <ADDRESS>'."),
    FindingCode("sentence-long", .campaign, .note, "A sentence has more than 20 words.", "Make two of it."),
    FindingCode(
      "slot-empty", .campaign, .error,
      "A part that a notice, postcard or e-mail must have says nothing once its expressions are filled in.",
      "Write words, or a default for what may be absent."),
    FindingCode(
      "subject-long", .campaign, .warning, "The subject of an e-mail has more than 60 characters once its expressions are filled in.",
      "Say what it is about first, and the rest in the preheader."),
    FindingCode(
      "words-not-checked", .campaign, .note, "Of a language of the campaign the lint has no words, so that it looks for less in it.",
      "Have somebody read its words who speaks it."),
    FindingCode(
      "not-checked", .record, .warning, "No rules are known for the place a record names: nothing was checked for it.",
      "Have counsel look at it, or add a file of rules with '--rules'."),
  ]
}
