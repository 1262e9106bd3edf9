import Foundation
import Synchronization
import TokenCounting

/// A counter whose sessions wait in their first count until a gate opens.
struct WaitingCounter: TokenCounter {
    let gate: Gate
    let identity = TokenizerIdentity(name: "waiting", isCertified: false, isEstimate: false)

    func makeSession() -> any TokenCountingSession { Session(gate: gate) }

    private final class Session: TokenCountingSession {
        let gate: Gate

        init(gate: Gate) { self.gate = gate }

        func count(_ text: Span<UInt8>, unitEnds: Span<Int>, into counts: inout MutableSpan<UInt32>) {
            gate.arrive()
            for index in counts.indices { counts[index] = 1 }
        }
    }
}

/// Lets threads wait for each other.
final class Gate: Sendable {
    private let arrivals = Atomic(0)
    private let isOpen = Atomic(false)

    var arrived: Int { arrivals.load(ordering: .acquiring) }
    func open() { isOpen.store(true, ordering: .releasing) }

    /// Waits until the gate opens, or five minutes: a busy machine runs the other side late.
    func arrive() {
        arrivals.add(1, ordering: .acquiringAndReleasing)
        let end = ContinuousClock.now + .seconds(300)
        while !isOpen.load(ordering: .acquiring), ContinuousClock.now < end { Thread.sleep(forTimeInterval: 0.001) }
    }
}
