/// An element that may still grow.
struct OpenElement {
  var element: StructureElement
  /// The elements in it that may still grow.
  var growing: Set<Int> = []
  /// Whether further pieces of it come.
  var isWaiting = false
  /// Of what holds blocks: the list that further items belong to.
  var list: Int?
  /// Of a list: its last item.
  var item: Int?
  /// Of an item: what its blocks stand in.
  var body: Int?
  /// Of a table: the part that further rows belong to, and the number of its columns.
  var section: Int?
  var columns = 0
  /// Of a part of a table: how many of its next rows cells from above cover, by column.
  var covered: [Int: Int] = [:]
  /// Of a row: its cells as they came.
  var cells: [(place: CellPlace, id: Int)] = []
  /// Of a paragraph: its links, by their number in it.
  var links: [Int: Int] = [:]

  init(_ element: StructureElement) { self.element = element }
}
