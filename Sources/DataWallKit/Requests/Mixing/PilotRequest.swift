import DataWallReports
import LawFitting

/// Pilot runs that a mixture is chosen by.
public struct PilotRequest: Sendable {
    /// The models that can be fitted to pilots.
    public enum Fit: String, Sendable, Hashable, CaseIterable {
        /// A mixing law.
        case mixingLaw = "mixing-law"

        /// The worth of a token of each source, and of repeats.
        case values
    }

    /// The path of the table of runs.
    public var path: String

    /// The weight of each target; empty if all weigh the same.
    ///
    /// If it is not empty, targets that are not named have no weight.
    public var importance: [NamedNumber] = []

    /// The model to fit.
    public var fit = Fit.mixingLaw

    /// Creates a request to fit a mixing law.
    ///
    /// - Parameter path: The path of the table of runs; `-` is standard input.
    public init(path: String) { self.path = path }

    /// The evidence of the pilots.
    func evidence() throws -> PilotEvidence {
        let bytes = try InputFile(path: path).bytes
        let runs = try naming { try MixturePilots(parsing: bytes) }
        let importance = importance.map { item in
            NamedNumber(item.name.hasPrefix("loss_") ? String(item.name.dropFirst(5)) : item.name, item.value)
        }.dictionary
        guard fit == .values else { return .laws(try naming { try PilotAdvice(runs, importance: importance) }) }
        let known = runs.targets.joined(separator: ", ")
        guard runs.targets.count == 1 || importance.count == 1 else {
            throw RequestError("Values are those for one target: name it with --importance, of \(known).")
        }
        for name in importance.keys where !runs.targets.contains(name) {
            throw RequestError("\(path): there is no target '\(name)': there are \(known)")
        }
        let target = importance.keys.first.flatMap { runs.targets.firstIndex(of: $0) } ?? 0
        return .values(try naming { try SourceValueFit(runs, target: target) })
    }

    private func naming<Result>(_ body: () throws -> Result) throws(InputFailure) -> Result {
        try InputFailure.naming(path, body)
    }
}
