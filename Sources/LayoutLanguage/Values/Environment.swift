public import Diagnostics
public import Money

/// Everything an expression can see while one bill is composed.
///
/// A value: a part that is evaluated later (rows carried over a page break) keeps a copy. One bill uses it from one task.
public struct Environment {
  /// The bill, in the slots of ``BillSchema/Slot``.
  public var bill: any RecordValue
  /// The campaign in the slots of ``BillSchema/Campaign``, or `.absent` where the bill carries no notice.
  public var campaign: Value
  /// The formats of the bill's language.
  public var formatter: any ValueFormatter
  /// The currency of amounts.
  public var currency: Currency
  /// The strings of the bill's language.
  public var strings: StringTable
  /// Loop variables and include parameters, in the slots the compiler gave them.
  public var locals: [Value]
  /// Where in the record a local comes from, as far as known; same slots as ``locals``.
  public var paths: [DataPath?]
  /// What `sum.NAME` is now, by table column.
  public var sums: [Value]
  private(set) var steps: StepCounter

  /// Makes the environment of one bill.
  ///
  /// - Parameters:
  ///   - strings: The table of the bill's language, from ``Template/strings``.
  ///   - localCount: ``Template/localCount``; 0 for campaign words.
  public init(
    bill: any RecordValue, campaign: Value = .absent, formatter: any ValueFormatter, currency: Currency, strings: StringTable,
    localCount: Int = 0
  ) {
    self.bill = bill
    self.campaign = campaign
    self.formatter = formatter
    self.currency = currency
    self.strings = strings
    locals = [Value](repeating: .absent, count: localCount)
    paths = [DataPath?](repeating: nil, count: localCount)
    sums = []
    steps = StepCounter()
  }

  /// The same with no steps of evaluation counted yet: for composing a bill once more.
  public func restarted() -> Environment {
    var fresh = self
    fresh.steps = StepCounter()
    return fresh
  }

  /// The list of a loop, and the record path of that list where it is a plain path of the record.
  ///
  /// - Throws: a diagnostic where the list cannot be evaluated or is longer than ``LanguageLimits/listElements``.
  public func list(of loop: Loop) throws(Diagnostic) -> (list: any ValueList, path: DataPath?) {
    let value = try loop.list.evaluate(in: self)
    guard case .list(let list) = value else { return (ValueArray([]), nil) }
    guard list.count <= LanguageLimits.listElements else { throw loop.list.fault(.listTooLong) }
    return (list, loop.list.path(in: self))
  }

  /// Sets the loop's variables to element `index` (from 0) of `list`.
  ///
  /// - Throws: a diagnostic once all loops of a bill together have taken more than ``LanguageLimits/steps`` steps.
  public mutating func enter(_ loop: Loop, element index: Int, of list: any ValueList, path: DataPath?) throws(Diagnostic) {
    try count(loop, elements: 1)
    revisit(loop, element: index, of: list, path: path)
  }

  /// Sets the loop's variables like ``enter(_:element:of:path:)``, for an element that ``count(_:elements:)`` has counted: pages ask for the
  /// rows of a table as often as they need them.
  public mutating func revisit(_ loop: Loop, element index: Int, of list: any ValueList, path: DataPath?) {
    locals[loop.slot] = list.value(at: index)
    paths[loop.slot] = path?.index(index)
    if let slot = loop.indexSlot { locals[slot] = .number(Amount(mantissa: Int64(index + 1))) }
  }

  /// Counts elements of a loop that are going to be visited.
  ///
  /// - Throws: like ``enter(_:element:of:path:)``.
  public func count(_ loop: Loop, elements: Int) throws(Diagnostic) {
    guard steps.take(elements) else { throw loop.list.fault(.tooManySteps) }
  }

  /// Runs `body` once for each element of the loop's list, variables set.
  ///
  /// - Throws: The finding, where the list cannot be evaluated; what `body` throws.
  public mutating func forEach(
    _ loop: Loop, _ body: (inout Environment) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let (list, path) = try list(of: loop)
    for index in 0..<list.count {
      try enter(loop, element: index, of: list, path: path)
      try body(&self)
    }
  }

  /// What a value prints in the default form of the language; empty for what cannot be printed.
  public func printed(_ value: Value) -> String { Operation.printed(value, in: self) }

  /// Evaluates the parameters of an include and sets them.
  ///
  /// - Throws: The finding, where one cannot be evaluated.
  public mutating func enter(_ bindings: [Binding]) throws(Diagnostic) {
    for binding in bindings {
      switch binding.source {
      case .expression(let expression):
        locals[binding.slot] = try expression.evaluate(in: self)
        paths[binding.slot] = expression.path(in: self)
      case .text(let template):
        locals[binding.slot] = .text(try template.string(in: self))
        paths[binding.slot] = nil
      }
    }
  }
}

/// Counts what the loops and list filters of one bill cost; shared by the copies of its environment.
final class StepCounter {
  private var left = LanguageLimits.steps
  /// Takes `count` steps; false when there are none left.
  func take(_ count: Int) -> Bool {
    left -= count
    return left >= 0
  }
}
