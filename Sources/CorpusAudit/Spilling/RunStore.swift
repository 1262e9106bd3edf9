import Synchronization

/// Where runs go: memory, a temporary folder, or a folder that outlives the process.
final class RunStore: Sendable {
    /// What a store does with runs.
    enum Kind: Sendable {
        /// Keeps runs in memory where they may stay, and writes the others to a temporary folder.
        case temporary
        /// Writes every run to a folder that outlives the process.
        case durable(folder: String)
    }

    private struct State {
        var nextRun = 0
        var folder: SpillFolder?
    }

    private let kind: Kind
    /// Whether runs outlive the process.
    var isDurable: Bool {
        if case .durable = kind { true } else { false }
    }

    private let state = Mutex(State())

    init(_ kind: Kind, firstRun: Int = 0) {
        self.kind = kind
        state.withLock { $0.nextRun = firstRun }
    }

    /// A path for a run that is about to be written.
    func newPath() throws(RunError) -> String {
        switch kind {
        case .durable(let folder):
            let number = state.withLock { state in
                state.nextRun += 1
                return state.nextRun
            }
            return "\(folder)/\(Self.name(number)).run"
        case .temporary:
            return try state.withLock { (state) throws(RunError) in
                let folder: SpillFolder
                if let known = state.folder { folder = known } else { folder = try SpillFolder() }
                state.folder = folder
                state.nextRun += 1
                return "\(folder.path)/\(Self.name(state.nextRun)).run"
            }
        }
    }

    /// A number with leading zeros, so that names sort as numbers do.
    static func name(_ number: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
