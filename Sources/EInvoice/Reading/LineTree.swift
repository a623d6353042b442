/// Puts lines that name the line they belong to (BT-X-304) below it.
struct LineTree {
  /// The lines in reading order: each is followed by those below it, which keep their own order.
  private(set) var lines: [InvoiceLine] = []
  /// Those whose parent is not in the invoice; they stand by themselves.
  private(set) var orphans: [InvoiceLine] = []
  /// Those that are below themselves, one of each ring; they stand by themselves, too.
  private(set) var rings: [InvoiceLine] = []

  /// - Complexity: O(lines).
  init(_ given: [InvoiceLine]) {
    guard given.contains(where: { $0.parent != nil }) else {
      lines = given
      return
    }
    var places: [String: Int] = [:]
    for (index, line) in given.enumerated() {
      if let id = line.id?.text, places[id] == nil { places[id] = index }
    }
    var children = [[Int]](repeating: [], count: given.count)
    var roots: [Int] = []
    for (index, line) in given.enumerated() {
      guard let parent = line.parent else {
        roots.append(index)
        continue
      }
      if let place = places[parent.text] {
        children[place].append(index)
      } else {
        orphans.append(line)
        roots.append(index)
      }
    }
    var isPlaced = [Bool](repeating: false, count: given.count)
    lines.reserveCapacity(given.count)
    func place(_ root: Int) {
      var stack = [(index: root, level: 0)]
      while let (index, level) = stack.popLast() {
        guard !isPlaced[index] else { continue }
        isPlaced[index] = true
        var line = given[index]
        line.level = level
        lines.append(line)
        for child in children[index].reversed() { stack.append((child, level + 1)) }
      }
    }
    for root in roots { place(root) }
    // Whatever is left is in a ring or hangs on one.
    for index in given.indices where !isPlaced[index] {
      rings.append(given[index])
      place(index)
    }
  }
}

/// How the lines of an invoice lie below one another, told by their levels alone.
struct LineLevels {
  /// The line above each; `nil` for one that is below none.
  let parents: [Int?]

  init(_ lines: [InvoiceLine]) {
    var open: [Int] = []
    var parents: [Int?] = []
    parents.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      while let last = open.last, lines[last].level >= line.level { open.removeLast() }
      parents.append(open.last)
      open.append(index)
    }
    self.parents = parents
  }
}
