public import Diagnostics
internal import Money

/// The condition of a rule of a campaign's audience: an expression over the bill's record, `campaign`, and what is known of the customer.
public final class AudienceCondition: Sendable {
  /// What the condition sees beside record and campaign.
  public struct Facts: Sendable, Hashable {
    /// One of ``Words/phases``.
    public var phase: String
    /// One of ``Words/modes``.
    public var mode: String
    /// `customer-state`, one of ``Words/states``.
    public var state: String
    /// `mailed.notices`.
    public var notices: Int
    /// `mailed.days`; `nil` where nothing was mailed.
    public var days: Int?

    /// Makes the facts of one bill.
    public init(phase: String, mode: String, state: String, notices: Int, days: Int?) {
      (self.phase, self.mode, self.state, self.notices, self.days) = (phase, mode, state, notices, days)
    }
  }

  /// The words each of the names can have, so that one that none ever has is found before the first bill.
  public struct Words: Sendable {
    /// Of `phase`.
    public var phases: [String]
    /// Of `mode`.
    public var modes: [String]
    /// Of `customer-state`.
    public var states: [String]

    /// Names the words.
    public init(phases: [String], modes: [String], states: [String]) {
      (self.phases, self.modes, self.states) = (phases, modes, states)
    }
  }

  /// How many slots of locals an environment needs.
  public static let localCount = 4
  private static let mailed = RecordType(
    "mailed", [RecordType.Field("notices", .number), RecordType.Field("days", .optional(.number))])

  private let expression: Expression

  private init(_ expression: Expression) { self.expression = expression }

  /// Compiles a condition.
  ///
  /// - Parameters:
  ///   - source: The expression with its place, without braces.
  ///   - schema: ``Template/schema`` where the layout's declared fields may be used, else ``BillSchema/standard``.
  ///   - campaign: The type of `campaign`: that of the campaign whose condition it is.
  ///   - diagnostics: What is found wrong is added to it.
  /// - Returns: `nil` where something was.
  public static func compile(
    _ source: SourceText, words: Words, schema: RecordType, campaign: RecordType = BillSchema.campaign, into diagnostics: inout [Diagnostic]
  ) -> AudienceCondition? {
    let findings = Findings()
    defer { diagnostics += findings.all }
    let scope = Scope(schema: schema, strings: nil, campaign: campaign)
    scope.hasCampaign = true
    scope.declare("phase", .text, words: words.phases, at: nil)
    scope.declare("mode", .text, words: words.modes, at: nil)
    scope.declare("customer-state", .text, words: words.states, at: nil)
    scope.declare("mailed", .record(mailed), at: nil)
    var parser = ExpressionParser(source, findings: findings)
    guard let syntax = parser.expression() else { return nil }
    let checker = ExpressionChecker(source: source, scope: scope, findings: findings)
    let condition = checker.condition(syntax)
    guard findings.all.isEmpty else { return nil }
    return AudienceCondition(Expression(range: source.range, type: .flag, operation: condition.operation))
  }

  /// Whether it holds.
  ///
  /// - Parameter environment: With ``localCount`` locals, which are set.
  /// - Throws: The finding, where a part of it cannot be evaluated.
  public func holds(_ facts: Facts, in environment: inout Environment) throws(Diagnostic) -> Bool {
    func number(_ count: Int) -> Value { .number(Amount(mantissa: Int64(count))) }
    environment.locals = [
      .text(facts.phase), .text(facts.mode), .text(facts.state),
      .record(ValueRecord([number(facts.notices), facts.days.map(number) ?? .absent])),
    ]
    return try expression.isTrue(in: environment)
  }
}
