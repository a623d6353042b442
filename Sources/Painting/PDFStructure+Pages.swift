extension PDFStructure {
  /// The numbers of all page objects, in the order of the file's objects. Cairo writes one level of pages below the catalog.
  func pages(in pdf: [UInt8]) throws(PaintingError) -> [Int] {
    let catalog = try dictionary(of: catalogObject, in: pdf)
    guard let place = catalog["Pages"], let root = reference(place, in: pdf) else { throw .unexpectedStructure("no Pages in the catalog") }
    let tree = try dictionary(of: root, in: pdf)
    guard let kids = tree["Kids"] else { throw .unexpectedStructure("no Kids in the pages") }
    let numbers = references(kids, in: pdf)
    guard let numbers, !numbers.isEmpty else { throw .unexpectedStructure("the pages' Kids") }
    for number in numbers {
      let page = try dictionary(of: number, in: pdf)
      guard let type = page["Type"], pdf[type].elementsEqual("/Page".utf8) else { throw .unexpectedStructure("page object \(number)") }
    }
    return numbers
  }

  /// The pages' lists of pictures without what stands in them again: cairo 1.16 names a picture each time it is drawn, and in a dictionary no key
  /// may stand twice (ISO 32000-1, 7.3.7).
  func repeatedNames(in pdf: [UInt8]) throws(PaintingError) -> [PDFEdit] {
    var edits: [PDFEdit] = []
    for page in try pages(in: pdf) {
      guard let place = try dictionary(of: page, in: pdf)["Resources"], let resources = reference(place, in: pdf) else {
        throw .unexpectedStructure("page object \(page) has no Resources")
      }
      guard let list = try dictionary(of: resources, in: pdf)["XObject"] else { continue }
      // A name, two numbers and an R.
      let inside = pdf[list].dropFirst(2).dropLast(2)
      let words = inside.split { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
      guard pdf[list].starts(with: "<<".utf8), pdf[list].reversed().starts(with: ">>".utf8), words.count.isMultiple(of: 4) else {
        throw .unexpectedStructure("the XObjects of page object \(page)")
      }
      var names: Set<[UInt8]> = []
      var kept = Array("<<".utf8)
      for index in stride(from: 0, to: words.count, by: 4) where names.insert(Array(words[index])).inserted {
        for word in words[index..<index + 4] { kept += [0x20] + word }
      }
      if names.count < words.count / 4 { edits.append(PDFEdit(range: list, bytes: kept + " >>".utf8)) }
    }
    return edits
  }

  /// The object an indirect reference leads to; `nil` for anything else, and for objects that are not there.
  private func reference(_ range: Range<Int>, in pdf: [UInt8]) -> Int? {
    let words = pdf[range].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3, words[1] == "0", words[2] == "R", let number = Int(words[0]), isWritten(number) else { return nil }
    return number
  }

  /// The objects of an array of references.
  private func references(_ range: Range<Int>, in pdf: [UInt8]) -> [Int]? {
    guard let words = words(ofArray: range, in: pdf), words.count.isMultiple(of: 3) else { return nil }
    var result: [Int] = []
    for index in stride(from: 0, to: words.count, by: 3) {
      guard words[index + 1] == "0", words[index + 2] == "R", let number = Int(words[index]), isWritten(number) else { return nil }
      result.append(number)
    }
    return result
  }

  /// The numbers of an array of plain numbers.
  func numbers(_ range: Range<Int>, in pdf: [UInt8]) -> [Double]? {
    guard let words = words(ofArray: range, in: pdf) else { return nil }
    let numbers = words.compactMap { Double($0) }.filter(\.isFinite)
    return numbers.count == words.count ? numbers : nil
  }

  private func words(ofArray range: Range<Int>, in pdf: [UInt8]) -> [String]? {
    guard range.count >= 2, pdf[range.lowerBound] == UInt8(ascii: "["), pdf[range.upperBound - 1] == UInt8(ascii: "]") else { return nil }
    return pdf[(range.lowerBound + 1)..<(range.upperBound - 1)].split { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
