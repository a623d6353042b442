/// How a chart draws its values.
public enum ChartKind: String, CaseIterable, Hashable, Sendable { case bars, line, stacked }
