internal import CCurl

/// The library that speaks to servers.
public enum TransportEngine {
  /// Its version, such as `7.88.1`.
  public static var version: String { String(cString: ccurl_version()) }
}
