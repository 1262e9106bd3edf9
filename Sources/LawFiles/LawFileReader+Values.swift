import OrderedJSON
import ScalingLaws

// Values of a law file by their kinds; each refuses another kind with its place in the file.

extension LawFileReader {
    func fail(_ place: String, _ reason: String) -> LawFileError {
        LawFileError(file: file, place: place, reason: reason)
    }

    func unknownKeys(_ members: [JSONMember], _ known: [String], _ prefix: String) -> [String] {
        members.filter { !known.contains($0.key) }.map { member in
            let nearest = nearestNames(to: member.key, among: known, limit: 1).first
            return "The law file's key '\(prefix)\(member.key)' is not known and was passed over"
                + (nearest.map { "; did you mean '\($0)'?" } ?? ".")
        }
    }

    func requiredString(_ root: JSONValue, _ key: String) throws(LawFileError) -> String {
        guard let text = try string(root[key], key) else { throw fail(key, "missing") }
        return text
    }

    func string(_ value: JSONValue?, _ place: String) throws(LawFileError) -> String? {
        switch value {
        case nil, .null: return nil
        case .string(let text): return text
        case .some(let other): throw fail(place, "must be a string, not \(other.kindInWords)")
        }
    }

    func bool(_ value: JSONValue?, _ place: String) throws(LawFileError) -> Bool? {
        switch value {
        case nil, .null: return nil
        case .bool(let flag): return flag
        case .some(let other): throw fail(place, "must be true or false, not \(other.kindInWords)")
        }
    }

    func number(_ value: JSONValue?, _ place: String) throws(LawFileError) -> Double? {
        switch value {
        case nil, .null: return nil
        case .some(let other):
            guard let number = other.double else { throw fail(place, "must be a number, not \(other.kindInWords)") }
            return number
        }
    }

    func object(_ value: JSONValue?, _ place: String) throws(LawFileError) -> [JSONMember]? {
        switch value {
        case nil, .null: return nil
        case .object(let members): return members
        case .some(let other): throw fail(place, "must be an object, not \(other.kindInWords)")
        }
    }

    func strings(_ value: JSONValue?, _ place: String) throws(LawFileError) -> [String] {
        switch value {
        case nil, .null: return []
        case .array(let elements):
            var result: [String] = []
            for (index, element) in elements.enumerated() {
                guard case .string(let text) = element else {
                    throw fail("\(place)[\(index)]", "must be a string, not \(element.kindInWords)")
                }
                result.append(text)
            }
            return result
        case .some(let other): throw fail(place, "must be a list of strings, not \(other.kindInWords)")
        }
    }

    func range(
        _ value: JSONValue?, _ place: String, positive: Bool
    ) throws(LawFileError) -> ClosedRange<Double>? {
        switch value {
        case nil, .null: return nil
        case .array(let ends):
            guard ends.count == 2, let low = ends[0].double, let high = ends[1].double else {
                throw fail(place, "must be two numbers, the smaller first")
            }
            guard low <= high else { throw fail(place, "its first number \(low) is above its second \(high)") }
            if positive, low <= 0 { throw fail(place, "must be positive, not \(low)") }
            return low...high
        case .some(let other): throw fail(place, "must be two numbers, not \(other.kindInWords)")
        }
    }

    func matrix(_ value: JSONValue?, _ place: String, _ columns: Int) throws(LawFileError) -> [[Double]]? {
        switch value {
        case nil, .null: return nil
        case .array(let rows):
            var result: [[Double]] = []
            for (index, row) in rows.enumerated() {
                guard case .array(let elements) = row else {
                    throw fail("\(place)[\(index)]", "must be a list of numbers, not \(row.kindInWords)")
                }
                let numbers = elements.compactMap(\.double)
                guard numbers.count == elements.count, numbers.count == columns else {
                    throw fail("\(place)[\(index)]", "must be \(columns) numbers, one for each coefficient in order")
                }
                result.append(numbers)
            }
            return result
        case .some(let other): throw fail(place, "must be a list of lists, not \(other.kindInWords)")
        }
    }
}

extension JSONValue {
    /// The value as a double, where it is a number.
    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
