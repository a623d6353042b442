internal import CICU

/// What to do about a character that no font has.
public enum FontAdvice {
  /// A sentence's end that says where a font for the cluster comes from, or why there is none.
  public static func text(for cluster: String) -> String {
    let scalars = cluster.unicodeScalars
    if scalars.contains(where: { $0.properties.generalCategory == .privateUse }) {
      return "it is a character of private use, which only a font made for it has: name that font's folder with '--fonts'"
    }
    if scalars.contains(where: { $0.properties.generalCategory == .unassigned }) {
      return "Unicode has no such character: correct the data"
    }
    let scripts = Set(scalars.compactMap { cicu_script_name($0.value).map { String(cString: $0) } }).subtracting(["Common", "Inherited"])
    if !scripts.isDisjoint(with: eastAsian) {
      return "install the Debian package fonts-noto-cjk and name its folder: '--fonts /usr/share/fonts/opentype/noto'"
    }
    guard let script = scripts.sorted().first else { return "name the folder of a font that has it with '--fonts'" }
    let words = script.replacing("_", with: " ")
    return "copy a font for \(words), such as that of the Debian package fonts-noto-core, into a folder and name it with '--fonts'"
  }

  /// The scripts of Chinese, Japanese and Korean, as ICU names them.
  private static let eastAsian: Set<String> = ["Han", "Hiragana", "Katakana", "Hangul", "Bopomofo"]
}
