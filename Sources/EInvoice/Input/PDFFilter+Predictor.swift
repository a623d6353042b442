extension PDFFilter.Predictor {
  /// A row's longest width that is undone.
  ///
  /// - Stops: a PDF that states rows of gigabytes.
  private static let longestRow = 1 << 20

  init(_ parameters: PDFObject?) {
    kind = parameters?.key("/Predictor")?.integer ?? 1
    colours = parameters?.key("/Colors")?.integer ?? 1
    bits = parameters?.key("/BitsPerComponent")?.integer ?? 8
    columns = parameters?.key("/Columns")?.integer ?? 1
  }

  /// The bytes as they were; `nil` where the parameters are none.
  func undo(_ bytes: [UInt8]) -> [UInt8]? {
    guard kind != 1 else { return bytes }
    guard (1...32).contains(colours), [1, 2, 4, 8, 16].contains(bits), (1...PDFFilter.Predictor.longestRow).contains(columns) else {
      return nil
    }
    let step = max(1, colours * bits / 8)
    let row = (colours * bits * columns + 7) / 8
    if kind == 2 {
      guard bits == 8 else { return nil }
      var result = bytes
      for index in result.indices where index % row >= step { result[index] &+= result[index - step] }
      return result
    }
    guard (10...15).contains(kind) else { return nil }
    return png(bytes, row: row, step: step)
  }

  /// Rows of PNG: each has the number of its filter before it.
  private func png(_ bytes: [UInt8], row: Int, step: Int) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var above = [UInt8](repeating: 0, count: row)
    var start = 0
    while start < bytes.count {
      let filter = bytes[start]
      guard filter <= 4 else { return nil }
      var line = Array(bytes[(start + 1)..<min(bytes.count, start + 1 + row)])
      for index in line.indices {
        let left = index >= step ? line[index - step] : 0
        let corner = index >= step ? above[index - step] : 0
        switch filter {
        case 1: line[index] &+= left
        case 2: line[index] &+= above[index]
        case 3: line[index] &+= UInt8((Int(left) + Int(above[index])) / 2)
        case 4: line[index] &+= paeth(left, above[index], corner)
        default: break
        }
      }
      result += line
      for index in line.indices { above[index] = line[index] }
      start += 1 + row
    }
    return result
  }

  private func paeth(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
    let guess = Int(left) + Int(above) - Int(corner)
    let (a, b, c) = (abs(guess - Int(left)), abs(guess - Int(above)), abs(guess - Int(corner)))
    return a <= b && a <= c ? left : b <= c ? above : corner
  }
}
