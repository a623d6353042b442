// swift-tools-version: 6.1
import PackageDescription

/// Every target: no C type through a public API by accident, `any` written out, members only from imported modules.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "billfold",
  targets: [
    .target(name: "Geometry", swiftSettings: settings),
    .target(name: "Diagnostics", swiftSettings: settings),
    .target(name: "Money", swiftSettings: settings),
    .target(name: "Dates", swiftSettings: settings),
    .target(name: "Layout", dependencies: ["Geometry", "Diagnostics"], swiftSettings: settings),
  ]
)
