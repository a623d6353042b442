internal import CLinux

/// How far a run is: a line of text, made anew a few times a second.
struct Progress {
  private static let pause: Int64 = 200_000_000

  /// Records that have to be settled in all, and cards that have to be painted.
  private(set) var total: Int
  private(set) var settled = 0
  /// Of those, the ones an earlier part of the run had settled; they say nothing about speed.
  private var old = 0
  var rejects = 0
  private let began = bf_monotonic_nanoseconds()
  private var shown: Int64 = 0

  /// What those are called that came to no good end.
  private let failed: String

  init(total: Int, failed: String = "rejected") { (self.total, self.failed) = (total, failed) }

  /// Counts more that has to be settled.
  mutating func extend(by count: Int) { total += count }

  mutating func settle(wasOld: Bool = false) {
    settled += 1
    if wasOld { old += 1 }
  }

  /// The line, if it is time for a new one.
  mutating func line() -> String? {
    let now = bf_monotonic_nanoseconds()
    guard now - shown >= Progress.pause else { return nil }
    shown = now
    let seconds = Double(now - began) / 1e9
    let rate = seconds > 0 ? Double(settled - old) / seconds : 0
    var text = "\(Progress.grouped(settled)) of \(Progress.grouped(total))"
    if rate > 0 {
      text += " · \(rate < 10 ? String(Double(Int(rate * 10)) / 10) : Progress.grouped(Int(rate)))/s"
      text += " · \(Progress.duration(Double(total - settled) / rate)) left"
    }
    return text + " · \(Progress.grouped(rejects)) \(failed)"
  }

  static func grouped(_ number: Int) -> String {
    var digits = Array(String(number.magnitude))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return (number < 0 ? "-" : "") + String(digits)
  }

  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e8 else { return "long" }
    let seconds = Int(seconds.rounded(.up))
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60):\(two(seconds % 60)) min" }
    return "\(seconds / 3600):\(two(seconds / 60 % 60)) h"
  }
}
