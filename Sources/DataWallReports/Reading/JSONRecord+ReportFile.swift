import OrderedJSON

extension JSONRecord {
    /// Reads the record of a file, after its format and version were found to be known.
    init(file bytes: [UInt8], format: String, version: Int) throws(ReportFileError) {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .notJSON(error)
        }
        try self.init(file: json, format: format, version: version)
    }

    /// Reads the record of a file that has been parsed; keys that a later minor version added are ignored.
    init(file json: JSONValue, format: String, version: Int) throws(ReportFileError) {
        try ReportFileError.check(json, format: format, version: version)
        var laterKeys: [JSONUnknownKey] = []
        do {
            try self.init(json, unknownKeys: &laterKeys)
        } catch {
            throw .unusable(format: format, key: error.path, reason: error.reason)
        }
    }
}

extension ReportFileError {
    /// Checks that a file names a format, and the version that is read.
    static func check(_ json: JSONValue, format: String, version: Int) throws(ReportFileError) {
        guard case .string(let name)? = json["format"] else { throw .otherFormat(nil, expected: "\"\(format)\"") }
        guard name == format else { throw .otherFormat(name, expected: "\"\(format)\"") }
        guard case .integer(let found)? = json["version"], found >= 1 else {
            throw .unusable(format: format, key: "version", reason: "must be an integer from 1 up")
        }
        guard found <= version else { throw .laterVersion(format, version: found, known: version) }
        guard found == version else { throw .earlierVersion(format, version: found, known: version) }
    }
}
