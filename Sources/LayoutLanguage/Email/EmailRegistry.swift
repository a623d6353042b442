/// What each element of HTML is in an e-mail's template: what it holds, and which attributes it takes. Checks and the reference page are made from it.
public enum EmailRegistry {
  /// An element's entry.
  public struct Spec: Sendable {
    /// What may stand in it.
    public let model: EmailModel
    /// Its attributes beside those of every element of the body.
    public let attributes: [EmailAttributeName]
    /// What it is for, in a sentence.
    public let doc: String

    init(_ model: EmailModel, _ attributes: [EmailAttributeName] = [], _ doc: String) {
      (self.model, self.attributes, self.doc) = (model, attributes, doc)
    }
  }

  /// What every element of the body takes.
  public static let common: [EmailAttributeName] = [.style, .class, .id, .role, .title, .dir, .lang, .label, .hidden]

  /// The entry of an element.
  public static func spec(_ tag: EmailTag) -> Spec {
    switch tag {
    case .html: Spec(.root, [], "The outermost element. Its `lang` and `dir` are set by Billfold.")
    case .head: Spec(.head, [], "What is about the message and not shown in it.")
    case .title: Spec(.words, [], "The message's title, for readers that ask for one.")
    case .meta:
      Spec(
        .nothing, [.name, .content, .charset],
        "How programs should show the message: \(metaNames.map { "`\($0)`" }.joined(separator: ", ")).")
    case .style: Spec(.css, [.type], "Rules that cannot stand inline: for dark mode and small screens. Braces are those of CSS.")
    case .body: Spec(.flow, [.bgcolor], "What is shown.")
    case .div: Spec(.flow, [.align], "A block.")
    case .section: Spec(.flow, [], "A part of the message.")
    case .article: Spec(.flow, [], "A part that could stand by itself.")
    case .address: Spec(.flow, [], "How to reach the sender.")
    case .header: Spec(.flow, [], "The top of the message.")
    case .footer: Spec(.flow, [], "The foot of the message.")
    case .main: Spec(.flow, [], "What the message is about.")
    case .center: Spec(.flow, [], "A block that is centred, for programs that know no other way.")
    case .p: Spec(.phrasing, [.align], "A paragraph.")
    case .h1: Spec(.phrasing, [.align], "The heading of the message.")
    case .h2, .h3, .h4, .h5, .h6: Spec(.phrasing, [.align], "A heading within it.")
    case .ul: Spec(.items, [], "A list.")
    case .ol: Spec(.items, [.start, .type], "A numbered list.")
    case .li: Spec(.flow, [], "An item of a list.")
    case .blockquote: Spec(.flow, [], "What is quoted.")
    case .hr: Spec(.nothing, [.width, .align], "A line across.")
    case .table:
      Spec(
        .table, [.width, .height, .align, .bgcolor, .border, .cellpadding, .cellspacing],
        "Columns side by side: with role=\"presentation\", unless it is a table of data with `th`.")
    case .caption: Spec(.phrasing, [.align], "What a table of data is about.")
    case .thead, .tbody, .tfoot: Spec(.rows, [.align, .valign], "Rows of a table.")
    case .tr: Spec(.cells, [.align, .valign, .bgcolor, .height], "A row.")
    case .th: Spec(.flow, cell + [.scope], "A cell that heads others.")
    case .td: Spec(.flow, cell, "A cell.")
    case .a: Spec(.phrasing, [.href, .target, .rel], "A link.")
    case .img: Spec(.nothing, [.src, .alt, .width, .height, .align, .border], "A picture of the layout's folder, sent with the message.")
    case .br: Spec(.nothing, [], "A line end.")
    case .span: Spec(.phrasing, [], "Words that look otherwise.")
    case .b, .strong: Spec(.phrasing, [], "Bold.")
    case .i, .em: Spec(.phrasing, [], "Italic.")
    case .u: Spec(.phrasing, [], "Underlined.")
    case .s: Spec(.phrasing, [], "Struck through.")
    case .small: Spec(.phrasing, [], "Smaller.")
    case .sub: Spec(.phrasing, [], "Below the line.")
    case .sup: Spec(.phrasing, [], "Above the line.")
    case .code: Spec(.phrasing, [], "As a program writes it.")
    case .abbr: Spec(.phrasing, [], "A short form; `title` says the long one.")
    case .bdi: Spec(.phrasing, [], "Words whose direction is their own. Values of the record have it by themselves.")
    case .bdo: Spec(.phrasing, [], "Words in the direction of `dir`.")
    }
  }

  private static let cell: [EmailAttributeName] = [.width, .height, .align, .valign, .bgcolor, .colspan, .rowspan]

  /// Whether an element takes an attribute.
  public static func takes(_ tag: EmailTag, _ name: EmailAttributeName) -> Bool { attributes(tag).contains(name) }

  /// All attributes of an element.
  public static func attributes(_ tag: EmailTag) -> [EmailAttributeName] {
    switch tag {
    case .html, .head, .title, .meta, .style: spec(tag).attributes
    default: spec(tag).attributes + common
    }
  }

  /// What an attribute takes.
  public static func kind(_ name: EmailAttributeName) -> EmailAttributeKind {
    switch name {
    case .alt, .title, .label: .words
    case .style: .style
    case .href: .address
    case .src: .picture
    case .dir: .choice(["ltr", "rtl", "auto"])
    case .align: .choice(["left", "center", "right", "justify"])
    case .valign: .choice(["top", "middle", "bottom", "baseline"])
    case .hidden: .choice(["true", "false"])
    case .target: .choice(["_blank"])
    case .scope: .choice(["row", "col", "rowgroup", "colgroup"])
    case .name: .choice(metaNames)
    case .content, .charset: .choice([])
    default: .token
    }
  }

  /// What a `meta` may be about: nothing that sends a reader elsewhere.
  static let metaNames = [
    "viewport", "color-scheme", "supported-color-schemes", "format-detection", "x-apple-disable-message-reformatting",
  ]

  /// What `http-equiv` may say: what Billfold says itself, so that such a `meta` is left out.
  static let equivalents = ["content-type", "x-ua-compatible", "content-language"]

  /// Elements that HTML has and an e-mail must not, each with the reason.
  static let unsafe: [String: String] = {
    var reasons: [String: String] = [:]
    for name in ["script", "noscript", "template", "applet"] { reasons[name] = "a message runs no program" }
    for name in ["form", "input", "button", "select", "textarea", "fieldset", "option", "dialog"] {
      reasons[name] = "a message asks for nothing to be typed; a link leads to a page that does"
    }
    for name in ["iframe", "frame", "frameset", "object", "embed", "portal"] { reasons[name] = "a message shows no other page" }
    for name in ["link", "base"] { reasons[name] = "a message takes nothing from elsewhere: styles stand inline" }
    for name in ["svg", "math", "video", "audio", "canvas", "picture", "source", "map", "area"] {
      reasons[name] = "most mail programs leave it out; a picture is an 'img' with a PNG or JPEG file"
    }
    return reasons
  }()
}
