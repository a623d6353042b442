internal import Geometry
internal import Vocabulary

/// One track of a row or column of a table, before its width is known.
struct Track {
  var dimension: Dimension
  var minimum: Length = .zero
  var maximum: Length = .infinity
  /// What the content asks for; only looked at for `auto` and `fraction` tracks.
  var content: WidthRange = .zero

  init(_ dimension: Dimension, minimum: Length = .zero, maximum: Length = .infinity) {
    (self.dimension, self.minimum, self.maximum) = (dimension, minimum, maximum)
  }

  /// Whether the content has a say.
  var isFlexible: Bool {
    switch dimension {
    case .auto, .fraction: true
    case .fixed, .share: false
    }
  }
}

/// Turns tracks into widths.
///
/// Fixed lengths and shares first; then `auto` tracks as wide as their content up to max-content; fractions share what is left by weight,
/// each at least its `minimum`. Where that is too much, `auto` tracks give way down to min-content so that fractions keep theirs, and at
/// the very end the widest flexible tracks give way: the sum never exceeds the room unless fixed lengths alone do.
enum TrackSizing {
  /// The widths, one per track, and the room that fixed widths and gaps lack (zero when all is well). Complexity: O(tracks²) for odd
  /// limits, else O(tracks).
  static func widths(_ tracks: [Track], available: Length, gap: Length) -> (widths: [Length], lacking: Length) {
    var widths = [Length](repeating: .zero, count: tracks.count)
    guard !tracks.isEmpty else { return (widths, .zero) }
    var left = available - gap * Double(tracks.count - 1)
    var (autoMin, autoMax, fractionMin) = (Length.zero, Length.zero, Length.zero)
    for (index, track) in tracks.enumerated() {
      switch track.dimension {
      case .fixed, .share:
        let length = track.dimension.length(of: available) ?? .zero
        widths[index] = min(max(length, track.minimum), max(track.maximum, track.minimum))
        left = left - widths[index]
      case .auto:
        autoMin = autoMin + least(track)
        autoMax = autoMax + most(track)
      case .fraction:
        fractionMin = fractionMin + least(track)
      }
    }
    if !left.points.isFinite { left = .zero }
    let lacking = left < -.slack ? -left : .zero
    left = max(.zero, left)
    if (autoMin + fractionMin).fits(left) {
      // Between min-content and max-content, all auto tracks the same share of the way.
      let spare = left - fractionMin - autoMin
      let share = autoMax > autoMin ? min(1, max(0, spare / (autoMax - autoMin))) : 1
      for (index, track) in tracks.enumerated() where track.dimension == .auto {
        widths[index] = least(track) + (most(track) - least(track)) * share
        left = left - widths[index]
      }
      distribute(left, tracks, into: &widths)
    } else {
      squeeze(left, tracks, into: &widths)
    }
    return (widths, lacking)
  }

  /// Shares room that flexible tracks do not find enough: the narrow ones keep what they need, the wide ones come down to one width, so that
  /// a single long word never cuts the dates and amounts beside it.
  private static func squeeze(_ room: Length, _ tracks: [Track], into widths: inout [Length]) {
    let flexible = tracks.indices.filter { tracks[$0].isFlexible }
    // By place where they need the same, so that equal tracks come out alike on every run.
    let rising = flexible.sorted { (least(tracks[$0]), $0) < (least(tracks[$1]), $1) }
    var left = room
    for (place, index) in rising.enumerated() {
      widths[index] = min(least(tracks[index]), left / Double(rising.count - place))
      left = left - widths[index]
    }
  }

  /// Widens tracks whose tokens lack room, into what is left over and then at the expense of the others: fractions give way first, then all others, the widest before the
  /// narrower ones, none below its least width. Where that is not enough, tokens are parted at their joints, and then all that hold some are
  /// made narrower alike, down to what the smallest type takes.
  ///
  /// - Parameters:
  ///   - room: For all tracks together, gaps left out.
  ///   - missing: What each track lacks, zero for those that may give way.
  ///   - least: The width a track keeps at least: what its longest word and widest token take.
  ///   - bounds: How narrow each track may be at last; asked only where need be.
  static func yielding(
    _ widths: [Length], _ tracks: [Track], room: Length, missing: [Length], least: [Length], bounds: () -> [TokenBounds]
  ) -> [Length] {
    // What can be parted without harm gets no room where it lacks far more than there is: that would narrow the others for nothing. A little
    // less than it lacks is worth having, since blocks within it may give way as well.
    let toGive = tracks.indices.filter { missing[$0] <= .zero }.reduce(room - widths.reduce(.zero, +)) {
      $0 + max(.zero, widths[$1] - least[$1])
    }
    if missing.reduce(.zero, +) > toGive * 2 + .slack {
      let bounds = bounds()
      let modest = tracks.indices.filter { missing[$0] > .zero && bounds[$0].parted.fits(widths[$0]) }
      if !modest.isEmpty {
        var (missing, least) = (missing, least)
        for index in modest { (missing[index], least[index]) = (.zero, widths[index]) }
        guard missing.contains(where: { $0 > .zero }) else { return widths }
        return yielding(widths, tracks, room: room, missing: missing, least: least) { bounds }
      }
    }
    var result = widths
    let wanted = missing.reduce(.zero, +)
    let spare = room - widths.reduce(.zero, +)
    var open = max(.zero, wanted - max(.zero, spare))
    // A word that is broken anyway may as well be broken earlier.
    let hasBroken = tracks.indices.contains { missing[$0] <= .zero && least[$0] > widths[$0] + .slack }
    let known = hasBroken ? bounds() : []
    let least = least.indices.map { index in
      guard hasBroken, missing[index] <= .zero, least[index] > widths[index] + .slack else { return least[index] }
      return min(widths[index], max(brokenWidth, known[index].tokens))
    }
    let donors = tracks.indices.filter { missing[$0] <= .zero }
    let fractions = donors.filter { if case .fraction = tracks[$0].dimension { true } else { false } }
    for group in [fractions, donors] where open > .slack {
      // The width that the wide ones come down to: halved often enough that no point is lost.
      func given(_ ceiling: Double) -> Length {
        group.reduce(.zero) { $0 + max(.zero, result[$1] - max(Length(ceiling), least[$1])) }
      }
      var (low, high) = (0.0, group.map { result[$0].points }.max() ?? 0)
      if given(low) > open {
        for _ in 0..<48 {
          let middle = (low + high) / 2
          if given(middle) > open { low = middle } else { high = middle }
        }
      }
      for index in group where result[index] > max(Length(low), least[index]) {
        let lower = max(Length(low), least[index])
        open = open - (result[index] - lower)
        result[index] = lower
      }
      open = max(.zero, open)
    }
    for index in tracks.indices where missing[index] > .zero { result[index] = result[index] + missing[index] }
    guard open > .slack else { return result }
    // From what all would like down to what they need, everything the same share of the way.
    let bounds = bounds()
    let room = result.reduce(.zero, +) - open
    var (upper, lower) = (result, result.indices.map { min(result[$0], max(bounds[$0].parted, bounds[$0].smallest)) })
    if lower.reduce(.zero, +) > room { (upper, lower) = (lower, lower.indices.map { min(lower[$0], bounds[$0].smallest) }) }
    let (most, fewest) = (upper.reduce(.zero, +), lower.reduce(.zero, +))
    let share = most > fewest ? min(1, max(0, (room - fewest) / (most - fewest))) : 0
    for index in result.indices { result[index] = lower[index] + (upper[index] - lower[index]) * share }
    // Not even that has room: what asks for more than there is goes short, and nothing else.
    let takers = tracks.indices.filter { missing[$0] > .zero }
    let taken = takers.reduce(.zero) { $0 + result[$1] }
    if fewest > room, taken > .zero {
      let kept = max(0, (taken - (fewest - room)) / taken)
      for index in takers { result[index] = result[index] * kept }
    }
    return result
  }

  /// What a track keeps whose words do not fit it.
  static let brokenWidth = Length.pt(24)

  private static func least(_ track: Track) -> Length { min(max(track.content.minimum, track.minimum), max(track.maximum, track.minimum)) }
  private static func most(_ track: Track) -> Length {
    max(least(track), min(max(track.content.maximum, track.minimum), track.maximum))
  }

  /// Shares `room` among the fractions by weight; a track at its least or greatest width is taken out and the others share again.
  private static func distribute(_ room: Length, _ tracks: [Track], into widths: inout [Length]) {
    var open: [(index: Int, weight: Double)] = []
    for (index, track) in tracks.enumerated() {
      if case .fraction(let weight) = track.dimension { open.append((index, max(0, weight.isFinite ? weight : 0))) }
    }
    var left = max(.zero, room)
    while !open.isEmpty {
      let weights = open.reduce(0) { $0 + $1.weight }
      let unit = weights > 0 ? left / weights : .zero
      var violation = Length.zero
      for entry in open {
        let wished = unit * entry.weight
        let limited = min(max(wished, least(tracks[entry.index])), max(tracks[entry.index].maximum, least(tracks[entry.index])))
        violation = violation + (limited - wished)
      }
      // As in CSS flexible boxes: the side that violates more is frozen first.
      var frozen: [Int] = []
      for (place, entry) in open.enumerated() {
        let wished = unit * entry.weight
        let low = least(tracks[entry.index])
        let high = max(tracks[entry.index].maximum, low)
        if violation > .slack, wished < low {
          widths[entry.index] = low
          frozen.append(place)
        } else if violation < -.slack, wished > high {
          widths[entry.index] = high
          frozen.append(place)
        } else {
          widths[entry.index] = min(max(wished, low), high)
        }
      }
      if frozen.isEmpty { return }
      for place in frozen.reversed() {
        left = max(.zero, left - widths[open[place].index])
        open.remove(at: place)
      }
    }
  }
}
