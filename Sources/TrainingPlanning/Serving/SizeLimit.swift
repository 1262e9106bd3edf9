import Quantities

/// The most parameters that something about serving allows, with its reason.
public struct SizeLimit: Sendable, Hashable {
    /// A short name for programs, in `snake_case`.
    public package(set) var code: String

    /// The most parameters.
    public package(set) var parameters: Double

    /// The origin of the limit, as a clause.
    public package(set) var reason: String

    /// A limit before its fields are read from a file.
    package static let blank = SizeLimit(code: "", parameters: 1, reason: "")

    private init(code: String, parameters: Double, reason: String) {
        self.code = code
        self.parameters = parameters
        self.reason = reason
    }

    /// The most parameters whose weights fit the memory of the devices that serve one copy of the model.
    ///
    /// devices × memory × share / bytes per parameter.
    ///
    /// - Parameters:
    ///   - devices: Devices that one copy is spread over.
    ///   - bytesEach: Memory of one, in bytes.
    ///   - bytesPerParameter: Bytes that a weight takes: 2 in BF16, 1 in FP8, 0.5 at four bits.
    ///   - share: The share of the memory that is left for weights, above 0 and at most 1; caches take the rest.
    /// - Returns: The limit.
    /// - Throws: A ``PlanningError`` for a quantity out of range.
    public static func memory(
        devices: Double, bytesEach: Double, bytesPerParameter: Double, share: Double = 1
    ) throws(PlanningError) -> SizeLimit {
        try checkDevices(devices)
        try PlanningError.check(bytesEach, "the memory of a serving device in bytes")
        try checkBytesPerParameter(bytesPerParameter)
        guard share > 0, share <= 1 else {
            throw .unusableQuantity(
                "the share of memory for weights", value: share, expected: "above 0 and at most 1")
        }
        let bytes = devices * bytesEach * share
        return SizeLimit(
            code: "serving_memory", parameters: bytes / bytesPerParameter,
            reason: "the \(Quantity.rounded(bytes / 1e9, digits: 4)) GB that serving leaves for weights at "
                + "\(Quantity.rounded(bytesPerParameter)) bytes a parameter")
    }

    /// The most parameters whose weights can be read once within the time for a token.
    ///
    /// time × devices × bandwidth / bytes per parameter: generating a token for a single request reads every weight,
    /// and reading takes longer than multiplying (Pope et al. 2022, arXiv:2211.05102). This is a lower bound of the
    /// time for a token; caches, communication and launches add to it.
    ///
    /// - Parameters:
    ///   - secondsPerToken: The time for a generated token, in seconds.
    ///   - devices: The number of devices for one copy of the model.
    ///   - bandwidthEach: The memory bandwidth of one device, in bytes per second.
    ///   - bytesPerParameter: The bytes of one weight.
    /// - Returns: The limit.
    /// - Throws: A ``PlanningError`` for a quantity out of range.
    public static func latency(
        secondsPerToken: Double, devices: Double, bandwidthEach: Double, bytesPerParameter: Double
    ) throws(PlanningError) -> SizeLimit {
        guard secondsPerToken > 0, secondsPerToken <= 3_600 else {
            throw .unusableQuantity(
                "the time for a token", value: secondsPerToken, expected: "in seconds, above 0 and at most an hour")
        }
        try checkDevices(devices)
        try PlanningError.check(bandwidthEach, "the memory bandwidth of a serving device in bytes a second")
        try checkBytesPerParameter(bytesPerParameter)
        return SizeLimit(
            code: "latency",
            parameters: secondsPerToken * devices * bandwidthEach / bytesPerParameter,
            reason: "the \(Quantity.rounded(secondsPerToken * 1e3, digits: 4)) ms for a token, in which memory "
                + "delivers \(Quantity.rounded(secondsPerToken * devices * bandwidthEach / 1e9, digits: 4)) GB "
                + "of weights at \(Quantity.rounded(bytesPerParameter)) bytes a parameter")
    }

    static func checkDevices(_ devices: Double) throws(PlanningError) {
        guard devices >= 1, devices <= 1e6 else {
            throw .unusableQuantity(
                "the number of serving devices", value: devices, expected: "from 1 to a million")
        }
    }

    static func checkBytesPerParameter(_ bytes: Double) throws(PlanningError) {
        guard bytes > 0, bytes <= 64 else {
            throw .unusableQuantity("the bytes per parameter", value: bytes, expected: "above 0 and at most 64")
        }
    }
}
