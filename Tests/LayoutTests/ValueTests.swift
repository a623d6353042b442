import Geometry
import Testing
import Vocabulary

@testable import Layout

/// Frames and paragraphs are one reference wide and values all the same.
@Suite struct ValueTests {
  private static let shape = Item.shape(Shape(.rectangle(Size(width: .pt(3), height: .pt(2)), radius: .zero), fill: .black))

  @Test func copyOfAFrameStaysAsItWas() {
    var frame = Frame(size: Size(width: .pt(10), height: .pt(5)), baseline: .pt(4), tag: Tag(.paragraph))
    frame.add(Self.shape, at: .zero)
    let changes: [(inout Frame) -> Void] = [
      { $0.size.height = .pt(6) }, { $0.baseline = nil }, { $0.items[0].at.x = .pt(1) }, { $0.add(Self.shape, at: .zero) },
      { $0.items.removeAll() }, { $0.tag = nil }, { $0.tag?.role = .figure }, { $0.pagePosition = .zero }, { $0.isInsert = true },
      { $0.isTied = true }, { $0.isKept = true }, { $0.flex = 1 },
    ]
    let whole = Frame(size: frame.size, items: [PlacedItem(at: .zero, item: .frame(frame))])
    for change in changes {
      let before = frame
      var copy = frame
      change(&copy)
      #expect(copy != frame)
      #expect(frame == before)
      #expect(whole.items[0].item == .frame(frame))
    }
    var equal = frame
    equal.flex = 1
    equal.flex = 0
    #expect(equal == frame)
    #expect(Set([equal, frame]).count == 1)
  }

  @Test func copyOfAParagraphStaysAsItWas() {
    let style = TextStyle(TextStyle.Properties())
    let content = TextContent(spans: [.text("Amount due", style)], style: style)
    var large = TextStyle.Properties()
    large.size = .pt(20)
    let changes: [(inout TextContent) -> Void] = [
      { $0.spans.append(.lineBreak) },
      { $0.tokens = [Token(start: .start, end: TextPosition(span: 0, offset: 6), kind: .whole)] }, { $0.alignment = .end },
      { $0.direction = .rightToLeft }, { $0.language = "de" }, { $0.hyphenates = true }, { $0.isBalanced = true },
      { $0.tabs = [TabStop(.end, .end)] }, { $0.hangingIndent = .pt(1) }, { $0.firstLineIndent = .pt(1) },
      { [style = TextStyle(large)] in $0.style = style },
    ]
    for change in changes {
      var copy = content
      change(&copy)
      #expect(copy != content)
      #expect(content == TextContent(spans: [.text("Amount due", style)], style: style))
    }
    var equal = content
    equal.isBalanced = true
    equal.isBalanced = false
    #expect(equal == content)
    #expect(Set([equal, content]).count == 1)
  }
}
