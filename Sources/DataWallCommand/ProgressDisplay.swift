import DataWallKit
import Foundation

/// Shows how far some work has come on standard error: a line that renews itself on a terminal, else one now and then, or
/// one JSON object a line for a program.
struct ProgressDisplay: Sendable {
    private let form: ProgressForm
    private let isTerminal = isatty(2) == 1
    /// The line for people, without its end; `nil` as long as there is nothing to report.
    private let line: @Sendable (_ seconds: Double) -> String?
    private let event: @Sendable (_ seconds: Double, _ isEnd: Bool) -> JSONValue

    /// Shows a scan.
    init(_ progress: ScanProgress, form: ProgressForm = .text, task: ScanTask = .whole, attempt: Int? = nil) {
        self.form = form
        line = { Self.line(progress.snapshot, seconds: $0) }
        event = { progress.event(task: task, attempt: attempt, seconds: $0, isEnd: $1) }
    }

    /// Shows a merge.
    init(_ progress: MergeProgress, form: ProgressForm, partitions: PartitionRange) {
        self.form = form
        line = { Self.line(progress.snapshot, seconds: $0) }
        event = { progress.event(partitions: partitions, seconds: $0, isEnd: $1) }
    }

    /// Seconds between two events for a program.
    private static let eventInterval = 5.0

    /// Runs some work and shows its progress meanwhile.
    func show<Result: Sendable>(_ work: @Sendable @escaping () async throws -> Result) async throws -> Result {
        guard form != .none else { return try await work() }
        let queue = DispatchQueue(label: "progress")
        let timer = DispatchSource.makeTimerSource(queue: queue)
        let start = ContinuousClock.now
        let every = form == .json ? Self.eventInterval : isTerminal ? 0.5 : 30
        if form == .json { print(since: start) }
        timer.schedule(deadline: .now() + every, repeating: every)
        timer.setEventHandler { print(since: start) }
        timer.activate()
        defer {
            timer.cancel()
            if form == .text, isTerminal { StandardStream.complain("\r\u{1B}[K") }
        }
        let result = try await work()
        timer.cancel()
        // On the queue, so that it comes after a line that the timer may be printing.
        if form == .json { queue.sync { print(since: start, isEnd: true) } }
        return result
    }

    private func print(since start: ContinuousClock.Instant, isEnd: Bool = false) {
        let elapsed = ContinuousClock.now - start
        if form == .json {
            let seconds = (elapsed / .milliseconds(1)).rounded() / 1_000
            StandardStream.complain(event(seconds, isEnd).compactText + "\n")
        } else if let line = line(Double(elapsed.components.seconds)) {
            StandardStream.complain(isTerminal ? "\r\(line)\u{1B}[K" : "datawall: \(line)\n")
        }
    }

    private static func line(_ now: ScanProgress.Snapshot, seconds: Double) -> String? {
        guard now.shards > 0 else { return nil }
        let rate = Double(now.bytesRead) / max(seconds, 1)
        var line =
            "\(now.shardsRead)/\(now.shards) shards, \(Quantity.bytes(now.bytesRead)) of \(Quantity.bytes(now.bytes))"
        line += ", \(Quantity.short(now.documents)) \(now.documents == 1 ? "document" : "documents")"
        if let repeated = now.repeatedShare { line += ", \(Int((repeated * 100).rounded())) % repeated (est.)" }
        if rate > 0 {
            line +=
                ", \(Quantity.bytes(Int(rate)))/s, \(Quantity.duration((Double(now.bytes - now.bytesRead) / rate).rounded())) left"
        }
        return line
    }

    private static func line(_ now: MergeProgress.Snapshot, seconds: Double) -> String? {
        guard now.records > 0 else { return nil }
        let rate = Double(now.recordsCounted) / max(seconds, 1)
        var line = "\(Quantity.short(now.recordsCounted)) of \(Quantity.short(now.records)) records"
        if rate > 0 {
            let left = Double(max(0, now.records - now.recordsCounted)) / rate
            line += ", \(Quantity.short(Int(rate)))/s, \(Quantity.duration(left.rounded())) left"
        }
        return line
    }
}
