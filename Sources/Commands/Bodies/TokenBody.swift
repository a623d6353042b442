internal import Billmaking
internal import Campaigns
internal import Contract
internal import Diagnostics
internal import Reporting

/// Does `token verify`.
struct TokenBody {
  let reporter: Reporter

  /// Says whether a token is an account's: `success` or `found`.
  func verify(_ token: String, account: String, campaign path: String, tokenKey: String) -> ExitCode {
    let loaded: LoadedCampaign
    let key: TokenKey
    do throws(DiagnosticList) { loaded = try Campaign.load(CampaignPath.file(path)) } catch {
      reporter.report(error.diagnostics)
      return .configuration
    }
    do throws(TokenKey.Failure) { key = try TokenKey.load(tokenKey) } catch {
      reporter.report(Diagnostic(id: "token-key", error.message))
      return .configuration
    }
    reporter.report(key.warnings)
    return key.verify(token, campaign: loaded.campaign.id, account: account.utf8) ? .success : .found
  }
}
