/// The page's own files, from the program itself.
enum PageFiles {
  /// The file at an address; `nil` for any other address.
  static func file(_ path: String) -> (bytes: [UInt8], type: String)? {
    let script = "text/javascript; charset=utf-8"
    switch path {
    case "/": return (PackageResources.index_html, "text/html; charset=utf-8")
    case "/preview.css": return (PackageResources.preview_css, "text/css; charset=utf-8")
    case "/preview.js": return (PackageResources.preview_js, script)
    case "/server.js": return (PackageResources.server_js, script)
    case "/pages.js": return (PackageResources.pages_js, script)
    case "/lists.js": return (PackageResources.lists_js, script)
    case "/message.js": return (PackageResources.message_js, script)
    case "/zones.js": return (PackageResources.zones_js, script)
    case "/favicon.ico", "/icon.svg": return (PackageResources.icon_svg, "image/svg+xml")
    default: return nil
    }
  }
}
