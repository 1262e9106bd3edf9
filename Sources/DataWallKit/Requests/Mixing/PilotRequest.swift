import DataWallReports
import LawFitting

/// Pilot runs that a mixture is chosen by.
public struct PilotRequest: Sendable {
    /// What can be fitted to pilots.
    public enum Fit: String, Sendable, Hashable, CaseIterable {
        /// A mixing law.
        case mixingLaw = "mixing-law"

        /// What a token of each source is worth, and repeats.
        case values
    }

    /// The path of the table of runs.
    public var path: String

    /// How much each target matters; empty for all alike.
    ///
    /// Where it is given, targets that are not named do not matter.
    public var importance: [NamedNumber] = []

    /// What is fitted.
    public var fit = Fit.mixingLaw

    /// Creates a request to fit a mixing law.
    ///
    /// - Parameter path: The path of the table of runs; `-` is standard input.
    public init(path: String) { self.path = path }

    /// What the pilots say.
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

    private func naming<Result>(_ body: () throws -> Result) throws(InputError) -> Result {
        try InputError.naming(path, body)
    }
}
