public import OrderedJSON

/// How often each quality bucket of a source is read, as its file states it.
public struct UpsamplingFile: JSONRecord, Sendable, Equatable {
    /// The command line that makes the file again; null if no command made it.
    public var madeBy: String?

    /// The form of the curve over quality.
    public var shape: String = ""

    /// Whether the buckets' tokens are estimates.
    public var isEstimated: Bool = false

    /// The tokens drawn.
    public var tokens: Double = 0.0

    /// The most tokens that the cap allows.
    public var mostTokens: Double = 0.0

    /// The most passes over a bucket.
    public var cap: Double = 0.0

    /// Whether the cap holds the curve back.
    public var isBinding: Bool = false

    /// The share of the tokens that is left out, the worst.
    public var discarded: Double = 0.0

    /// The exponent of the curve.
    public var exponent: Double = 0.0

    /// The rate of the curve's exponential; 0 without one.
    public var rate: Double = 0.0

    /// The buckets, worst first.
    public var buckets: [Bucket] = []

    /// The version of the format this library reads and writes.
    public static let version = 1

    /// The name of the format, as files have it.
    static let formatName = "datawall-upsampling"

    /// The JSON Schema of such files, as `Datasets/schemas` has it.
    package static let schemaFile = schemaFile(
        of: "datawall-upsampling-1", title: "datawall upsampling file, version 1",
        summary: "How often each quality bucket of a source is read, worst first.")

    package static let blank = UpsamplingFile()

    package static let fields: [JSONField<UpsamplingFile>] = [
        .init("format", constant: .string(formatName)),
        .init("version", constant: .integer(version)),
        .init("made_by", \.madeBy, "The command line that makes the file again; null where none did."),
        .init("shape", \.shape, "The form of the curve over quality."),
        .init("estimated_tokens", \.isEstimated, "Whether the buckets' tokens are estimates."),
        .init("tokens", \.tokens, "The tokens drawn."),
        .init("most_tokens", \.mostTokens, "The most tokens that the cap allows."),
        .init("cap", \.cap, "The most passes over a bucket."),
        .init("binding", \.isBinding, "Whether the cap holds the curve back."),
        .init("discarded", \.discarded, "The share of the tokens that is left out, the worst."),
        .init("exponent", \.exponent, "The exponent of the curve."),
        .init("rate", \.rate, "The rate of the curve's exponential; 0 without one."),
        .init("buckets", \.buckets, "The buckets, worst first."),
    ]

    /// An empty record.
    init() {}

    /// Reads a file that has been parsed.
    ///
    /// - Parameter json: The file's value.
    /// - Throws: ``ReportFileError`` with the key that cannot be used.
    public init(_ json: JSONValue) throws(ReportFileError) {
        try self.init(file: json, format: Self.formatName, version: Self.version)
    }

    /// The value of the file; write it with `fileText()`.
    public var json: JSONValue { object }
}

extension UpsamplingFile {
    /// A bucket of quality.
    public struct Bucket: JSONRecord, Sendable, Equatable {
        /// Its name.
        public var name: String = ""

        /// Its tokens.
        public var tokens: Double = 0.0

        /// Passes over it.
        public var factor: Double = 0.0

        /// The tokens drawn from it.
        public var drawn: Double = 0.0

        package static let blank = Bucket()

        package static let fields: [JSONField<Bucket>] = [
            .init("bucket", \.name, "Its name."),
            .init("tokens", \.tokens, "Its tokens."),
            .init("factor", \.factor, "Passes over it."),
            .init("drawn", \.drawn, "The tokens drawn from it."),
        ]

        /// An empty record.
        init() {}
    }
}
