internal import Contract
internal import Diagnostics
internal import Digests
internal import Encodings
internal import Files
internal import Typography

/// The fonts that come with the program, told by the digests of their files: they have been tried before they were taken in, so that no run
/// has to try them once more.
enum StockFonts {
  /// SHA-256 of each font file in `Fonts/`, as hexadecimal digits.
  static let digests: Set<String> = [
    "1e9dfd6a6e33ac63a8fe3b4ed7ae0df9eac2d0b25e444e8e7daef4ac77943fc1",  // Inter/Inter-Bold.otf
    "db4356b780ed61e0d0597a07566bef5bd7497d6f0edc2d88dbf8deaedaf1ace4",  // Inter/Inter-BoldItalic.otf
    "45ecfe6cbadfd4803de6214e02c336a95163a7703973bc8a5ce7ac2d174ecaf7",  // Inter/Inter-Italic.otf
    "99dab2bdcb613c4c8264000a94351d1227f74dc95a86d1249493aeee0c0179c4",  // Inter/Inter-Medium.otf
    "a7e791e8f5a0fb02b65663f7fca73e1d1ca9543f772ad480cbd76f4e3fe3f8cc",  // Inter/Inter-Regular.otf
    "8c1990b6012254ea2b487161697d107357dd0ee55811cfd91c8c11227bbef457",  // Inter/Inter-SemiBold.otf
    "404251faffd4c55dfcb53007e7afb9d5c2891584c842165e35050345ab97744b",  // Inter/Inter-SemiBoldItalic.otf
    "f03195ebee125f9206e96da14431d00675206c4fb35ab6b62e24f83141e68667",  // NotoEmoji/NotoEmoji-Regular.ttf
    "e83493c945848ecd4a9ad0f6d19164541a0d3e23a9c952304a00a46e00272ac5",  // NotoSans/NotoSans-Bold.ttf
    "5d7618dda819443fd07301c84adcee9fe8960c873ea5e5e1f0f59db384b78082",  // NotoSans/NotoSans-Italic.ttf
    "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",  // NotoSans/NotoSans-Regular.ttf
    "ded6fc7359ca36d15d7aab9ef0c066e21ce48b26a069994d6602fa2cb9a1b952",  // NotoSansArabic/NotoSansArabic-Bold.ttf
    "504d7407d86875acf7d04dfaa0fd7524d0b8797723bc4aa18022f29db25b0b6e",  // NotoSansArabic/NotoSansArabic-Regular.ttf
    "a0f398d0205f0b96d6637ac66d92e6e42b230f8ed3853a050d0aa5792eb9b7f7",  // NotoSansArmenian/NotoSansArmenian-Bold.ttf
    "9636c32c121f4fc1fc6963dfad60ea32c41889507118a46f83a818eacf40348e",  // NotoSansArmenian/NotoSansArmenian-Regular.ttf
    "c72f5005d3f3a6f156340885a71a5d65a1524ec26859ced4cb1ade0379a20f60",  // NotoSansDevanagari/NotoSansDevanagari-Bold.ttf
    "46f47c7b79c7a06e55ffe3913204bcd20665531252f5aa708c9d75f3d9af82af",  // NotoSansDevanagari/NotoSansDevanagari-Regular.ttf
    "2cee22513f5c94b5577fe1a91df94836dc9825ac78e5b3a9f3c49d1f038a5f11",  // NotoSansGeorgian/NotoSansGeorgian-Bold.ttf
    "ba75f2154fef9beac8439f94c631dc37ef9c708d32f9254bb019afdfa9aa3138",  // NotoSansGeorgian/NotoSansGeorgian-Regular.ttf
    "d3b01343f71e8a93fffb84c345a1aecbaf4694b98d0eaace916cb9eac9e6dcd3",  // NotoSansHebrew/NotoSansHebrew-Bold.ttf
    "436900d5ad77d33e4234247f3076eaecd25b92b9bea0519514f684140e3566a7",  // NotoSansHebrew/NotoSansHebrew-Regular.ttf
    "e7f33573fad22667c10963ea7674bbd77d364a783059c86e8bcb9d6f24dbfacb",  // NotoSansMath/NotoSansMath-Regular.ttf
    "52f66f70e3c77fd06ca23915b6ca3fb87a19445e0f3760c8e916b958b59a64f7",  // NotoSansSymbols/NotoSansSymbols-Regular.ttf
    "eff0900f095569ce1720e7488162de668db027a27075f3fd9687aba5ea197805",  // NotoSansSymbols2/NotoSansSymbols2-Regular.ttf
    "97bbc8ea98328325285f2f552228c7aac1db39d8f38f0096a61ba7df1f1f780e",  // NotoSansThai/NotoSansThai-Bold.ttf
    "dfbd5ed0f1e68c3cbc51aa08f646d1ab0e68e7c4ceab70a69e465225ff701f93",  // NotoSansThai/NotoSansThai-Regular.ttf
    "1b188598cd7e27accb7f44490e5c5cbdb877d6d5c5f5a68bf9bc1c50f6d24325",  // OCRB/OCRB.otf
  ]

  /// Whether all fonts of a job are among them. Compares bytes and reads no font.
  ///
  /// Complexity: linear in the files' bytes, up to the first that is another.
  static func areAll(of options: JobOptions) -> Bool {
    // A few pages that stay warm, where each file whole would be new memory.
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { buffer.deallocate() }
    guard let folders = try? FontFolder.find(options), let own = try? FontFolder.own(options.layout) as String?? else { return false }
    for root in folders + [own].compactMap({ $0 }) {
      guard let files = try? FolderListing.files(below: root, endings: FontBook.endings) else { return false }
      for file in files where !isOne("\(root)/\(file)", buffer) { return false }
    }
    return true
  }

  private static func isOne(_ path: String, _ buffer: UnsafeMutableRawBufferPointer) -> Bool {
    do throws(SystemError) {
      let file = try OpenFile(lookingAt: path)
      let status = try file.status()
      guard status.isRegular, status.size <= largest else { return false }
      var (hasher, taken) = (RunningSHA256(), 0)
      while taken <= largest {
        let count = try file.read(into: buffer)
        if count == 0 { return digests.contains(Hexadecimal.text(hasher.finish())) }
        hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        taken += count
      }
    } catch {}
    return false
  }

  /// Bytes read at once.
  private static let chunk = 128 << 10
  /// More bytes than the largest of them has.
  ///
  /// - Stops: a giant file under the name of a known font, digested at each start.
  private static let largest = 4 << 20
}
