import Billmaking
import Contract
import Foundation

/// Renderers that have read their layout, its lists of codes and fonts: most tests set one small invoice, which takes less time than that.
///
/// `@unchecked Sendable`: guarded by `lock`; a renderer that is taken out belongs to one test until it is back.
final class PreparedRenderers: @unchecked Sendable {
  static let shared = PreparedRenderers()
  private let lock = NSLock()
  private var idle: [JobOptions: [any BillRenderer]] = [:]

  /// Lends a renderer of these options, a new one where all there are lent.
  ///
  /// - Throws: What is wrong with the layout, or what `body` throws.
  func use<Value>(for options: JobOptions, _ body: (any BillRenderer) throws -> Value) throws -> Value {
    let renderer = try lock.withLock { idle[options]?.popLast() } ?? Workshop.makeTimedRenderer(options, clock: StageClock())
    defer { lock.withLock { idle[options, default: []].append(renderer) } }
    return try body(renderer)
  }
}
