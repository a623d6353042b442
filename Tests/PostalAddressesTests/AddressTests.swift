import PostalAddresses
import Testing

/// An address and what it gives: lines parted by ` / `, as sent from `from`.
struct AddressCase: CustomTestStringConvertible, Sendable {
  var country: String?
  var street: [String]
  var city: String?
  var code: String?
  var region: String?
  var from: String
  var lines: String

  init(
    _ country: String?, _ street: [String] = [], city: String? = nil, code: String? = nil, region: String? = nil, from: String = "DE",
    _ lines: String
  ) {
    (self.country, self.street, self.city, self.code, self.region) = (country, street, city, code, region)
    (self.from, self.lines) = (from, lines)
  }

  var testDescription: String { "\(country ?? "–"): \(lines)" }
  var address: PostalAddress { PostalAddress(street: street, city: city, code: code, region: region, country: country) }
}

struct AddressTests {
  static let countries: [AddressCase] = [
    .init(
      "US", ["1455 Market St", "Suite 4"], city: "Portland", code: "97204", region: "OR", "1455 Market St / Suite 4 / Portland, OR 97204"),
    .init("US", ["1 Main St"], city: "Portland", code: "97204", region: "Oregon", "1 Main St / Portland, OR 97204"),
    .init("US", ["1 Main St"], city: "Portland", code: "972041234", region: "US-OR", "1 Main St / Portland, OR 97204-1234"),
    .init("US", ["1 Main St"], city: "New York", code: "10001", region: "new york", "1 Main St / New York, NY 10001"),
    .init("US", ["1 Main St"], city: "Portland", code: "97204", region: "Cascadia", "1 Main St / Portland 97204 / Cascadia"),
    .init("PR", ["1 Calle Sol"], city: "San Juan", code: "00901", "1 Calle Sol / San Juan PR 00901"),
    .init("CA", ["10 Elgin St"], city: "Ottawa", code: "k1a0b1", region: "Ontario", "10 Elgin St / Ottawa ON K1A 0B1"),
    .init("CA", ["10 rue Principale"], city: "Québec", code: "G1A 1A1", region: "CA-QC", "10 rue Principale / Québec QC G1A 1A1"),
    .init("AU", ["12 Crawford St"], city: "Queanbeyan", code: "2620", region: "NSW", "12 Crawford St / Queanbeyan NSW 2620"),
    .init("AU", ["1 Swan St"], city: "Perth", code: "6000", region: "Western Australia", "1 Swan St / Perth WA 6000"),
    .init("NZ", ["3 Queen St"], city: "Auckland", code: "1010", region: "Auckland", "3 Queen St / Auckland 1010"),
    .init(
      "GB", ["Unit 4", "9 Shore Rd"], city: "Sheffield", code: "s91xx", region: "South Yorkshire",
      "Unit 4 / 9 Shore Rd / Sheffield / S9 1XX"),
    .init("GB", ["1 High St"], city: "London", code: "SW1A1AA", "1 High St / London / SW1A 1AA"),
    .init("UK", ["1 High St"], city: "London", code: "E1 6AN", "1 High St / London / E1 6AN"),
    .init("IE", ["4 Quay"], city: "Dublin 2", code: "D02X285", region: "Dublin", "4 Quay / Dublin 2 / D02 X285"),
    .init("IE", ["4 Quay"], city: "Dublin 2", code: "D02 X285", region: "Co. Dublin", "4 Quay / Dublin 2 / D02 X285"),
    .init("IE", ["Main St"], city: "Clonmel", code: "E91 XY00", region: "Tipperary", "Main St / Clonmel / Co. Tipperary / E91 XY00"),
    .init("IE", ["Main St"], city: "Clonmel", region: "IE-TA", "Main St / Clonmel / Co. Tipperary"),
    .init("DE", ["Hauptstr. 1"], city: "Berlin", code: "10115", region: "BE", "Hauptstr. 1 / 10115 Berlin"),
    .init("DE", ["Hauptstr. 1"], city: "Berlin", code: "D-10115", from: "AT", "Hauptstr. 1 / 10115 Berlin"),
    .init("DE", ["Hauptstr. 1"], city: "Berlin", code: "DE 10115", "Hauptstr. 1 / 10115 Berlin"),
    .init("AT", ["Graben 1"], city: "Wien", code: "A-1010", region: "Wien", "Graben 1 / 1010 Wien"),
    .init("CH", ["Bahnhofstr. 1"], city: "Zürich", code: "8001", region: "ZH", "Bahnhofstr. 1 / CH-8001 Zürich"),
    .init("CH", ["Bahnhofstr. 1"], city: "Zürich", code: "CH-8001", "Bahnhofstr. 1 / CH-8001 Zürich"),
    .init("CH", ["Bahnhofstr. 1"], city: "Zürich", code: "CH 8001", from: "CH", "Bahnhofstr. 1 / 8001 Zürich"),
    .init("LI", ["Städtle 1"], city: "Vaduz", code: "9490", "Städtle 1 / FL-9490 Vaduz"),
    .init("FR", ["1 rue X"], city: "Paris", code: "75008", region: "Île-de-France", "1 rue X / 75008 Paris"),
    .init("FR", ["1 rue X"], city: "Paris", code: "F-75008", "1 rue X / 75008 Paris"),
    .init("IT", ["Via Roma 1"], city: "Milano", code: "20121", region: "MI", "Via Roma 1 / 20121 Milano MI"),
    .init("IT", ["Via Roma 1"], city: "Milano", code: "I-20121", region: "Milano", "Via Roma 1 / 20121 Milano MI"),
    .init("IT", ["Via Roma 1"], city: "Monza", code: "20900", region: "Lombardia", "Via Roma 1 / 20900 Monza / Lombardia"),
    .init("ES", ["C/ Mayor 1"], city: "Madrid", code: "28013", region: "Madrid", "C/ Mayor 1 / 28013 Madrid"),
    .init("ES", ["C/ Mayor 1"], city: "Getafe", code: "28901", region: "ES-M", "C/ Mayor 1 / 28901 Getafe / Madrid"),
    .init("ES", ["Av. 2"], city: "Guardamar", code: "E-03140", region: "Alicante", "Av. 2 / 03140 Guardamar / Alicante"),
    .init("NL", ["Damrak 1"], city: "Amsterdam", code: "1012lg", region: "NH", "Damrak 1 / 1012 LG Amsterdam"),
    .init("NL", ["Damrak 1"], city: "Amsterdam", code: "NL-1012 LG", "Damrak 1 / 1012 LG Amsterdam"),
    .init("BE", ["Rue Neuve 1"], city: "Bruxelles", code: "B-1000", "Rue Neuve 1 / 1000 Bruxelles"),
    .init("LU", ["1, rue X"], city: "Luxembourg", code: "1111", "1, rue X / L-1111 Luxembourg"),
    .init("PL", ["ul. Nowa 1"], city: "Warszawa", code: "00950", region: "mazowieckie", "ul. Nowa 1 / 00-950 Warszawa"),
    .init("CZ", ["Dlouhá 1"], city: "Praha 1", code: "11000", "Dlouhá 1 / 110 00 Praha 1"),
    .init("SK", ["Hlavná 1"], city: "Košice", code: "040 01", "Hlavná 1 / 040 01 Košice"),
    .init("SI", ["Trg 1"], city: "Ljubljana", code: "1000", "Trg 1 / SI-1000 Ljubljana"),
    .init("HR", ["Ilica 1"], city: "Zagreb", code: "10000", "Ilica 1 / HR-10000 Zagreb"),
    .init("RS", ["Knez Mihailova 1"], city: "Beograd", code: "11000", region: "Srbija", "Knez Mihailova 1 / 11000 Beograd"),
    .init("HU", ["Fő u. 1"], city: "Budapest", code: "1011", "Budapest / Fő u. 1 / 1011"),
    .init("RO", ["Str. X 1"], city: "SECTOR1", code: "010101", region: "RO-B", "Str. X 1 / 010101 SECTOR1 / București"),
    .init("RO", ["Str. X 1"], city: "Brașov", code: "500001", region: "BV", "Str. X 1 / 500001 Brașov"),
    .init("BG", ["ул. 1"], city: "София", code: "1000", "ул. 1 / 1000 София"),
    .init("GR", ["Ερμού 1"], city: "Αθήνα", code: "10563", "Ερμού 1 / 105 63 Αθήνα"),
    .init("EL", ["Ermou 1"], city: "Athina", code: "GR-10563", "Ermou 1 / 105 63 Athina"),
    .init("CY", ["Ledra 1"], city: "Nicosia", code: "1010", "Ledra 1 / 1010 Nicosia"),
    .init("MT", ["Triq 1"], city: "Valletta", code: "VLT 1117", "Triq 1 / Valletta VLT 1117"),
    .init("PT", ["Rua 1"], city: "Lisboa", code: "1000001", "Rua 1 / 1000-001 Lisboa"),
    .init("SE", ["Gatan 1"], city: "Stockholm", code: "11455", "Gatan 1 / SE-114 55 Stockholm"),
    .init("SE", ["Gatan 1"], city: "Stockholm", code: "S-114 55", from: "SE", "Gatan 1 / 114 55 Stockholm"),
    .init("FI", ["Katu 1"], city: "Helsinki", code: "00100", "Katu 1 / FI-00100 Helsinki"),
    .init("DK", ["Gade 1"], city: "København K", code: "1050", "Gade 1 / 1050 København K"),
    .init("NO", ["Gate 1"], city: "Oslo", code: "N-0150", "Gate 1 / 0150 Oslo"),
    .init("IS", ["Gata 1"], city: "Reykjavík", code: "101", "Gata 1 / 101 Reykjavík"),
    .init("EE", ["Tänav 1"], city: "Tallinn", code: "10111", "Tänav 1 / 10111 Tallinn"),
    .init("LV", ["Iela 1"], city: "Rīga", code: "1010", from: "LV", "Iela 1 / Rīga, LV-1010"),
    .init("LV", ["Iela 1"], city: "Rīga", code: "LV-1010", "Iela 1 / Rīga, LV-1010"),
    .init("LT", ["Gatvė 1"], city: "Vilnius", code: "01100", "Gatvė 1 / LT-01100 Vilnius"),
    .init("UA", ["вул. Хрещатик, 1"], city: "м. Київ", code: "01001", "вул. Хрещатик, 1 / м. Київ / 01001"),
    .init("UA", ["Khreshchatyk 1"], city: "Lviv", code: "79000", region: "UA-46", "Khreshchatyk 1 / Lviv / Lviv oblast / 79000"),
    .init("TR", ["Cad. 1"], city: "Beyoğlu", code: "34433", region: "İstanbul", "Cad. 1 / 34433 Beyoğlu/İstanbul"),
    .init("TR", ["Cad. 1"], city: "Ankara", code: "06100", region: "Ankara", "Cad. 1 / 06100 Ankara"),
    .init("ZA", ["1 Long St"], city: "Cape Town", code: "8001", region: "Western Cape", "1 Long St / Cape Town / 8001"),
    .init("IN", ["1 MG Road"], city: "Mumbai", code: "400001", region: "MH", "1 MG Road / Mumbai 400001 / Maharashtra"),
    .init("BR", ["Av. Paulista 1"], city: "São Paulo", code: "01310100", region: "São Paulo", "Av. Paulista 1 / São Paulo-SP / 01310-100"),
    .init("MX", ["Calle 1"], city: "Guadalajara", code: "44100", region: "Jalisco", "Calle 1 / 44100 Guadalajara, Jal."),
    .init("JP", ["1-2-3 Jingumae"], city: "Shibuya-ku", code: "1500001", region: "Tokyo", "1-2-3 Jingumae / Shibuya-ku, Tokyo 150-0001"),
    .init("JP", ["1-2-3 Jingumae"], city: "Shibuya-ku", code: "150-0001", region: "JP-13", "1-2-3 Jingumae / Shibuya-ku, Tokyo 150-0001"),
    .init("JP", ["神宮前1-2-3"], city: "渋谷区", code: "150-0001", region: "東京都", "〒150-0001 / 東京都渋谷区 / 神宮前1-2-3"),
    .init("JP", ["神宮前1-2-3"], city: "渋谷区", code: "〒150-0001", region: "13", "〒150-0001 / 東京都渋谷区 / 神宮前1-2-3"),
    .init("KR", ["Sejong-daero 110"], city: "Seoul", code: "04524", region: "Seoul", "Sejong-daero 110 / Seoul 04524"),
    .init("KR", ["세종대로 110"], city: "중구", code: "04524", region: "서울", "서울특별시 중구 / 세종대로 110 / 04524"),
    .init("CN", ["1 Chang'an Ave"], city: "Beijing", code: "100000", region: "Beijing Shi", "1 Chang'an Ave / Beijing / 100000"),
    .init("CN", ["长安街1号"], city: "东城区", code: "100000", region: "北京市", "100000 / 北京市东城区 / 长安街1号"),
    .init("SG", ["1 Raffles Place"], code: "048616", "1 Raffles Place / Singapore 048616"),
    .init("HK", ["1 Nathan Rd"], city: "Tsim Sha Tsui", region: "Kowloon", "1 Nathan Rd / Tsim Sha Tsui / Kowloon"),
    .init("AE", ["1 Sheikh Zayed Rd"], city: "Dubai", region: "Dubai", "1 Sheikh Zayed Rd / Dubai"),
    .init("GG", ["1 Quay"], city: "St Peter Port", code: "GY11AA", "1 Quay / St Peter Port / GY1 1AA"),
    .init("AD", ["Av. 1"], city: "Andorra la Vella", code: "AD500", "Av. 1 / AD500 Andorra la Vella"),
    .init("XK", ["Rruga 1"], city: "Prishtinë", code: "10000", "Rruga 1 / 10000 Prishtinë"),
  ]

  @Test(arguments: countries) func everyCountryHasItsOrder(_ test: AddressCase) {
    #expect(test.address.lines(from: test.from) == test.lines.split(separator: " / ").map(String.init))
  }

  static let incomplete: [AddressCase] = [
    .init("US", ["1 Main St"], code: "97204", region: "OR", "1 Main St / OR 97204"),
    .init("US", ["1 Main St"], city: "Portland", region: "OR", "1 Main St / Portland, OR"),
    .init("US", ["1 Main St"], city: "Portland", code: "97204", "1 Main St / Portland 97204"),
    .init("US", region: "OR", "OR"),
    .init("US", ["1 Main St, Portland, OR 97204"], "1 Main St, Portland, OR 97204"),
    .init("DE", region: "Bayern", "Bayern"),
    .init("DE", ["Hauptstr. 1"], "Hauptstr. 1"),
    .init("DE", code: "10115", "10115"),
    .init("DE", city: "Berlin", "Berlin"),
    .init("DE", ["Hauptstr. 1", "10115 Berlin"], city: "Berlin", code: "10115", "Hauptstr. 1 / 10115 Berlin"),
    .init("DE", ["Hauptstr. 1", "Hinterhaus", "berlin"], city: "Berlin", code: "10115", "Hauptstr. 1 / Hinterhaus / 10115 Berlin"),
    .init("DE", ["Hauptstr. 1", "Hauptstr. 1"], city: "Berlin", code: "10115", "Hauptstr. 1 / 10115 Berlin"),
    .init("DE", ["  Hauptstr. 1 ", " ", ""], city: " Berlin", code: " ", "Hauptstr. 1 / Berlin"),
    .init("de", ["Hauptstr. 1"], city: "Berlin", code: "10115", from: "DE", "Hauptstr. 1 / 10115 Berlin"),
    .init("ch", ["Weg 1"], city: "Bern", code: "3000", from: "ch", "Weg 1 / 3000 Bern"),
    .init("CHE", ["Weg 1"], city: "Bern", code: "3000", from: "CH", "Weg 1 / 3000 Bern"),
    .init("ZZ", ["Weg 1"], city: "Bern", code: "3000", region: "BE", "Weg 1 / 3000 Bern / BE"),
    .init(nil, ["Weg 1"], city: "Bern", code: "3000", region: "BE", "Weg 1 / 3000 Bern / BE"),
    .init("Schweiz", ["Weg 1"], city: "Bern", code: "CH-3000", "Weg 1 / CH-3000 Bern"),
    .init("CH", ["Weg 1"], city: "Bern", code: "3000", from: "", "Weg 1 / CH-3000 Bern"),
    .init(nil, [], ""),
    .init("DE", ["Hauptstr. 1"], city: "Berlin", code: "W-1000", "Hauptstr. 1 / W-1000 Berlin"),
    .init("GB", ["1 High St"], city: "London", code: "none", "1 High St / London / NONE"),
  ]

  @Test(arguments: incomplete) func partsThatAreMissingOrDoubled(_ test: AddressCase) {
    #expect(test.address.lines(from: test.from) == test.lines.split(separator: " / ").map(String.init))
  }

  static let whole: [AddressCase] = [
    .init("US", ["1 Main St"], city: "Portland", code: "97204", region: "Oregon", "1 Main St / Portland, Oregon 97204"),
    .init("US", ["1 Main St"], city: "Portland", code: "97204", region: "US-OR", "1 Main St / Portland, OR 97204"),
    .init("DE", ["Hauptstr. 1"], city: "Berlin", code: "D-10115", region: "Brandenburg", "Hauptstr. 1 / D-10115 Berlin / Brandenburg"),
    .init("DE", ["Hauptstr. 1"], city: "Berlin", code: "10115", region: "Berlin", "Hauptstr. 1 / 10115 Berlin"),
    .init(
      "GB", ["9 Shore Rd"], city: "Sheffield", code: "s91xx", region: "South Yorkshire", "9 Shore Rd / Sheffield / s91xx / South Yorkshire"),
    .init("CH", ["Weg 1"], city: "Bern", code: "3000", region: "BE", "Weg 1 / 3000 Bern / BE"),
    .init("IE", ["4 Quay"], city: "Dublin 2", code: "D02 X285", region: "Co. Dublin", "4 Quay / Dublin 2 / Co. Dublin / D02 X285"),
    .init("SG", ["1 Raffles Place"], code: "048616", "1 Raffles Place / 048616"),
  ]

  @Test(arguments: whole) func forAReaderEveryPartIsAsGiven(_ test: AddressCase) {
    #expect(test.address.lines(.full, from: test.from) == test.lines.split(separator: " / ").map(String.init))
  }
}
