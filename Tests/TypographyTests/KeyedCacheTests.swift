import Layout
import Testing

@testable import Typography

@Suite("Kept results")
struct KeyedCacheTests {
  private final class Entry: CacheEntry {
    let value: Int
    init(_ key: KeyBytes?, _ value: Int) {
      self.value = value
      super.init(key: key)
    }
  }

  @Test("data are kept when they are asked for again, the layout's own at once")
  func secondTime() {
    var cache = KeyedCache<Entry>(entries: 100, cost: 1 << 20)
    let key = KeyBytes()
    var made = 0
    func ask(_ value: Int, isData: Bool) -> Int {
      key.clear()
      key.append(value)
      key.finish()
      return cache.entry(for: key, isData: isData) {
        made += 1
        return Entry($0, value)
      }.value
    }
    for _ in 0..<5 { #expect(ask(1, isData: true) == 1) }
    #expect(made == 2)
    for _ in 0..<5 { #expect(ask(2, isData: false) == 2) }
    #expect(made == 3)
  }

  @Test("data stay within their bound, what is used again stays, the layout's own stay for good")
  func generations() {
    var cache = KeyedCache<Entry>(entries: 100, cost: 1 << 20, keepsAtOnce: true)
    let key = KeyBytes()
    var made: [Int: Int] = [:]
    func ask(_ value: Int, isData: Bool) -> Int {
      key.clear()
      key.append(value)
      key.finish()
      return cache.entry(for: key, isData: isData) {
        made[value, default: 0] += 1
        return Entry($0, value)
      }.value
    }
    for value in 0..<1000 {
      #expect(ask(value, isData: true) == value)
      #expect(ask(-1, isData: true) == -1)
      #expect(ask(-2 - value, isData: false) == -2 - value)
    }
    #expect(made[-1] == 1)
    for value in 0..<1000 { _ = ask(-2 - value, isData: false) }
    #expect((0..<1000).allSatisfy { made[-2 - $0] == 1 })
    // The latest are still there, the first are not.
    #expect(ask(999, isData: true) == 999 && made[999] == 1)
    #expect(ask(0, isData: true) == 0 && made[0] == 2)
  }

  @Test("keys differ by every byte, not by canonical equivalence")
  func bytes() throws {
    let studio = try Studio()
    let composed = studio.lines(studio.content([.text("é", studio.body, link: nil, isData: true)]), 100)[0]
    let decomposed = studio.lines(studio.content([.text("e\u{301}", studio.body, link: nil, isData: true)]), 100)[0]
    #expect(Array(composed.text.utf8) == [0xC3, 0xA9])
    #expect(Array(decomposed.text.utf8) == [0x65, 0xCC, 0x81])
  }

  @Test("the same text is shaped once, in whatever paragraph the layout's words stand")
  func shapedOnce() throws {
    let studio = try Studio()
    func set(_ number: Int) {
      let spans: [Span] = [.text("Account ", studio.body), .text("no. \(number)", studio.body, link: nil, isData: true)]
      _ = studio.lines(studio.content(spans), 300)
    }
    set(1)
    let first = studio.setter.shapedStretches
    #expect(first >= 2)
    set(1)
    #expect(studio.setter.shapedStretches == first)
    // Other figures are looked at when they are first met, and never again.
    for number in [2, 12, 21, 11, 22] { set(number) }
    let last = studio.setter.shapedStretches
    #expect(last > first)
    for number in [1, 2, 212, 1_221] { set(number) }
    #expect(studio.setter.shapedStretches == last)
    // Equal styles that are not the same object are one style.
    _ = studio.lines(studio.content([.text("Account ", Studio.style()), .text("no. 2", Studio.style(), link: nil, isData: true)]), 300)
    #expect(studio.setter.shapedStretches == last)
  }

  @Test("thousands of styles, as shrinking makes them, neither pile up nor change anything")
  func manyStyles() throws {
    let studio = try Studio()
    let before = studio.lines(studio.content("Peak energy 2"), 300)
    for step in 0..<(StyleTable.limit + 200) { _ = studio.width("Peak", studio.body.scaled(by: 1 - Double(step) / 1e6)) }
    #expect(studio.lines(studio.content("Peak energy 2"), 300) == before)
  }
}
