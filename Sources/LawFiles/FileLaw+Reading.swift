public import ScalingLaws

extension FileLaw {
    /// The name of the format, as it is in a file.
    package static let formatName = "datawall-law"

    /// The version of law files that this module reads and writes.
    public static let version = 1

    /// Reads and checks a law file.
    ///
    /// It checks the card against itself and the formula, every coefficient against its bounds, and the formula at its
    /// starting point.
    ///
    /// - Parameters:
    ///   - bytes: The file's content, JSON in UTF-8.
    ///   - forms: The laws that `form` may name.
    ///   - file: The file's name in messages.
    /// - Throws: ``LawFileError`` with the place in the file.
    /// - Complexity: O(*n*) in the bytes.
    public init(
        parsing bytes: [UInt8], forms: Registry<any ScalingLaw>, file: String = "law file"
    ) throws(LawFileError) {
        self = try LawFileReader(file: file, forms: forms).law(bytes)
    }
}
