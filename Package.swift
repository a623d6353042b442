// swift-tools-version: 6.2
import PackageDescription

/// Whether a warning ends the build, in targets of our own and not in packages from outside: in continuous integration only, since the next
/// toolchain may warn of what this one does not.
let isStrict = Context.environment["CI"] == "true"

/// Every Swift target: no C type through a public API by accident, `any` written out, members only from imported modules.
let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

/// The modules that take what time a bill takes.
let onEveryBillsWay: Set<String> = [
  "Barcodes", "Billing", "Cairo", "Composition", "Encodings", "Formats", "Geometry", "JSON", "Layout", "LayoutLanguage", "Money",
  "Painting",
  "Typography", "Vocabulary",
]

/// Settings of a target beside those of all.
///
/// Tests spend most of their time making bills: with `BILLFOLD_OPTIMIZED=true`, as `Scripts/test` has it, the modules on a bill's way are
/// optimised in builds for debugging, too. So are the figures of `Scripts/bench --guard`, which counts what that build does.
///
/// The modules on every bill's way check at run time that no two accesses to an object overlap in builds for debugging only, which all tests
/// run in: each check costs as much as the access.
func ownSettings(_ name: String) -> [SwiftSetting] {
  let isHot = ["Cairo", "Composition", "Layout", "LayoutLanguage", "Painting", "Typography"].contains(name)
  let isOptimized = Context.environment["BILLFOLD_OPTIMIZED"] == "true" && onEveryBillsWay.contains(name)
  return (isOptimized ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : [])
    + (isHot ? [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))] : [])
}

/// Every C target of our own.
let cSettings: [CSetting] = [.enableWarning("all"), .enableWarning("extra")] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

/// A target of our own in `Sources/NAME`; arrows in `dependencies` only go up this file.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings + ownSettings(name))
}

/// Tests in `Tests/NAME`; all of them see `TestSupport`.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude, swiftSettings: settings)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

/// Packages that only other packages use, named so that their versions are pinned, too. SwiftPM warns of a package none of whose products is
/// used, so they are, on no platform: nothing more is built or linked.
let broughtAlong: [Target.Dependency] = [
  ("SwiftASN1", "swift-asn1"), ("Atomics", "swift-atomics"), ("DequeModule", "swift-collections"), ("SystemPackage", "swift-system"),
].map { .product(name: $0.0, package: $0.1, condition: .when(platforms: [])) }

let package = Package(
  name: "billfold",
  products: [.executable(name: "billfold", targets: ["billfold"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    // What these bring along; see `broughtAlong`.
    .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-atomics", exact: "1.3.0"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
  ],
  targets: [
    // C libraries behind thin targets. Curl, GMime, librsvg, qpdf and libzip are loaded by the first call of them, and so not linked.
    .systemLibrary(name: "CCairo", pkgConfig: "cairo-pdf cairo-svg cairo-ft freetype2", providers: [.apt(["libcairo2-dev"])]),
    .target(name: "CCmark", cSettings: cSettings, linkerSettings: [.linkedLibrary("cmark-gfm"), .linkedLibrary("cmark-gfm-extensions")]),
    .systemLibrary(name: "CHarfBuzz", pkgConfig: "harfbuzz", providers: [.apt(["libharfbuzz-dev"])]),
    .systemLibrary(name: "CHyphen", providers: [.apt(["libhyphen-dev"])]),
    .target(name: "CRsvg", cSettings: cSettings),
    .systemLibrary(name: "CZint", providers: [.apt(["libzint-dev"])]),
    .target(name: "CCurl", cSettings: cSettings),
    .target(name: "CGMime", cSettings: cSettings),
    .target(name: "CICU", cSettings: cSettings, linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .target(name: "CJPEG", cSettings: cSettings, linkerSettings: [.linkedLibrary("jpeg")]),
    // tcmalloc takes the place of the C library's allocator in every program linked: layout and painting live of small objects.
    .target(name: "CLinux", cSettings: cSettings, linkerSettings: [.linkedLibrary("tcmalloc_minimal")]),
    .systemLibrary(name: "CQPDF", providers: [.apt(["libqpdf-dev"])]),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),

    // Values, and the plain tools everything else is made with.
    module("Encodings"),
    module("Digests", ["Encodings", crypto]),
    module("Geometry", ["Encodings"]),
    module("Vocabulary", ["Geometry"]),
    module("Diagnostics"),
    module("FindingCodes"),
    module("Money"),
    module("Dates"),
    module("Languages"),
    module("JSON", ["Diagnostics", "Money"]),
    module("Files", ["CLinux"]),
    module("Tables", ["Files"]),
    module("Consents", ["Dates", "Diagnostics", "JSON"]),
    module("Recognition"),
    module("PostalAddresses", ["JSON"], resources: [.embedInCode("Resources/address-rules.json")]),
    module("MailAddresses", ["CICU", "Encodings"]),
    module("Formats", ["CICU", "Dates", "Diagnostics", "Languages", "Money", "Vocabulary"]),

    // Data, campaign, layout language.
    module(
      "Billing", ["Dates", "Diagnostics", "Encodings", "JSON", "Languages", "Money"],
      resources: [.embedInCode("Resources/bill-record-1.schema.json")]),
    module("ConfigurationFiles", ["Dates", "Diagnostics", "Yams"]),
    module(
      "Jurisdictions", ["Billing", "ConfigurationFiles", "Dates", "Diagnostics", "Digests", "Files", "Money"],
      resources: ["AT", "EU", "GB", "US", "US-NY", "US-PA", "every-campaign"].map { .embedInCode("Resources/\($0).yaml") }),
    module(
      "EInvoice",
      [
        "Billing", "CICU", "CQPDF", "CZip", "CZlib", "Dates", "Diagnostics", "Digests", "JSON", "Languages", "Money", "PostalAddresses",
        "Recognition",
      ]),
    module(
      "Campaigns",
      [
        "Billing", "CCmark", "ConfigurationFiles", "Consents", "Dates", "Diagnostics", "Digests", "Encodings", "Files", "JSON",
        "Languages", "MailAddresses", "Money", crypto,
      ]),
    module("Sampling", ["Billing", "ConfigurationFiles", "Dates", "Diagnostics", "Files", "JSON", "Languages", "Money"]),
    module(
      "PostalProfiles", ["ConfigurationFiles", "Dates", "Diagnostics", "Geometry"],
      resources: ["deutsche-post", "usps"].map { .embedInCode("Resources/\($0).yaml") }),
    module(
      "LayoutLanguage",
      [
        "ConfigurationFiles", "Dates", "Diagnostics", "Files", "Geometry", "Languages", "Money", "PostalAddresses", "PostalProfiles",
        "Vocabulary", "Yams",
      ]),

    // Layout engine, fonts, painting.
    module("Layout", ["Diagnostics", "Geometry", "Vocabulary"]),
    module("Cairo", ["CCairo", "CPNG", "Encodings", "Geometry"]),
    module("Typography", ["CHarfBuzz", "CHyphen", "CICU", "Diagnostics", "Files", "Geometry", "Layout", "Vocabulary"]),
    module("Imaging", ["CJPEG", "CRsvg", "Cairo", "Diagnostics", "Geometry"]),
    module("Barcodes", ["CZint", "Diagnostics", "Geometry", "Layout", "Vocabulary"]),
    module("Painting", ["Cairo", "Diagnostics", "Geometry", "Imaging", "Layout"]),

    // Messages, and the way to a server.
    module("Mail", ["CGMime", "Dates", "Encodings", "MailAddresses"]),
    module("MailTransport", ["CCurl", "MailAddresses"]),

    // What parent, worker and preview say to each other.
    module("Contract", ["Billing", "Consents", "Dates", "Diagnostics", "JSON", "Money"]),
    module("Reporting", ["CLinux", "Diagnostics"]),
    module("WorkerLink", ["CLinux", "Contract", "Files", "Money"]),
    module(
      "Intake",
      ["Billing", "CLinux", "Contract", "Diagnostics", "Digests", "Encodings", "Files", "Languages", "Recognition", "WorkerLink", crypto]),
    module("FileReading", ["Billing", "Contract", "Diagnostics", "EInvoice", "Files", "Intake", "Languages", "WorkerLink"]),

    // What lasts from run to run.
    module(
      "Ledger",
      [
        "Consents", "Contract", "Dates", "Diagnostics", "Encodings", "Files", "JSON", "Jurisdictions", "Tables",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),

    // From a bill to its pieces.
    module(
      "Composition",
      [
        "Barcodes", "Billing", "Campaigns", "Consents", "Dates", "Diagnostics", "Encodings", "Formats", "Geometry", "Imaging", "JSON",
        "Languages",
        "Layout", "LayoutLanguage", "Money", "Vocabulary",
      ]),
    module(
      "CampaignLint",
      [
        "Campaigns", "Composition", "ConfigurationFiles", "Dates", "Diagnostics", "Formats", "Jurisdictions", "Languages",
        "LayoutLanguage", "MailAddresses", "Money", "Vocabulary",
      ], resources: [.embedInCode("Resources/languages.yaml")]),
    module(
      "Billmaking",
      [
        "Barcodes", "Billing", "Cairo", "CampaignLint", "Campaigns", "Composition", "Consents", "Contract", "Dates", "Diagnostics",
        "Digests", "Encodings",
        "Files",
        "Formats", "Geometry", "Imaging", "JSON", "Jurisdictions", "Languages", "Layout", "LayoutLanguage", "Mail", "MailAddresses",
        "Money",
        "Painting", "Reporting", "Sampling",
        "Typography", "Vocabulary", crypto,
      ]),

    // The cycle, and the preview.
    module(
      "Pipeline",
      [
        "Billing", "CLinux", "CZlib", "Consents", "Contract", "Dates", "Diagnostics", "Digests", "Encodings", "Files", "Intake", "JSON",
        "Languages", "Ledger", "Mail", "MailAddresses", "MailTransport", "Money", "PostalProfiles", "Reporting", "Tables", "WorkerLink",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    module(
      "Preview",
      [
        "Billing", "CLinux", "Consents", "Contract", "Dates", "Diagnostics", "Encodings", "Files", "Intake", "JSON", "Languages", "Ledger",
        "Money",
        "Reporting",
        "WorkerLink", .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      resources: ["index.html", "preview.css", "preview.js", "server.js", "pages.js", "lists.js", "message.js", "zones.js", "icon.svg"].map
      {
        .embedInCode("Resources/\($0)")
      }),

    // The command line.
    module(
      "Commands",
      [
        "Billmaking", "Campaigns", "Contract", "Dates", "Diagnostics", "FileReading", "Files", "FindingCodes", "Jurisdictions", "Languages",
        "LayoutLanguage", "Ledger", "MailTransport",
        "Pipeline", "Preview", "Reporting", "Sampling", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "billfold", dependencies: ["Billmaking", "Commands", "Contract", "Diagnostics"] + broughtAlong, swiftSettings: settings),
    .executableTarget(
      name: "billfold-bench",
      dependencies: [
        "Billing", "Billmaking", "Contract", "Diagnostics", "Encodings", "Files", "Geometry", "Layout", "Painting", "Reporting",
      ],
      path: "Sources/Benchmarks", swiftSettings: settings),

    // Tests.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .executableTarget(
      name: "pipeline-probe", dependencies: ["Billing", "Commands", "Contract", "Diagnostics", "JSON", "Languages"],
      path: "Tests/PipelineTests/Probe", swiftSettings: settings),
    .executableTarget(
      name: "billfold-mutations",
      dependencies: [
        "Billing", "Billmaking", "Cairo", "Campaigns", "Contract", "Diagnostics", "EInvoice", "Formats", "Geometry", "Imaging", "JSON",
        "Layout",
        "LayoutLanguage", "Pipeline", "Sampling", "Typography",
      ], path: "Tests/MutationTests/Program", swiftSettings: settings),
    tests("MutationTests", ["billfold-mutations"], exclude: ["Program"]),
    tests("ArchitectureTests", []),
    tests("ProgramTests", ["Campaigns", "Diagnostics", "Files", "WorkerLink", "billfold"]),
    tests("LanguagesTests", ["Languages"]),
    tests("TablesTests", ["Files", "Tables"]),
    tests("ConsentsTests", ["Consents", "Dates", "Diagnostics"]),
    tests("JurisdictionsTests", ["Billing", "Diagnostics", "Jurisdictions", "Reporting"]),
    tests(
      "LedgerTests",
      [
        "Consents", "Contract", "Dates", "Diagnostics", "Files", "JSON", "Jurisdictions", "Ledger", "Reporting", "billfold",
        .product(name: "GRDB", package: "GRDB.swift"),
      ], exclude: ["Check"]),
    tests(
      "CampaignLintTests",
      ["Billing", "Billmaking", "CampaignLint", "Contract", "Dates", "Diagnostics", "Formats", "Languages", "Money", "Vocabulary"]),
    tests("MailAddressesTests", ["MailAddresses"]),
    tests("MailTests", ["Dates", "Mail", "MailAddresses"], exclude: ["Check"]),
    tests("MailTransportTests", ["MailTransport"]),
    tests("PostalAddressesTests", ["PostalAddresses"]),
    tests("FormatsTests", ["CICU", "Dates", "Diagnostics", "Formats", "Money", "Vocabulary"]),
    tests("BillingTests", ["Billing", "Dates", "Diagnostics", "JSON", "Languages", "Money"]),
    tests("ConfigurationFilesTests", ["ConfigurationFiles", "Dates", "Diagnostics", "Files"]),
    tests(
      "CampaignsTests",
      ["Billing", "Campaigns", "ConfigurationFiles", "Consents", "Dates", "Diagnostics", "Languages", "Money", "Reporting"]),
    tests("PreviewTests", ["Billing", "Contract", "Diagnostics", "Preview", "WorkerLink", "billfold"], exclude: ["Browser"]),
    tests("SamplingTests", ["Billing", "Dates", "Diagnostics", "JSON", "Languages", "Money", "Sampling"]),
    tests(
      "LayoutLanguageTests", ["Dates", "Diagnostics", "Geometry", "LayoutLanguage", "Money", "Reporting", "Vocabulary"],
      exclude: ["Gallery"]),
    tests("PostalProfilesTests", ["Dates", "Diagnostics", "Geometry", "PostalProfiles"]),
    tests("LayoutTests", ["Diagnostics", "Geometry", "Layout", "Vocabulary"]),
    tests("CairoTests", ["CCairo", "Cairo", "Geometry"]),
    tests("TypographyTests", ["CICU", "Diagnostics", "Geometry", "Layout", "Typography", "Vocabulary"]),
    tests("ImagingTests", ["Cairo", "Diagnostics", "Geometry", "Imaging"], exclude: ["Fixtures"]),
    tests("BarcodesTests", ["Barcodes", "Diagnostics", "Geometry", "Layout", "Vocabulary"]),
    tests("PaintingTests", ["Barcodes", "Cairo", "Diagnostics", "Geometry", "Imaging", "Layout", "Painting", "Vocabulary"]),
    tests(
      "DesignerTests",
      [
        "Billing", "Billmaking", "Campaigns", "Commands", "Contract", "Diagnostics", "FindingCodes", "Geometry", "JSON", "Languages",
        "Layout", "LayoutLanguage", "Painting", "Reporting",
      ], exclude: ["Newcomer"]),
    tests("GalleryTests", ["Billing", "Billmaking", "Contract", "Diagnostics", "Reporting"], exclude: ["Cases", "README.md", "Shared"]),
    tests(
      "PipelineTests",
      [
        "Billing", "Consents", "Contract", "Dates", "Diagnostics", "Intake", "JSON", "Languages", "Ledger", "Money", "Pipeline",
        "Reporting",
        "WorkerLink", "billfold", "pipeline-probe",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Probe"]),
    tests(
      "SendTests",
      [
        "CCurl", "Consents", "Contract", "Dates", "Diagnostics", "Ledger", "MailAddresses", "MailTransport", "Pipeline", "billfold",
        "pipeline-probe", .product(name: "GRDB", package: "GRDB.swift"),
      ], exclude: ["Server"]),
    tests("EInvoiceTests", ["Billing", "CZlib", "Dates", "Diagnostics", "EInvoice", "JSON", "Languages", "Money", "Recognition"]),
    tests(
      "EInvoicePageTests", ["Billing", "Billmaking", "ConfigurationFiles", "Contract", "Diagnostics", "EInvoice", "Languages"],
      exclude: ["Check", "CodeLists"]),
    tests("PageDesignTests", ["billfold"], exclude: ["Check"]),
    tests(
      "BillmakingTests",
      [
        "Billing", "Billmaking", "Campaigns", "Composition", "Contract", "Dates", "Diagnostics", "Digests", "Geometry", "Languages",
        "Layout",
        "LayoutLanguage", "Money", "Painting",
      ], exclude: ["Traces"]),
  ]
)
