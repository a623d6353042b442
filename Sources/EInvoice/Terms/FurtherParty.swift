/// A party beyond those EN 16931 has terms for.
struct FurtherParty {
  /// What it does: the words of a layout go by it.
  enum Role: String {
    case buyerAgent = "buyer-agent"
    case salesAgent = "sales-agent"
    case buyerRepresentative = "buyer-representative"
    case endUser = "end-user"
    case requisitioner
    case shipFrom = "ship-from"
    case ultimateShipTo = "ultimate-ship-to"
    case invoicer
    case invoicee
    case payer
    case payee
    case orderer
    case supplier
  }

  var role: Role
  var party: TradeParty
}
