import Foundation
public import OrderedJSON
import TestSupport

/// A JSON Schema of `Datasets/schemas`, to hold written files against.
///
/// Stricter than JSON Schema where our files are: a key that the schema does not name is a violation, and so is one out
/// of the schema's order. Checked are types, constants, choices, patterns, properties, required keys, items, numbers of
/// items and bounds; other keywords are refused, so that none is written down and not checked.
public struct FileSchema {
    private let root: JSONValue

    /// Keywords that say nothing of a value.
    private static let silent: Set = ["$schema", "$id", "$defs", "title", "description"]

    /// Reads the schema of a kind of file.
    ///
    /// - Parameter kind: What the file is called, such as `law`.
    /// - Throws: What reading throws.
    public init(of kind: String) throws {
        root = try JSONValue(parsing: Array(Data(contentsOf: Self.url(of: kind))))
    }

    /// Whether the schema in the datasets is the one that a table of fields makes.
    ///
    /// With `DATAWALL_RECORD=1` in the environment it is written there first.
    ///
    /// - Parameters:
    ///   - schema: The schema that the table makes.
    ///   - kind: What the file is called, such as `law`.
    /// - Returns: Whether they have the same bytes.
    /// - Throws: What reading and writing throw.
    public static func isCurrent(_ schema: JSONValue, of kind: String) throws -> Bool {
        if GoldenFile.isRecording {
            try Data(schema.fileText().utf8).write(to: url(of: kind))
        }
        return try Data(contentsOf: url(of: kind)) == Data(schema.fileText().utf8)
    }

    private static func url(of kind: String) -> URL {
        PackageFolder.dataset("schemas/\(kind).schema.json")
    }

    /// What is wrong with a value, each with the way to it; nothing where it is as the schema says.
    ///
    /// - Parameter value: The value of a whole file.
    /// - Returns: The violations.
    public func violations(of value: JSONValue) -> [String] { violations(value, root, "file") }

    private func violations(_ value: JSONValue, _ schema: JSONValue, _ way: String) -> [String] {
        guard case .object(let keywords) = schema else { return ["\(way): the schema is no object"] }
        return keywords.flatMap { keyword in
            Self.silent.contains(keyword.key) ? [] : violations(value, keyword.key, keyword.value, schema, way)
        }
    }

    private func violations(
        _ value: JSONValue, _ keyword: String, _ wanted: JSONValue, _ schema: JSONValue, _ way: String
    ) -> [String] {
        func check(_ holds: Bool) -> [String] { holds ? [] : ["\(way): \(keyword)"] }
        switch (keyword, wanted) {
        case ("$ref", .string(let name)):
            guard let definition = root["$defs"]?[String(name.dropFirst("#/$defs/".count))] else {
                return ["\(way): no definition \(name)"]
            }
            return violations(value, definition, way)
        case ("type", .string): return check(Self.types(of: value).contains(wanted))
        case ("type", .array(let types)): return check(types.contains { Self.types(of: value).contains($0) })
        case ("const", _): return check(value == wanted)
        case ("enum", .array(let choices)): return check(choices.contains(value))
        case ("minimum", _): return check(Self.compare(value, wanted) { $0 >= $1 })
        case ("maximum", _): return check(Self.compare(value, wanted) { $0 <= $1 })
        case ("exclusiveMinimum", _): return check(Self.compare(value, wanted) { $0 > $1 })
        case ("pattern", .string(let pattern)):
            guard case .string(let text) = value else { return [] }
            guard let expression = try? Regex(pattern) else { return ["\(way): the pattern \(pattern) is none"] }
            return check(text.contains(expression))
        case ("minLength", .integer(let least)):
            guard case .string(let text) = value else { return [] }
            return check(text.count >= least)
        case ("minItems", .integer(let least)):
            guard case .array(let elements) = value else { return [] }
            return check(elements.count >= least)
        case ("maxItems", .integer(let most)):
            guard case .array(let elements) = value else { return [] }
            return check(elements.count <= most)
        case ("items", _):
            guard case .array(let elements) = value else { return [] }
            return elements.enumerated().flatMap { violations($0.element, wanted, "\(way)[\($0.offset)]") }
        case ("required", .array(let keys)):
            guard case .object = value else { return [] }
            return keys.flatMap { key -> [String] in
                guard case .string(let name) = key, value[name] == nil else { return [] }
                return ["\(way).\(name): missing"]
            }
        case ("properties", .object(let properties)):
            guard case .object(let members) = value else { return [] }
            var found: [String] = []
            let order = properties.map(\.key).filter { value[$0] != nil }
            if order != members.map(\.key).filter(order.contains) { found.append("\(way): order") }
            for member in members {
                if let property = wanted[member.key] {
                    found += violations(member.value, property, "\(way).\(member.key)")
                } else if schema["additionalProperties"] == nil {
                    found.append("\(way).\(member.key): unknown")
                }
            }
            return found
        case ("additionalProperties", _):
            guard case .object(let members) = value else { return [] }
            return members.filter { schema["properties"]?[$0.key] == nil }
                .flatMap { violations($0.value, wanted, "\(way).\($0.key)") }
        case ("oneOf", .array(let schemas)):
            let found = schemas.map { violations(value, $0, way) }
            let holding = found.filter(\.isEmpty).count
            return holding == 1 ? [] : ["\(way): oneOf, \(holding) hold"] + (found.min { $0.count < $1.count } ?? [])
        default: return ["\(way): the schema's keyword '\(keyword)' is not checked"]
        }
    }

    private static func types(of value: JSONValue) -> [JSONValue] {
        switch value {
        case .null: ["null"]
        case .bool: ["boolean"]
        case .integer: ["integer", "number"]
        case .number: ["number"]
        case .string: ["string"]
        case .array: ["array"]
        case .object: ["object"]
        }
    }

    /// Whether two numbers compare so; what is none is for `type` to refuse.
    private static func compare(_ value: JSONValue, _ bound: JSONValue, _ holds: (Double, Double) -> Bool) -> Bool {
        func double(_ value: JSONValue) -> Double? {
            switch value {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        }
        guard let value = double(value), let bound = double(bound) else { return true }
        return holds(value, bound)
    }
}
