import Geometry
import TestSupport
import Testing

@testable import Layout
internal import Vocabulary

@Suite struct TrackTests {
  private func widths(_ tracks: [Track], _ available: Double, gap: Double = 0) -> [Double] {
    TrackSizing.widths(tracks, available: .pt(available), gap: .pt(gap)).widths.map { ($0.points * 100).rounded() / 100 }
  }
  private func content(_ dimension: Dimension, _ minimum: Double, _ maximum: Double) -> Track {
    var track = Track(dimension)
    track.content = WidthRange(minimum: .pt(minimum), maximum: .pt(maximum))
    return track
  }

  @Test func fixedSharesAndFractions() {
    #expect(widths([Track(.fixed(.pt(30))), Track(.share(0.2)), Track(.fraction(1)), Track(.fraction(3))], 100) == [30, 20, 12.5, 37.5])
    #expect(widths([Track(.fraction(1)), Track(.fraction(1))], 100, gap: 10) == [45, 45])
    #expect(widths([], 100) == [])
  }

  @Test func autoStaysBetweenItsLimits() {
    #expect(widths([content(.auto, 10, 40), Track(.fraction(1))], 100) == [40, 60])
    #expect(widths([content(.auto, 10, 40), content(.auto, 20, 90)], 100) == [31, 69])
    #expect(widths([content(.auto, 60, 80), content(.fraction(1), 60, 200)], 90) == [45, 45])
  }

  @Test func fractionsKeepTheirLeastWidthBeforeAutoGrows() {
    #expect(widths([content(.auto, 10, 90), content(.fraction(1), 40, 200)], 100) == [60, 40])
  }

  @Test func limitsFreezeAndOthersShareAgain() {
    #expect(
      widths([Track(.fraction(1), minimum: .pt(50)), Track(.fraction(1)), Track(.fraction(2), maximum: .pt(10))], 100) == [50, 40, 10])
    #expect(widths([Track(.fraction(0)), Track(.fraction(0))], 100) == [0, 0])
  }

  @Test func whatIsLackingIsSaid() {
    #expect(TrackSizing.widths([Track(.fixed(.pt(80))), Track(.fixed(.pt(50)))], available: .pt(100), gap: .pt(10)).lacking == .pt(40))
    #expect(TrackSizing.widths([Track(.auto), Track(.auto), Track(.auto)], available: .pt(10), gap: .pt(10)).lacking == .pt(10))
    #expect(TrackSizing.widths([Track(.fraction(1))], available: .pt(0), gap: .zero).widths == [.zero])
  }

  @Test func sumNeverExceedsTheRoomUnlessFixedLengthsDo() {
    var random = SeededNumbers(seed: 3)
    for _ in 0..<2_000 {
      let tracks = (0..<Int.random(in: 1...6, using: &random)).map { _ -> Track in
        let least = Double.random(in: 0...80, using: &random)
        return content(
          [.auto, .fraction(Double.random(in: 0...3, using: &random)), .share(0.1)].randomElement(using: &random) ?? .auto, least, least * 2
        )
      }
      let (widths, lacking) = TrackSizing.widths(tracks, available: .pt(200), gap: .pt(3))
      let sum = widths.reduce(.zero, +) + .pt(3) * Double(tracks.count - 1)
      #expect(lacking == .zero && sum.fits(.pt(200)) && widths.allSatisfy { $0 >= .zero })
    }
  }

  @Test func gridMovesDownToTheNextLine() {
    let grid = BaselineGrid(step: .pt(7), phase: .pt(3))
    #expect(grid.shift(at: .pt(3)) == .zero)
    #expect(abs(grid.shift(at: .pt(4)).points - 6) < 1e-9)
    #expect(abs(grid.shift(at: .pt(1)).points - 2) < 1e-9)
    #expect(BaselineGrid(step: .zero, phase: .zero).step == .pt(1))
  }
}
