import Campaigns
import Foundation
import TestSupport
import Testing

/// Codes of many customers. A million of them under `-DSOAK`, in release: `Scripts/soak tokens`.
@Suite struct ManyTokensTests {
  #if SOAK
    static let accounts = 1_000_000
    static let changed = 2_000
  #else
    static let accounts = 10_000
    static let changed = 4
  #endif
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  private static func key() throws -> TokenKey { try #require(TokenKey(bytes: Array(0..<32))) }

  /// Accounts that differ in a digit, in a blank, and in nothing but the form of a letter.
  private static func account(_ number: Int) -> [UInt8] {
    switch number % 10 {
    case 7: Array("é\(number / 10)".utf8)
    case 8: Array("e\u{301}\(number / 10)".utf8)
    case 9: Array(" \(number / 10)".utf8)
    default: Array("\(4_400_000_000 + number)".utf8)
    }
  }

  @Test func noTwoCustomersHaveOneCode() throws {
    let key = try Self.key()
    var tokens: Set<String> = []
    tokens.reserveCapacity(Self.accounts)
    for number in 0..<Self.accounts {
      let token = key.token(campaign: "paperless-2027", account: Self.account(number)).text
      if !tokens.insert(token).inserted || token.utf8.count != 16 { Issue.record("account \(number) has the code \(token)") }
    }
    #expect(tokens.count == Self.accounts)
    // Every character takes part in telling them apart.
    for place in 0..<16 {
      let seen = Set(tokens.lazy.prefix(2_000).map { $0.utf8.dropFirst(place).first })
      #expect(seen.count == Self.alphabet.count, "place \(place)")
    }
  }

  /// One character another, two changed places, another customer's, another campaign's: none of them is the customer's code.
  @Test func changedCodesAreRefused() throws {
    let key = try Self.key()
    var random = SeededNumbers(seed: 11)
    for _ in 0..<Self.changed {
      let number = random.next(below: Self.accounts)
      let account = Self.account(number)
      let token = Array(key.token(campaign: "c", account: account).text)
      var wrong: [String] = []
      for place in token.indices {
        for other in Self.alphabet where other != token[place] {
          var changed = token
          changed[place] = other
          wrong.append(String(changed))
        }
        if place > 0, token[place] != token[place - 1] {
          var changed = token
          changed.swapAt(place, place - 1)
          wrong.append(String(changed))
        }
        var shorter = token
        shorter.remove(at: place)
        wrong += [String(shorter), String(token[...place] + token[place...])]
      }
      wrong.append(key.token(campaign: "c", account: Self.account(number + 1)).text)
      wrong.append(key.token(campaign: "d", account: account).text)
      #expect(wrong.count >= 16 * 33 + 2)
      #expect(key.verify(String(token), campaign: "c", account: account))
      let taken = wrong.filter { key.verify($0, campaign: "c", account: account) }
      #expect(taken.isEmpty, "account \(number): \(taken)")
    }
  }
}
