/// The templates of an e-mail in which nothing is found, for tests that change a part of them.
package enum EmailSample {
  /// `email.html`; what stands in `<!--more-->` and `<!--head-->` is a comment and may be replaced.
  package static let html = """
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head>
        <title>{campaign.email.subject}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <style>
          /* Some programs turn colours round by themselves. */
          @media (prefers-color-scheme: dark) {
            .page { background-color: #121212 !important }
            .card, .card td { background-color: #1e1e1e !important; color: #f2f2f2 !important }
            .card { color: #f2f2f2 !important }
            .quiet { color: #c9d2cd !important }
          }
        </style><!--head-->
      </head>
      <body class="page" style="margin:0;padding:0;background-color:#f2f4f3;color:#222222;font-family:Arial, sans-serif;font-size:16px;line-height:24px">
        <div style="display:none;max-height:0;overflow:hidden">{campaign.email.preheader}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:16px">
          <table class="card" role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background-color:#ffffff;color:#222222;text-align:left">
            <tr><td style="padding:24px 24px 8px 32px">
              <h1 style="margin:0 0 12px;font-size:26px;line-height:32px"><slot name="heading"/></h1>
              <slot name="body"/>
              <p style="margin:0 0 16px"><a href="{campaign.opt-in.link}" style="display:inline-block;padding:12px 24px;line-height:20px;background-color:#0b5e46;color:#ffffff;text-decoration:none">Go paperless</a></p>
              <p style="margin:0 0 16px"><slot name="action"/></p>
              <p style="margin:0 0 16px"><slot name="address"/> <slot name="phone"/></p>
              <p style="margin:0"><slot name="keep-paper"/></p><!--more-->
            </td></tr>
          </table>
          <p class="quiet" style="margin:16px 0;font-size:14px;line-height:20px;color:#3c4a44">{campaign.email.postal-address}<br/><a href="{campaign.email.unsubscribe}" style="color:inherit">Unsubscribe</a></p>
        </td></tr></table>
      </body>
    </html>

    """

  /// `email.txt`.
  package static let text = """
    <text>
      <slot name="heading"/>

      <slot name="body"/>

      <slot name="action"/>
      {campaign.opt-in.link}

      <slot name="address"/>
      <slot name="phone"/>

      <slot name="keep-paper"/><!--more-->

      --
      {campaign.email.postal-address}
      {campaign.email.unsubscribe}
    </text>

    """
}
