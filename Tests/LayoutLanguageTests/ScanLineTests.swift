import Diagnostics
import LayoutLanguage
import TestSupport
import Testing

@testable import enum LayoutLanguage.CheckDigit

/// Lines that machines read from payment slips.
@Suite struct ScanLineTests {
  /// Published examples, each ending in its digit: remittance processors' and scanners' manuals, ISO/IEC 7812, ISO 6166; ABA routing numbers of
  /// Bank of America, JPMorgan Chase and the Federal Reserve Bank of Boston, and a Finnish reference.
  static let published = [
    ("luhn", "003456789011102960000000000100000000010008"), ("luhn", "1203547437000006715000017150000201611200000300000001"),
    ("luhn", "0128454"), ("luhn", "79927398713"), ("luhn", "4012888888881881"), ("luhn", "US0378331005"), ("luhn", "AU0000XVGZA3"),
    ("mod10-731", "111000025"), ("mod10-731", "021000021"), ("mod10-731", "011000015"), ("mod10-731", "1232"),
  ]

  @Test(arguments: published) func publishedExamplesHaveTheirDigit(_ scheme: String, _ line: String) throws {
    let check = try #require(CheckDigit(rawValue: scheme))
    let digit = try #require(check.digit(of: String(line.dropLast())))
    #expect(String(UnicodeScalar(digit)) == line.suffix(1))
  }

  @Test(arguments: [
    ("account | scan-part(10)", "4400118207"), ("account | scan-part(12)", "004400118207"), ("totals.due | scan-part(6)", "008702"),
    ("12 | scan-part(3)", "012"), ("0 | scan-part(4)", "0000"), ("'AB-7/9.1 2' | scan-part(6)", "AB7912"),
    ("issued | scan-part('MMddyy')", "112326"), ("issued | scan-part('yyyyMMdd')", "20261123"), ("issued | scan-part('ddMM')", "2311"),
    ("'123' | scan-part(3, check: 'mod10-731')", "1232"), ("'7992739871' | scan-part(10, check: 'luhn')", "79927398713"),
    ("(due | default(issued)) | scan-part('MMddyy')", "121426"),
    ("payment.scan_line | default(account | scan-part(12))", "004400118207"),
    // The digit of a part counts in that of the line.
    ("'123' | scan-part(3, check: 'mod10-731') | scan-line('7' | scan-part(2), check: 'luhn', separator: '<')", "1232<07<3"),
    ("'1' | scan-line('2', '3', '4', '5', '6', '7', '8', separator: ' ')", "1 2 3 4 5 6 7 8"),
    ("'#12' | scan-line('3', check: 'mod10-731')", "#1232"),
  ]) func lines(_ expression: String, _ expected: String) throws {
    #expect(try printed(expression) == expected)
    guard expression.contains("check: 'mod10-731')"), !expression.contains("luhn") else { return }
    #expect(try Tool.run([Tool.python, Project.path("Tests/Readers/scan_line.py"), "mod10-731", expected]).code == 0)
  }

  @Test(.needs(Tool.python)) func linesAreProvedByAReaderOfItsOwn() throws {
    let reader = Project.path("Tests/Readers/scan_line.py")
    for (scheme, line) in Self.published { #expect(try Tool.run([Tool.python, reader, scheme, line]).code == 0, "\(line)") }
    for check in ["luhn", "mod10-731"] {
      let line = try printed(
        "account | scan-part(12) | scan-line(totals.due | scan-part(10), issued | scan-part('MMddyy'), check: '\(check)', separator: ' ')")
      #expect(line.hasPrefix("004400118207 0000008702 112326 ") && line.count == 32)
      #expect(try Tool.run([Tool.python, reader, check, line]).code == 0, "\(line)")
      // One digit misread is noticed, wherever it stands.
      for place in line.indices where line[place].isNumber {
        var misread = line
        misread.replaceSubrange(place...place, with: String(((Int(String(line[place])) ?? 0) + 1) % 10))
        if !misread.hasSuffix(line.suffix(1)) { continue }
        #expect(
          check == "luhn"
            ? CheckDigit.luhn.digit(of: String(misread.dropLast())) != misread.utf8.last
            : CheckDigit.mod10Weights731.digit(of: String(misread.dropLast())) != misread.utf8.last)
      }
    }
  }

  @Test(arguments: [
    ("account | scan-part(9)", "has 10 characters, '4400118207', in a part of a scan line with 9; nothing is cut off"),
    ("totals.due | scan-part(3)", "has 4 characters, '8702', in a part of a scan line with 3; nothing is cut off"),
    ("balance.payments | scan-part(10)", "is -82.10, and a scan line has no negative figures"),
    ("2.5 | scan-part(4)", "is 2.5, with more than 0 decimals; round it before it goes into a scan line"),
    ("customer.name | scan-part(40)", "has 'n' in 'Ana Petrović'; a part of a scan line has digits and the letters A to Z"),
    ("'Ä1' | scan-part(4)", "has 'Ä' in 'Ä1'; a part of a scan line has digits and the letters A to Z"),
    ("'--' | scan-part(4)", "has nothing for its part of a scan line"),
    ("'A1' | scan-part(4, check: 'mod10-731')", "has no check digit 'mod10-731' for '00A1': that one is over digits only"),
    ("'1_2' | scan-line", "has '_', which a scan line does not; it has digits, the letters A to Z and the signs < > + # - . /"),
  ]) func whatDoesNotFitIsNeverCut(_ expression: String, _ reason: String) throws {
    do {
      let line = try printed(expression)
      Issue.record("printed \(line)")
    } catch let fault as Diagnostic {
      #expect(fault.id == "scan-line" && fault.message == "'\(expression)' \(reason)")
    }
  }

  @Test(arguments: [
    ("account | scan-part", "filter-argument"), ("account | scan-part(0)", "filter-argument"),
    ("account | scan-part(41)", "filter-argument"),
    ("account | scan-part('12')", "filter-argument"), ("issued | scan-part(6)", "filter-argument"),
    ("issued | scan-part('MMDDYY')", "filter-argument"), ("issued | scan-part('mmddyy')", "filter-argument"),
    ("customer.address | scan-part(3)", "filter-input"), ("account | scan-part(12, check: 'mod11')", "filter-argument"),
    ("totals.due | scan-line", "filter-input"), ("account | scan-line(totals.due)", "filter-argument"),
    ("account | scan-line(due | scan-part('MMddyy'))", "optional-value"), ("account | scan-line('1', separator: '|')", "filter-argument"),
    ("account | scan-line('1', separator: '<<<<')", "filter-argument"), ("payment.scan_line", "optional-value"),
  ]) func mistakesAreFoundInTheLayout(_ expression: String, _ id: String) throws { #expect(try printed(expression) == id) }
}
