// swift-tools-version: 6.1
import PackageDescription

/// Every Swift target: no C type through a public API by accident, `any` written out, members only from imported modules.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A target of our own in `Sources/NAME`; arrows in `dependencies` only go up this file.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "billfold",
  products: [.executable(name: "billfold", targets: ["billfold"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries behind thin targets.
    .systemLibrary(name: "CCairo", pkgConfig: "cairo-pdf cairo-svg cairo-ft freetype2", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
    .systemLibrary(name: "CHarfBuzz", pkgConfig: "harfbuzz", providers: [.apt(["libharfbuzz-dev"])]),
    .systemLibrary(name: "CHyphen", providers: [.apt(["libhyphen-dev"])]),
    .target(name: "CRsvg", linkerSettings: [.linkedLibrary("rsvg-2"), .linkedLibrary("gobject-2.0"), .linkedLibrary("glib-2.0")]),
    .systemLibrary(name: "CZint", providers: [.apt(["libzint-dev"])]),
    .target(name: "CICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CLinux"),
    .systemLibrary(name: "CZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),

    // Values.
    module("Geometry"),
    module("Diagnostics"),
    module("FindingCodes"),
    module("Money"),
    module("Dates"),
    module("Formats", ["CICU", "Dates", "Diagnostics", "Money"]),

    // Data, campaign, layout language.
    module(
      "Billing", ["Dates", "Diagnostics", "Money"], resources: [.embedInCode("Resources/bill-record-1.schema.json")]),
    module("ConfigurationFiles", ["Dates", "Diagnostics", "Yams"]),
    module("Campaigns", ["Billing", "CCmark", "ConfigurationFiles", "Dates", "Diagnostics", "Money", crypto]),
    module("Sampling", ["Billing", "ConfigurationFiles", "Dates", "Diagnostics", "Money"]),
    module("EInvoice", ["Billing", "CZip", "CZlib", "Dates", "Diagnostics", "Money"]),
    module("LayoutLanguage", ["Dates", "Diagnostics", "Geometry", "Money", "Yams"]),

    // Layout engine, fonts, painting.
    module("Layout", ["Diagnostics", "Geometry"]),
    module("Cairo", ["CCairo", "CPNG", "Geometry"]),
    module("Typography", ["CHarfBuzz", "CHyphen", "CICU", "Diagnostics", "Geometry", "Layout"]),
    module("Imaging", ["CJPEG", "CRsvg", "Cairo", "Diagnostics", "Geometry"]),
    module("Barcodes", ["CZint", "Diagnostics", "Geometry", "Layout"]),
    module("Painting", ["Cairo", "Diagnostics", "Geometry", "Imaging", "Layout"]),

    // The cycle.
    module(
      "Pipeline",
      ["Billing", "CLinux", "Dates", "Diagnostics", "EInvoice", "Money", crypto, .product(name: "GRDB", package: "GRDB.swift")]),
    module(
      "Preview",
      [
        "Billing", "CLinux", "Dates", "Diagnostics", "Money", "Pipeline", .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      resources: ["index.html", "preview.css", "preview.js", "server.js", "pages.js", "lists.js", "icon.svg"].map {
        .embedInCode("Resources/\($0)")
      }),
    module(
      "Composition",
      [
        "Barcodes", "Billing", "Cairo", "Campaigns", "Dates", "Diagnostics", "Formats", "Geometry", "Imaging", "Layout", "LayoutLanguage",
        "Money", "Painting", "Pipeline", "Preview", "Sampling", "Typography", crypto,
      ]),
    module(
      "Commands",
      ["Billing", "Dates", "Diagnostics", "Pipeline", "Preview", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    .executableTarget(
      name: "billfold", dependencies: ["Commands", "Composition", "Diagnostics", "Pipeline", "Preview"], swiftSettings: settings),
    .executableTarget(
      name: "billfold-bench",
      dependencies: [
        "Billing", "Cairo", "Composition", "Diagnostics", "Geometry", "Layout", "LayoutLanguage", "Painting", "Pipeline", "Typography",
      ], path: "Sources/Benchmarks", swiftSettings: settings),

    // Tests.
    .executableTarget(
      name: "pipeline-probe", dependencies: ["Billing", "Commands", "Diagnostics", "Pipeline"], path: "Tests/PipelineTests/Probe",
      swiftSettings: settings),
    tests("FormatsTests", ["CICU", "Dates", "Diagnostics", "Formats", "Money"]),
    tests("BillingTests", ["Billing", "Dates", "Diagnostics", "Money"]),
    tests("ConfigurationFilesTests", ["ConfigurationFiles", "Dates", "Diagnostics"]),
    tests("CampaignsTests", ["Billing", "Campaigns", "ConfigurationFiles", "Dates", "Diagnostics", "Money"]),
    tests("PreviewTests", ["Dates", "Diagnostics", "Preview", "billfold"], exclude: ["Browser"]),
    tests("SamplingTests", ["Billing", "Dates", "Diagnostics", "Money", "Sampling"]),
    tests("LayoutLanguageTests", ["Dates", "Diagnostics", "Geometry", "LayoutLanguage", "Money"], exclude: ["Gallery"]),
    tests("LayoutTests", ["Diagnostics", "Geometry", "Layout"]),
    tests("CairoTests", ["Cairo", "Geometry"]),
    tests("TypographyTests", ["CICU", "Diagnostics", "Geometry", "Layout", "Typography"]),
    tests("ImagingTests", ["Cairo", "Diagnostics", "Geometry", "Imaging"], exclude: ["Fixtures"]),
    tests("BarcodesTests", ["Barcodes", "Diagnostics", "Geometry", "Layout"]),
    tests("PaintingTests", ["Barcodes", "Cairo", "Diagnostics", "Geometry", "Imaging", "Layout", "Painting"]),
    tests(
      "DesignerTests",
      [
        "Billing", "Campaigns", "Composition", "Diagnostics", "FindingCodes", "Geometry", "Layout", "LayoutLanguage", "Painting", "Pipeline",
      ],
      exclude: ["Newcomer"]),
    tests(
      "GalleryTests", ["Billing", "Composition", "Diagnostics", "Pipeline"], exclude: ["Cases", "README.md", "Shared"]),
    tests(
      "PipelineTests",
      ["Billing", "Dates", "Diagnostics", "Money", "Pipeline", "pipeline-probe", .product(name: "GRDB", package: "GRDB.swift")],
      exclude: ["Probe"]),
    tests("EInvoiceTests", ["Billing", "CZlib", "Dates", "EInvoice", "Money"]),
    tests("EInvoicePageTests", ["Billing", "Composition", "Diagnostics", "EInvoice", "Pipeline"]),
    tests(
      "CompositionTests",
      [
        "Barcodes", "Billing", "Campaigns", "Composition", "Dates", "Diagnostics", "Geometry", "Layout", "LayoutLanguage", "Money", "Painting",
        "Pipeline",
      ], exclude: ["Traces"]),
  ]
)
