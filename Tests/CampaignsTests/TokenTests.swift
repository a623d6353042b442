import Billing
import Campaigns
import Testing

@Suite struct TokenTests {
  // Vectors made with Python's hmac and an independent base-32 routine:
  //   d = hmac.new(key, b"paperless-2027\0" + account, "sha256").digest()[:10]; n = int.from_bytes(d, "big")
  //   "".join(alphabet[n >> 75 - 5 * i & 31] for i in range(16))
  @Test(arguments: [
    ("paperless-2027", "4400-1182-07", "7HE7SEDCQ9DSJ19Z"),
    ("paperless-2027", "4400-1182-08", "F2F6SGTE0SADP2JB"),
    ("c", "", "P0STZAS43MEY0V29"),
    ("é", "ü😀", "NQGPBBEC3T5WAT10"),
  ]) func tokensMatchIndependentlyComputedOnes(_ vector: (String, String, String)) throws {
    let key = try #require(TokenKey(bytes: Array(0..<32)))
    let token = key.token(campaign: vector.0, account: Array(vector.1.utf8))
    #expect(token.text == vector.2)
    #expect(token.grouped.split(separator: "-").joined() == vector.2)
    #expect(token.grouped.utf8.count == 19)
  }

  @Test func keyCheckMatches() throws {
    #expect(try #require(TokenKey(bytes: Array(0..<32))).check == "d25e8de7")
    #expect(try #require(TokenKey(bytes: Array("a longer key of more than thirty-two bytes, used as it is\n".utf8))).check == "aa2d0086")
  }

  @Test func writtenTokensAreVerifiedLeniently() throws {
    let key = try #require(TokenKey(bytes: Array(0..<32)))
    let account = Array("4400-1182-07".utf8)
    let token = key.token(campaign: "c", account: account)
    #expect(key.verify(token.text, campaign: "c", account: account))
    #expect(key.verify(" " + token.grouped.lowercased() + "\n", campaign: "c", account: account))
    #expect(key.verify(token.text.replacing("0", with: "O").replacing("1", with: "l"), campaign: "c", account: account))
    #expect(!key.verify(token.text, campaign: "d", account: account))
    #expect(!key.verify(token.text, campaign: "c", account: Array("4400-1182-08".utf8)))
    #expect(!key.verify(String(token.text.dropLast()), campaign: "c", account: account))
    #expect(!key.verify("", campaign: "c", account: account))
    #expect(!key.verify("0000-0000-0000-0000", campaign: "c", account: account))
  }

  @Test func campaignAndAccountCannotRunIntoEachOther() throws {
    let key = try #require(TokenKey(bytes: Array(0..<32)))
    #expect(key.token(campaign: "ab", account: Array("c".utf8)) != key.token(campaign: "a", account: Array("bc".utf8)))
  }

  @Test func shortKeyIsRefused() throws {
    #expect(TokenKey(bytes: Array(repeating: 1, count: 31)) == nil)
    let folder = try CampaignFolder()
    try folder.write("key", Array(repeating: 1, count: 31))
    #expect(throws: TokenKey.Failure(message: "the token key '\(folder.path)/key' has 31 bytes; expected 32 or more")) {
      try TokenKey.load(folder.path + "/key")
    }
    #expect(throws: TokenKey.Failure(message: "the token key '/nowhere' does not exist")) { try TokenKey.load("/nowhere") }
    #expect(throws: TokenKey.Failure(message: "the token key '\(folder.path)' is a folder")) { try TokenKey.load(folder.path) }
    try folder.write("key", Array(0..<32))
    #expect(try TokenKey.load(folder.path + "/key").check == "d25e8de7")
  }

  @Test func tokenGoesIntoTheAddress() throws {
    let campaign = try CampaignFolder().load().campaign
    #expect(campaign.optIn.address(.specimen) == "https://my.larkspur.example/p/0000-0000-0000-0000")
    let key = try #require(TokenKey(bytes: Array(0..<32)))
    let token = key.token(campaign: campaign.id, account: Array("1".utf8))
    #expect(campaign.optIn.address(token) == "https://my.larkspur.example/p/\(token.text)")
    #expect(OptInToken.specimen.grouped == "0000-0000-0000-0000")
  }
}
