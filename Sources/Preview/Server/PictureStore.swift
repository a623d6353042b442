/// The pictures last made, by an id that never comes again.
struct PictureStore {
  /// Pictures of one bill.
  struct Pictures {
    /// The page of the first of them, from 1.
    var first: Int
    /// PNGs.
    var parts: [[UInt8]]
  }

  /// Bytes kept, 24 MiB: a screenful of pages and thumbnails several times over; a browser fetches a picture at once and keeps it itself.
  ///
  /// - Stops: zooms without end, each with a picture.
  private static let byteLimit = 24 << 20
  /// Sets kept, 128: a screen of thumbnails, the phases, and what was before.
  ///
  /// - Stops: the same with small pictures.
  private static let countLimit = 128

  private var sets: [Int: Pictures] = [:]
  private var order: [Int] = []
  private var bytes = 0
  private var last = 0

  /// Keeps pictures, letting the oldest go; their id.
  mutating func add(_ pictures: Pictures) -> Int {
    last += 1
    sets[last] = pictures
    order.append(last)
    bytes += PictureStore.size(pictures)
    while order.count > 1, bytes > PictureStore.byteLimit || order.count > PictureStore.countLimit {
      if let gone = sets.removeValue(forKey: order.removeFirst()) { bytes -= PictureStore.size(gone) }
    }
    return last
  }

  /// The pictures of an id, if they are still there.
  subscript(id: Int) -> Pictures? { sets[id] }

  private static func size(_ pictures: Pictures) -> Int { pictures.parts.reduce(0) { $0 + $1.count } }
}
