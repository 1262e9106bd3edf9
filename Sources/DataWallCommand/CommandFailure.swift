import DataWallKit

/// Why the command ends early: a sentence and a status.
struct CommandFailure: Error {
    /// The lines to print; empty if nobody would read them.
    var lines: [String]
    var status: ExitStatus

    init(_ message: String, status: ExitStatus) {
        lines = [message]
        self.status = status
    }

    /// An end without a message.
    static func quiet(_ status: ExitStatus) -> CommandFailure {
        var failure = CommandFailure("", status: status)
        failure.lines = []
        return failure
    }

    /// The failure of the command for an error of the libraries, or `nil` for one of the argument parser's own.
    init?(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as CorpusError: self.init("\(error)", status: Self.status(of: error))
        case let error as SampleError:
            if case .cannotCompress = error {
                self.init("\(error)", status: .usage)
            } else {
                self.init("\(error)", status: .cannotWrite)
            }
        case let error as RunError: self.init("\(error)", status: Self.status(of: error))
        case let error as ReportFileError: self.init("\(error)", status: .unusableData)
        case let error as AuditFileError: self.init("\(error)", status: .unusableData)
        case let error as TokenCountingError: self.init("\(error)", status: Self.status(of: error))
        case let error as LawError: self.init("\(error)", status: Self.status(of: error))
        case let error as FittingError: self.init("\(error)", status: Self.status(of: error))
        case let error as LawFileError:
            self.init("\(error)", status: error.isInputMissing ? .noInput : .unusableData)
            // The formula and the mark under its fault are separate lines.
            if error.place == "formula" { lines = "\(error)".split(separator: "\n").map(String.init) }
        case let failure as InputFailure:
            let status = failure.cause.flatMap { CommandFailure($0)?.status } ?? .unusableData
            self.init("\(failure)", status: failure.isInputMissing ? .noInput : status)
        case let error as RequestError: self.init("\(error)", status: .usage)
        case let shortfall as Shortfall:
            self.init("\(shortfall)", status: shortfall.isInputMissing ? .noInput : .damaged)
        case .missing(let quantity, _) as PlanningError:
            self.init("\(error) (\(Self.flags(for: quantity)))", status: .usage)
        case let error as PlanningError: self.init("\(error)", status: Self.status(of: error))
        case let failure as BenchmarkSets.Failure: self.init("\(failure)", status: .unusableData)
        case let error as DesignError: self.init("\(error)", status: Self.status(of: error))
        case let error as MixtureError: self.init("\(error)", status: Self.status(of: error))
        default: return nil
        }
    }

    /// The flags that give a quantity.
    private static func flags(for quantity: PlanningQuantity) -> String {
        switch quantity {
        case .targetLoss: "--target-loss"
        case .inferenceTokens: "--inference-tokens, or --requests-per-day, --tokens-per-request and --months"
        case .trainingPrice: "--gpu, --mfu and --dollars-per-gpu-hour"
        case .servingPrice: "--serving-mfu, with --gpu and --dollars-per-gpu-hour or those of serving"
        case .costWeight: "--cost-weight"
        }
    }

    private static func status(of error: PlanningError) -> ExitStatus {
        switch error {
        case .infeasible: .infeasible
        case .law(let error): status(of: error)
        case .mixture(let error): status(of: error)
        case .unusableQuantity, .missing, .unbounded, .contradiction, .incomplete, .unsuitableLaw: .usage
        }
    }

    private static func status(of error: DesignError) -> ExitStatus {
        switch error {
        case .unusable: .usage
        case .tooSmall: .infeasible
        case .fitting(let error): status(of: error)
        case .law(let error): status(of: error)
        }
    }

    private static func status(of error: MixtureError) -> ExitStatus {
        switch error {
        case .infeasible: .infeasible
        case .law(let error): status(of: error)
        case .unusableQuantity, .contradiction: .usage
        }
    }

    private static func status(of error: TokenCountingError) -> ExitStatus {
        switch error {
        case .unusableByteRatio, .unknownTokenizer: .usage
        case .unreadableFile: .noInput
        case .unusableVocabulary, .unsupportedTokenizer: .unusableData
        }
    }

    private static func status(of error: LawError) -> ExitStatus {
        switch error {
        case .unknownName, .unusableQuantity, .unknownCoefficient, .missingFeature: .usage
        default: .unusableData
        }
    }

    private static func status(of error: FittingError) -> ExitStatus {
        switch error {
        case .unknownColumn, .unusableExpression, .unusableOption, .unknownName, .law(.unknownCoefficient): .usage
        default: .unusableData
        }
    }

    private static func status(of error: CorpusError) -> ExitStatus {
        switch error {
        case .unknownTokenWidth, .unsuitableTokens, .unusableFieldPath, .unusableQualityMap, .repeatedShard,
            .unsuitableStream, .unusableOpenCommand, .unusableCondition:
            .usage
        case .brokenShard, .unusableManifest, .unusableListing, .unusableDeclaration, .contestedShard, .tooManySources,
            .tooManyOrigins,
            .emptySample:
            .unusableData
        case .noInput(let problems): problems.contains { $0.kind == .unreadFormat } ? .unusableData : .noInput
        case .outOfMemory: .machineFailed
        case .damaged(let problem):
            [.missingInput, .unreadableInput, .noShards].contains(problem.kind) ? .noInput : .damaged
        }
    }

    private static func status(of error: RunError) -> ExitStatus {
        switch error {
        case .cannotWrite, .foreignFolder: .cannotWrite
        case .machineFailed: .machineFailed
        case .unusableOption, .missingManifest: .usage
        case .cannotRead, .missing, .noRuns: .noInput
        case .inUse: .stateInUse
        case .damaged, .otherVersion, .differentOptions, .doubledShard, .doubledFile, .unfinished, .missingTasks,
            .otherWork,
            .unsuitable:
            .unusableData
        }
    }
}
