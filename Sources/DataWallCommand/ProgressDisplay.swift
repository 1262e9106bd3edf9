import DataWallKit
import Foundation

/// Shows how far a scan has come on standard error: a line that renews itself on a terminal, else one now and then.
struct ProgressDisplay: Sendable {
    private let progress: ScanProgress
    private let isTerminal = isatty(2) == 1

    init(_ progress: ScanProgress) { self.progress = progress }

    /// Runs some work and shows its progress meanwhile.
    func show<Result: Sendable>(_ work: @Sendable @escaping () async throws -> Result) async throws -> Result {
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "progress"))
        let start = ContinuousClock.now
        let every: Double = isTerminal ? 0.5 : 30
        timer.schedule(deadline: .now() + every, repeating: every)
        timer.setEventHandler { print(since: start) }
        timer.activate()
        defer {
            timer.cancel()
            if isTerminal { StandardStream.complain("\r\u{1B}[K") }
        }
        return try await work()
    }

    private func print(since start: ContinuousClock.Instant) {
        let now = progress.snapshot
        guard now.shards > 0 else { return }
        let elapsed = Double((ContinuousClock.now - start).components.seconds)
        let rate = Double(now.bytesRead) / max(elapsed, 1)
        var line =
            "\(now.shardsRead)/\(now.shards) shards, \(Quantity.bytes(now.bytesRead)) of \(Quantity.bytes(now.bytes))"
        line += ", \(Quantity.short(now.documents)) \(now.documents == 1 ? "document" : "documents")"
        if let repeated = now.repeatedShare { line += ", \(Int((repeated * 100).rounded())) % repeated (est.)" }
        if rate > 0 {
            line +=
                ", \(Quantity.bytes(Int(rate)))/s, \(Quantity.duration((Double(now.bytes - now.bytesRead) / rate).rounded())) left"
        }
        StandardStream.complain(isTerminal ? "\r\(line)\u{1B}[K" : "datawall: \(line)\n")
    }
}
