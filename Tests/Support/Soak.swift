import Foundation

/// Whether the long checks run: `DATAWALL_SOAK` is set.
public let isSoak = ProcessInfo.processInfo.environment["DATAWALL_SOAK"] != nil
