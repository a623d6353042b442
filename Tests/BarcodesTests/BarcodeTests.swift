import Diagnostics
import Geometry
import Layout
import Testing

@testable import Barcodes
internal import Vocabulary

@Suite struct BarcodeTests {
  private func matrix(_ symbol: Symbol) throws -> (columns: Int, rows: Int, dark: [Bool]) {
    guard case .matrix(let columns, let rows, let dark) = symbol.form else { throw BarcodeError(.failed, "no matrix") }
    return (columns, rows, dark)
  }
  private func reason(_ body: () throws(BarcodeError) -> some Any) -> BarcodeError.Reason? {
    do throws(BarcodeError) {
      _ = try body()
      return nil
    } catch { return error.reason }
  }

  @Test func qrGrowsWithTextAndLevel() throws {
    #expect(try matrix(Barcode.encode(.qr, "HELLO")).columns == 21)
    let address = "https://my.larkspur.example/p/0123456789ABCDEF"
    let sides = try ErrorCorrection.allCases.map { try matrix(Barcode.encode(.qr, address, level: $0)).columns }
    #expect(sides == sides.sorted() && sides.first != sides.last)
    let symbol = try matrix(Barcode.encode(.qr, address))
    #expect(symbol.dark.count == symbol.columns * symbol.rows)
    // The finder pattern in the top left corner.
    #expect((0..<7).allSatisfy { symbol.dark[$0] } && !symbol.dark[7])
  }

  @Test func sameTextGivesTheSameSymbol() throws {
    #expect(try Barcode.encode(.qr, "Plaćanje €") == Barcode.encode(.qr, "Plaćanje €"))
    #expect(try Barcode.encode(.qr, "a") != Barcode.encode(.qr, "b"))
  }

  @Test func dataMatrixIsSquare() throws {
    for text in ["A", "0123456789", "4400-1182-07/2026-11-004711", String(repeating: "x", count: 300)] {
      let symbol = try matrix(Barcode.encode(.dataMatrix, text))
      #expect(symbol.columns == symbol.rows)
      // The solid left edge and the dotted top.
      #expect((0..<symbol.rows).allSatisfy { symbol.dark[$0 * symbol.columns] })
      #expect((0..<symbol.columns).allSatisfy { symbol.dark[$0] == ($0 % 2 == 0) })
    }
  }

  @Test func code128HasStartAndStop() throws {
    guard case .bars(let bars, let modules) = try Barcode.encode(.code128, "ABC123").form else {
      Issue.record("no bars")
      return
    }
    // Every character has three bars in 11 modules, the stop has four in 13.
    #expect((Int(modules) - 13) % 11 == 0)
    #expect(bars.count == (Int(modules) - 13) / 11 * 3 + 4)
    #expect(bars.first?.x == 0)
    #expect(bars.last.map { $0.x + $0.width } == modules)
    #expect(bars.allSatisfy { $0.top == 0 && $0.bottom == 1 })
  }

  @Test func wrongTextsAreNamed() {
    #expect(reason { () throws(BarcodeError) in try Barcode.encode(.qr, "") } == .invalid)
    #expect(reason { () throws(BarcodeError) in try Barcode.encode(.qr, String(repeating: "a", count: 3_000)) } == .tooLong)
    #expect(reason { () throws(BarcodeError) in try Barcode.encode(.qr, String(repeating: "a", count: 2_000), level: .high) } == .tooLong)
    #expect(reason { () throws(BarcodeError) in try Barcode.encode(.qr, String(repeating: "a", count: 100_000)) } == .tooLong)
    #expect(reason { () throws(BarcodeError) in try Barcode.encode(.code128, "Žeton") } == .invalid)
    #expect(reason { () throws(BarcodeError) in try Barcode.encode(.dataMatrix, String(repeating: "é", count: 1_800)) } == .tooLong)
    let error = BarcodeError(.tooLong, "x")
    #expect(error.diagnostic.id == "barcode-too-long")
  }

  @Test func paymentCodesStayBelowVersion14() {
    #expect(reason { () throws(BarcodeError) in try Barcode.encode(.epc, String(repeating: "a", count: 331)) } == nil)
    #expect(reason { () throws(BarcodeError) in try Barcode.encode(.epc, String(repeating: "a", count: 332)) } == .tooLong)
  }

  @Test func quietZonesFollowTheStandards() {
    let module = Length.mm(0.5)
    #expect(BarcodeKind.qr.quietZone(module: module) == Insets(all: .mm(2)))
    #expect(BarcodeKind.dataMatrix.quietZone(module: module) == Insets(all: module))
    #expect(BarcodeKind.code128.quietZone(module: module).left == .mm(5))
    #expect(BarcodeKind.imb.quietZone(module: module).left == .inches(0.125))
    #expect(BarcodeKind.imb.quietZone(module: module).top == .inches(0.028))
  }

  @Test func naturalSizesFollowTheModules() throws {
    #expect(Barcode.naturalSize(of: try Barcode.encode(.qr, "HELLO"), kind: .qr) == Size(width: .mm(0.5) * 21, height: .mm(0.5) * 21))
    #expect(Barcode.naturalSize(of: try Barcode.encode(.code128, "A"), kind: .code128).height == .mm(12))
  }
}
