internal import Geometry

/// Decimal columns of several tables whose separators stand equally far from their columns' end edges: of tables that end at one edge they
/// then stand on one line, whatever the size and weight of their figures.
///
/// One object a group and bill; the tables are known to it as they are made and may go before it does.
public final class DecimalGroup {
  private struct Member {
    weak var core: TableCore?
    var column: Int
  }
  private var members: [Member] = []
  private var known: (setter: ObjectIdentifier, count: Int, after: Length)?

  /// Makes a group of no columns.
  public init() {}

  func join(_ core: TableCore, _ column: Int) { members.append(Member(core: core, column: column)) }

  /// How far the numbers of all its columns reach behind their separators at most.
  func after(in context: LayoutContext) -> Length {
    let setter = ObjectIdentifier(context.text)
    if let known, known.setter == setter, known.count == members.count { return known.after }
    let after = members.reduce(Length.zero) { max($0, $1.core?.reachBehindSeparator($1.column, in: context) ?? .zero) }
    known = (setter, members.count, after)
    return after
  }
}
