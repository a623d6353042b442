internal import Diagnostics
internal import Layout
internal import LayoutLanguage

/// Which columns of the next row cells of the rows above cover.
struct RowSpans {
  private struct Cover {
    /// The first column.
    var column: Int
    var span: Int
    /// Rows still to be covered.
    var rows: Int
    /// How far up it begins.
    var above: Int
  }
  private var covers: [Cover] = []
  private var begun: [Cover] = []
  /// The number of the next row in its table.
  var row = 0

  /// Whether some column of the row at hand is covered.
  var isCovering: Bool { !covers.isEmpty }

  mutating func beginRow() {
    covers += begun
    begun = []
    for index in covers.indices { covers[index].above += 1 }
  }

  /// Goes past the covered columns in which the next cell cannot stand, and notes their places.
  func skipCovered(_ column: inout Int, _ cells: inout [TableCell]) {
    while let cover = covers.first(where: { $0.column == column }) {
      cells.append(.covered(above: cover.above, rows: cover.rows, span: cover.span))
      column += cover.span
    }
  }

  /// The columns a cell takes.
  func span(_ cell: CellElement, at column: Int, of count: Int, range: SourceRange?) throws(Diagnostic) -> Int {
    let next = covers.lazy.map(\.column).filter { $0 > column }.min() ?? count
    switch cell.span {
    case .all: return next - column
    case .columns(let columns):
      if min(columns, count - column) > next - column { throw clash(at: range) }
      return max(1, min(columns, count - column))
    }
  }

  /// Notes what a cell covers below its row; the rows it takes.
  mutating func cover(_ cell: CellElement, at column: Int, span: Int, rowsLeft: Int) -> Int {
    let rows: Int =
      switch cell.rows {
      case .rows(let rows): min(rows, rowsLeft)
      case .group: rowsLeft
      }
    if rows > 1 { begun.append(Cover(column: column, span: span, rows: rows - 1, above: 0)) }
    return max(1, rows)
  }

  /// Notes the places of covered columns behind the last cell, and what goes on to the next row.
  mutating func endRow(_ column: inout Int, _ cells: inout [TableCell]) {
    for cover in covers.sorted(by: { $0.column < $1.column }) where cover.column >= column {
      while column < cover.column {
        cells.append(.empty)
        column += 1
      }
      skipCovered(&column, &cells)
    }
    for index in covers.indices { covers[index].rows -= 1 }
    covers.removeAll { $0.rows <= 0 }
    row += 1
  }

  func clash(at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      id: "cells-covered", "the row has more cells than the cells over several rows above it leave columns for", at: range)
  }
}
