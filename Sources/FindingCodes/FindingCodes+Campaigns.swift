extension FindingCodes {
  /// What can be wrong with a campaign, alone or with a layout.
  static let campaigns: [FindingCode] = [
    FindingCode(
      "audience-open", .campaign, .error,
      "The last rule of the audience has a condition, or there is no rule: somebody would be told nothing.",
      "End the audience with a rule without 'when'."),
    FindingCode("bad-date", .campaign, .error, "A day is not of the form YYYY-MM-DD, or there is no such day.", "Correct the day."),
    FindingCode("bad-expression", .campaign, .error, "Braces hold nothing, or are not closed.", "Close them, or write '{{' for a brace."),
    FindingCode("bad-language", .campaign, .error, "A language is no tag of BCP 47.", "Write tags such as 'en-US'."),
    FindingCode(
      "bad-mail-address", .campaign, .error, "An address of the campaign's e-mails is none that servers of mail take.",
      "Write one address, such as 'Larkspur <billing@larkspur.example>'; behind `mailto`, subject and body are percent-encoded."),
    FindingCode("bad-markdown", .campaign, .error, "A text holds something of CommonMark that a page does not have.", "Write it plainer."),
    FindingCode(
      "bad-url", .campaign, .error, "The address is no web address that can stand in a link and a code.",
      "Write 'https://…' with '{token}' where the code goes."),
    FindingCode("bad-value", .campaign, .error, "A value is none the key takes.", "See the campaign's page."),
    FindingCode(
      "campaign-language-without-strings", .campaign, .error, "The layout has no strings for a language of the campaign.",
      "Add 'strings/LANG.yaml', or take the language out of `languages`."),
    FindingCode("campaign-unreadable", .campaign, .error, "The campaign file cannot be read.", "Look at the path."),
    FindingCode(
      "channel-missing", .campaign, .error, "`render --pieces postcard` or `email`: the campaign does not say who gets one.",
      "Write `channels: {postcard: …}` or `channels: {email: …}`, or leave the kind out."),
    FindingCode(
      "coverage-missing", .campaign, .error, "`ledger coverage`: the campaign does not say what each customer must have had by mail.",
      "Write 'coverage: {bills: N}'."),
    FindingCode(
      "coverage-unreachable", .campaign, .warning,
      "`coverage` asks for postcards that the campaign does not send: it has no postcard, or an account gets one and more are asked for.",
      "Write 'channels: {postcard: …}', or 'once: cycle' there; or ask for fewer."),
    FindingCode(
      "cycles-too-many", .campaign, .error, "`campaign plan`: more cycles lie before the active date than are looked ahead.",
      "Look at the dates, or plan from a later day with '--as-of'."),
    FindingCode("duplicate-key", .campaign, .error, "A key stands twice in one mapping.", "Take one of them out."),
    FindingCode("duplicate-language", .campaign, .error, "A language stands twice.", "Take one of them out."),
    FindingCode(
      "duplicate-rule", .campaign, .error, "Two rules of the audience, of the postcard or of the e-mail have one name.",
      "Give each a name of its own."),
    FindingCode(
      "email-missing", .campaign, .error, "The campaign sends e-mails, and the layout has no templates for them; `check` warns of it.",
      "Make 'email.html' and 'email.txt' in the layout's folder."),
    FindingCode(
      "file-unreadable", .campaign, .error, "A file the campaign names cannot be read, or lies outside its folder.", "Look at the path."),
    FindingCode("invalid-utf8", .campaign, .error, "A file is not UTF-8.", "Save it as UTF-8."),
    FindingCode(
      "layout-needed", .campaign, .error, "`campaign plan`: a condition reads a field that only a layout declares.",
      "Name it with '--layout'."),
    FindingCode(
      "layout-without-notice", .campaign, .error, "The layout has no complete notice and terms, so it cannot carry a campaign.",
      "Add `messages` with `notice` and `terms`; `larkspur` shows how."),
    FindingCode(
      "link-left-out", .campaign, .warning,
      "A link in words or terms leads to no web, mail or telephone address; only its words are printed.",
      "Write an address that begins with 'https:', 'http:', 'mailto:' or 'tel:'."),
    FindingCode("markdown-code", .campaign, .error, "A text holds a code block, often by indentation.", "Begin the line further left."),
    FindingCode("markdown-html", .campaign, .error, "A text holds HTML.", "Use CommonMark, or '\\<' for the sign."),
    FindingCode("markdown-image", .campaign, .error, "A text holds a picture.", "Put pictures into the layout."),
    FindingCode(
      "markdown-table", .campaign, .error,
      "Words for a notice hold a table, or a row of a table in the terms has more cells than its table columns.",
      "Write a list; or '\\|' for a sign that parts no cells."),
    FindingCode("missing-key", .campaign, .error, "A required key is not there, or empty.", "See the campaign's page."),
    FindingCode(
      "missing-language", .campaign, .error, "A text lacks one of the campaign's languages.", "Add it, or take over words with `same-as`."),
    FindingCode(
      "not-one-paragraph", .campaign, .error,
      "A heading, label or benefit is not one paragraph, or an e-mail's subject or preheader is more than plain words.",
      "Put '\\' before a sign that begins a list or heading, or is meant as itself."),
    FindingCode("phases-out-of-order", .campaign, .error, "A phase does not begin after the one before.", "Let the days rise."),
    FindingCode(
      "postcard-missing", .campaign, .error, "The campaign sends postcards, and the layout has none; `check` warns of it.",
      "Make 'postcard.xml' in the layout's folder."),
    FindingCode(
      "same-as-circle", .campaign, .error, "Phases take their words from each other in a circle.", "Let one of them have words of its own."),
    FindingCode(
      "terms-expression", .campaign, .error, "The terms hold an expression.",
      "Write out what is meant: what is printed is what is in the file."),
    FindingCode(
      "token-key", .campaign, .error, "An address of the campaign has '{token}', and the key is missing, unreadable or too short.",
      "Pass '--token-key' with a file of 32 secret bytes or more."),
    FindingCode(
      "token-key-plain", .campaign, .warning, "The key's bytes are too much alike, so that it may be guessed.",
      "Make one with 'head -c 32 /dev/urandom > KEYFILE'; codes that were mailed are good for the old key only."),
    FindingCode(
      "token-key-readable", .campaign, .warning, "Every user of the machine may read the key.", "Run 'chmod 600 KEYFILE'."),
    FindingCode("too-deep", .campaign, .error, "Lists and quotes nest deeper than allowed.", "Write it flatter."),
    FindingCode("too-long", .campaign, .error, "A text is longer than allowed.", "Shorten it; the campaign's page has the bounds."),
    FindingCode("unknown-key", .campaign, .error, "A key is none the campaign knows.", "Correct it; the message names the nearest."),
    FindingCode(
      "leaflet-missing", .campaign, .error, "A rule sends the terms on a leaflet, and the layout has none.",
      "Make 'terms.xml' in the layout's folder, or let the rule say 'terms: bill'."),
    FindingCode(
      "missing-words", .campaign, .error, "A notice has no words for the first phase, from which on a rule may ask for it.",
      "Write them; later phases take them over."),
    FindingCode(
      "not-checked", .campaign, .warning, "No rules are known for one of the campaign's jurisdictions: nothing was checked for it.",
      "Have counsel look at it."),
    FindingCode(
      "notice-unused", .campaign, .warning, "No rule of the audience names a notice that the campaign has words for.",
      "Name it in a rule, or take it out."),
    FindingCode(
      "same-as-nowhere", .campaign, .error, "A phase takes its words from one that has none.", "Name a phase with words."),
    FindingCode(
      "terms-page-missing", .campaign, .error,
      "Words say the page of the terms, and a rule sends their bills the terms on a leaflet, or a postcard or an e-mail says them, too.",
      "Say it in the layout's strings where 'campaign.terms.place' is 'bill', or give the rule a notice, postcard and e-mail words of their own."
    ),
    FindingCode(
      "unknown-language", .campaign, .error, "A text is in a language that `languages` does not name.",
      "Correct the tag, or add the language."),
    FindingCode(
      "unknown-notice", .campaign, .error, "A rule names a notice that the campaign, or the layout, does not have.",
      "Correct the name, or add the notice."),
    FindingCode(
      "unreachable-rule", .campaign, .error, "A rule holds for everybody, and others stand behind it.", "Put it last, or give it a 'when'."),
    FindingCode(
      "unsubscribe-anonymous", .campaign, .warning,
      "The address at which customers leave the list of e-mails has no place for their code, so that nobody can tell who asked.",
      "Put '{token}' into `https` of `list-unsubscribe`."),
    FindingCode(
      "withheld-field", .campaign, .error,
      "Words of a postcard, its own or those it takes from the notice, read what may not stand on open mail; or words read what only the templates of "
        + "e-mails know.", "Take it out, or give the card words of its own."),
    FindingCode(
      "wrong-type", .campaign, .error, "A mapping, list or text stands where another of them is expected.", "See the campaign's page."),
    FindingCode(
      "yaml-alias", .campaign, .error, "The file uses an anchor or alias, which let it mean something else than it seems to say.",
      "Write the value out, or use `same-as`."),
    FindingCode("yaml-syntax", .campaign, .error, "The file is not YAML.", "Look at quotes and indentation where the caret stands."),
    FindingCode("yaml-tag", .campaign, .error, "The file uses a tag such as '!!str'.", "Leave it out; every value is read as a text."),
  ]

  /// What can be wrong with a `sample.yaml`.
  static let samples: [FindingCode] = [
    FindingCode("bad-value", .sample, .error, "A value is none the key takes.", "See the comment on top of a sample file."),
    FindingCode("bad-language", .sample, .error, "A language is no tag of BCP 47.", "Write tags such as 'en-US'."),
    FindingCode("missing-key", .sample, .error, "A required key is not there, or empty.", "Add it."),
    FindingCode(
      "sample-language-not-offered", .sample, .warning, "Sample bills are made in a language the layout has no strings for.",
      "Add 'strings/LANG.yaml', or take the language out of `sample.yaml`."),
    FindingCode(
      "sample-unreadable", .sample, .error, "The layout has no `sample.yaml`, or it cannot be read.", "Copy that of a layout beside it."),
    FindingCode("too-long", .sample, .error, "A text is longer than allowed.", "Shorten it."),
    FindingCode("unknown-currency", .sample, .error, "The currency is no code of ISO 4217.", "Correct the code."),
    FindingCode("unknown-gap", .sample, .error, "A pattern has a gap that nothing fills here.", "Use one of those the message names."),
    FindingCode("unknown-key", .sample, .error, "A key is none a sample file knows.", "Correct it."),
    FindingCode("wrong-type", .sample, .error, "A mapping, list or text stands where another of them is expected.", "Correct it."),
  ]

  /// What can be wrong with fonts.
  static let fonts: [FindingCode] = [
    FindingCode("duplicate-face", .font, .error, "Two files hold the same face.", "Take one of them out."),
    FindingCode(
      "font-damaged", .font, .error, "A font cannot be used to set and paint text, or ends or holds up the process that tries.",
      "Get the file anew, or take it out."),
    FindingCode(
      "font-outside-folder", .font, .error, "A symbolic link leads from a folder of fonts, or from the layout, to somewhere else.",
      "Copy the file into the folder."),
    FindingCode(
      "missing-font-feature", .font, .warning, "A style asks for an OpenType feature that its face does not have; it changes nothing.",
      "Leave the feature out, or use a family that has it."),
    FindingCode("missing-font-slant", .font, .error, "A family has no face of that slant.", "Add the face, or use another family."),
    FindingCode(
      "missing-font-weight", .font, .warning, "A family has no face of that weight; the nearest is used.",
      "Ask for a weight there is, or add the face."),
    FindingCode("not-a-font", .font, .error, "A file in a folder of fonts is no font.", "Take it out."),
    FindingCode("unknown-font-family", .font, .error, "No file of the folders holds that family.", "Correct its name, or add the font."),
    FindingCode("unreadable-folder", .font, .error, "A folder cannot be read.", "Look at path and permissions."),
  ]
}
