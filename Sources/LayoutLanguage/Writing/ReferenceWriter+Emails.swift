extension ReferenceWriter {
  /// What may stand in the templates of e-mails.
  static func emails() -> String {
    var text = """
      # E-mails

      What may stand in `email.html` and `email.txt`, the two forms of a campaign's message. Made from the registry of HTML in e-mails; do not edit.
      How templates are written, and what is looked at in them, with an example to begin with: the page *E-mails* of the documentation.

      ## Elements of Billfold

      | element | |
      |---|---|
      | `<if test="…">`, `<else>`, `<else if="…">` | What stands in the first whose condition holds. |
      | `<each each="x, i in list">` | What stands in it, once for each element. |
      | `<t key="…" name="{…}"/>` | A string of the layout, with its arguments. |
      | `<slot name="…"/>` | Words of the campaign: \(list(Slot.allCases.map(\.rawValue))). Every way through either form has \
      \(list(Slot.required.map(\.rawValue))). |

      `if="…"` and `each="…"` stand on every element of HTML, too. `{expressions}` stand in words and in attributes. In `email.txt` only these elements
      stand, within `<text>`.

      ## What a message knows

      All that a bill knows, `campaign` always, and beside it:

      | field | type | |
      |---|---|---|
      | `campaign.opt-in.link` | text | The customer's own address, with the token. |
      | `campaign.opt-in.token` | text? | The token in fours; absent where the address has none. |
      | `campaign.email.subject` | text | The subject as it is sent. |
      | `campaign.email.preheader` | text | What a list of messages shows behind the subject. |
      | `campaign.email.postal-address` | text | The company's postal address. |
      | `campaign.email.unsubscribe` | text | Where the customer leaves the list, with the token. |

      No page numbers, no `campaign.notice`, no `campaign.terms.place`.

      ## Attributes of every element in body

      \(attributes(EmailRegistry.common))
      """
    for tag in EmailTag.allCases {
      let spec = EmailRegistry.spec(tag)
      text += "\n## \(tag.name)\n\n\(spec.doc)\n\nHolds: \(holds(spec.model)).\n"
      if !spec.attributes.isEmpty { text += "\n" + attributes(spec.attributes) }
    }
    text += """

      ## What no message holds

      Refused as unsafe, with the reason: \(list(EmailRegistry.unsafe.keys.sorted())); every attribute that begins with `on`; `http-equiv`, `srcset`,
      `background` and others that fetch or send; in styles `url(`, `@import`, `@font-face`, `expression(`, comments and `\\`.

      """
    return text
  }

  private static func attributes(_ names: [EmailAttributeName]) -> String {
    var text = "| attribute | takes |\n|---|---|\n"
    for name in names {
      let takes =
        name == .content || name == .charset ? "what HTML says of that `meta`" : EmailRegistry.kind(name).phrase
      text += "| `\(name.rawValue)` | \(takes.replacing("|", with: "\\|")) |\n"
    }
    return text
  }

  private static func holds(_ model: EmailModel) -> String {
    switch model {
    case .nothing: "nothing"
    case .css: "rules of CSS, as they are"
    case .words: "words"
    case .flow: "words, " + list(model.tags.map(\.name))
    case .phrasing: "words, " + list(model.tags.map(\.name))
    default: list(model.tags.map(\.name))
    }
  }
}
