import CICU
import Geometry
import Layout
import Testing

@testable import Typography

@Suite("Scripts, faces and order")
struct OrderTests {
  private func rightToLeft(_ studio: Studio, _ spans: [Span], language: String = "he-IL") -> TextContent {
    studio.content(spans) {
      $0.direction = .rightToLeft
      $0.language = language
    }
  }

  @Test("a number after Hebrew runs with it in a left-to-right line (UAX #9)")
  func mixedLine() throws {
    let studio = try Studio()
    let line = studio.lines(studio.content("abc אבג 123 דהו def", studio.stack), 500)[0]
    #expect(line.visual.filter { $0 != "|" } == "abc והד 123 גבא def")
    #expect(line.runs.first { $0.run.text.contains("123") }?.run.isRightToLeft == false)
    #expect(line.runs.first { $0.run.text.contains("אבג") }?.run.isRightToLeft == true)
  }

  @Test("a right-to-left line begins at the right and mirrors its brackets")
  func rightToLeftLine() throws {
    let studio = try Studio()
    let line = studio.lines(rightToLeft(studio, [.text("שלום (abc) עולם", studio.stack)]), 300)[0]
    #expect(abs(line.start.points + line.width.points - 300) < 1e-9)
    #expect(line.visual.filter { $0 != "|" } == "םלוע )abc( םולש")
    // The bracket before "abc" in the text is drawn as an opening one on its right: the glyph of the other bracket.
    let open = studio.lines(studio.content("(", studio.stack), 100)[0].runs[0].run.glyphs[0].id
    let mirrored = line.runs.first { $0.run.text.contains("(") && $0.run.isRightToLeft }
    #expect(mirrored.map { $0.run.glyphs.contains { $0.id == open } } == false)
  }

  @Test("data are isolated: a Hebrew name does not pull the number behind it across")
  func isolation() throws {
    let studio = try Studio()
    let isolated = studio.content([
      .text("Name: ", studio.stack), .text("אבג", studio.stack, link: nil, isData: true), .text(" 123", studio.stack),
    ])
    #expect(studio.lines(isolated, 500)[0].visual.filter { $0 != "|" } == "Name: גבא 123")
    let plain = studio.content([.text("Name: ", studio.stack), .text("אבג", studio.stack), .text(" 123", studio.stack)])
    #expect(studio.lines(plain, 500)[0].visual.filter { $0 != "|" } == "Name: 123 גבא")
  }

  @Test("an amount keeps its minus on the left in a right-to-left line")
  func amountsStayLeftToRight() throws {
    let studio = try Studio()
    let spans: [Span] = [
      .text("יתרה: ", studio.stack), .text("−82.10", studio.stack, link: nil, isData: true), .text(" סוף", studio.stack),
    ]
    #expect(studio.lines(rightToLeft(studio, spans), 500)[0].visual.filter { $0 != "|" } == "ףוס −82.10 :הרתי")
  }

  @Test("two data side by side do not run together")
  func adjacentIsolates() throws {
    let studio = try Studio()
    let spans: [Span] = [.text("12", studio.stack, link: nil, isData: true), .text("kWh", studio.stack, link: nil, isData: true)]
    #expect(studio.lines(rightToLeft(studio, spans), 500)[0].runs.map(\.run.text) == ["kWh", "12"])
    #expect(studio.lines(studio.content(spans), 500)[0].text == "12kWh")
  }

  @Test("overrides and stray marks in data stay inside them")
  func hostileMarks() throws {
    let studio = try Studio()
    for mark in ["\u{202E}", "\u{2067}", "\u{2069}\u{202E}", "\u{202B}"] {
      let spans: [Span] = [
        .text("A ", studio.stack), .text(mark + "bc", studio.stack, link: nil, isData: true), .text(" de 12 אב", studio.stack),
      ]
      let line = studio.lines(studio.content(spans), 500)[0]
      #expect(line.visual.filter { $0 != "|" } == "A bc de 12 בא")
      #expect(!line.text.unicodeScalars.contains { SpanScan.isSteering($0.value) })
    }
  }

  @Test("CLDR's direction marks order an Arabic amount and are not set")
  func arabicAmount() throws {
    let studio = try Studio()
    let amount = "\u{61C}−\u{200F}٨٢٫١٠\u{A0}ج.م.\u{200F}"
    let line = studio.lines(rightToLeft(studio, [.text(amount, studio.stack, link: nil, isData: true)], language: "ar-EG"), 500)[0]
    // Seen from left to right: currency, digits, minus.
    #expect(line.visual.filter { $0 != "|" } == ".م.ج\u{A0}٨٢٫١٠−")
    #expect(studio.setter.takeMissingGlyphs().isEmpty)
    #expect(line.runs.allSatisfy { $0.run.isSound })
  }

  @Test("white space at the end of a right-to-left line hangs on the left")
  func hangingOnTheLeft() throws {
    let studio = try Studio()
    let lines = studio.lines(rightToLeft(studio, [.text("שלום עולם", studio.stack)]), studio.width("שלום", studio.stack) + 1)
    #expect(lines.count == 2)
    let edge = studio.width("שלום", studio.stack) + 1
    #expect(abs(lines[0].start.points + lines[0].width.points - edge) < 1e-9)
    #expect(lines[0].runs[0].x < lines[0].start.points)
    #expect(lines[0].text == "שלום ")
  }

  @Test("each cluster takes the first face that has it; missing ones are named once for each taking")
  func fallback() throws {
    let studio = try Studio()
    let content = studio.content("Total שלום مرحبا", studio.stack)
    let line = studio.lines(content, 500)[0]
    let names = Set(line.runs.map { studio.book.faces[$0.run.font.index].postScriptName })
    #expect(names == ["Inter-Regular", "NotoSansHebrew-Regular", "NotoSansArabic-Regular"])
    #expect(line.runs.allSatisfy { $0.run.glyphs.allSatisfy { $0.id != 0 } })
    #expect(studio.setter.takeMissingGlyphs().isEmpty)

    // Behind the stack all other faces are asked.
    let snowman = studio.lines(studio.content("a ☃", studio.stack), 500)[0]
    #expect(snowman.runs.map { studio.book.faces[$0.run.font.index].family } == ["Inter", "Noto Sans Symbols2"])
    #expect(studio.setter.takeMissingGlyphs().isEmpty)

    let missing = studio.content("日 本 日 가", studio.stack)
    for _ in 0..<2 {
      // The second time from memory: a kept paragraph reports as well.
      _ = studio.lines(missing, 500)
      _ = studio.setter.widths(of: missing)
      let found = studio.setter.takeMissingGlyphs()
      #expect(found.map(\.cluster) == ["日", "本", "가"])
      #expect(found.allSatisfy { $0.families == ["Inter", "Noto Sans Arabic", "Noto Sans Hebrew"] })
      #expect(studio.setter.takeMissingGlyphs().isEmpty)
    }
  }

  @Test("default-ignorable characters are never missing; composed and decomposed forms find their face")
  func clusters() throws {
    let studio = try Studio()
    _ = studio.lines(studio.content("a\u{200C}b\u{200D}c\u{2060}d\u{FE0F} e\u{301} o\u{328}\u{304} ґ", studio.stack), 500)
    #expect(studio.setter.takeMissingGlyphs().isEmpty)
    let line = studio.lines(studio.content("ce\u{301}d", studio.stack), 500)[0]
    #expect(line.runs.count == 1)
    #expect(line.runs[0].run.clusters.map(\.bytes) == [1, 3, 1])
  }

  @Test("families that cannot be resolved set nothing and name every cluster")
  func unresolvedStyle() throws {
    let studio = try Studio()
    let style = Studio.style { $0.families = ["No Such Family"] }
    let lines = studio.lines(studio.content("ab a", style), 500)
    #expect(lines.count == 1)
    #expect(lines[0].items.isEmpty)
    #expect(studio.setter.takeMissingGlyphs().map(\.cluster) == ["a", "b"])
  }

  @Test("a language chooses its own letterforms")
  func localisedForms() throws {
    let studio = try Studio()
    let style = Studio.style {
      $0.families = ["Noto Sans"]
      $0.slant = .italic
    }
    var content = studio.content("бгдпт", style)
    content.language = "ru"
    let russian = studio.lines(content, 500)[0].runs[0].run.glyphs.map(\.id)
    content.language = "sr-Cyrl-RS"
    let serbian = studio.lines(content, 500)[0].runs[0].run.glyphs.map(\.id)
    #expect(russian != serbian)
  }

  @Test("what is taken for plain text is what ICU finds plain")
  func classification() throws {
    let names: [UInt8: UInt32] = [1: 0x4C61_746E, 2: 0x4379_726C, 4: 0x4772_656B]
    let icu = try #require(cicu_text_open())
    defer { cicu_text_close(icu) }
    for value in UInt32(0xA0)...0x1_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let kind = SpanScan.classify(value)
      // Between two letters, so that marks and joiners show by attaching.
      let bytes = Array("a\(scalar)b".utf8)
      #expect(cicu_text_set(icu, bytes, Int32(bytes.count)))
      if kind.isDisjoint(with: [.complex, .steering]) {
        let alone = Array(String(scalar).utf8)
        var boundaries = [UInt8](repeating: 0, count: bytes.count + 1)
        _ = cicu_text_mark_clusters(icu, &boundaries, 1)
        #expect(boundaries[1] == 1 && boundaries[bytes.count - 1] == 1, "U+\(String(value, radix: 16)) joins")
        var scripts = [UInt32](repeating: 0, count: alone.count)
        _ = cicu_text_set(icu, alone, Int32(alone.count))
        _ = cicu_text_scripts(icu, &scripts)
        let expected = names[kind.rawValue & 7] ?? 0x5A79_7979
        // Unassigned code points inside a block go with it.
        if scalar.properties.generalCategory != .unassigned { #expect(scripts[0] == expected, "U+\(String(value, radix: 16))") }
        #expect(!cicu_is_default_ignorable(value) || scalar.properties.generalCategory == .unassigned, "U+\(String(value, radix: 16))")
      }
      if !kind.contains(.rightToLeft), scalar.properties.generalCategory != .unassigned {
        var levels = [UInt8](repeating: 0, count: bytes.count)
        _ = cicu_text_set(icu, bytes, Int32(bytes.count))
        _ = cicu_text_levels(icu, 0, nil, 0, &levels)
        #expect(levels.allSatisfy { $0 == 0 }, "U+\(String(value, radix: 16)) has a direction")
      }
    }
  }
}
