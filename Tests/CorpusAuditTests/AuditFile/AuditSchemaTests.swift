import Foundation
import OrderedJSON
import Testing
import TokenCounting

@testable import CorpusAudit

@Suite struct AuditSchemaTests {
    private static let schemaPath = URL(fileURLWithPath: #filePath)
        .appending(path: "../../../../Datasets/schemas/audit.schema.json").standardizedFileURL.path

    /// What JSON Schema says of a value, as far as our schema goes: types, properties, required keys, items.
    private func violations(_ value: JSONValue, _ schema: JSONValue, _ root: JSONValue, _ way: String) -> [String] {
        if case .string(let reference)? = schema["$ref"] {
            let name = reference.replacing("#/$defs/", with: "")
            guard let definition = root["$defs"]?[name] else { return ["\(way): no definition \(name)"] }
            return violations(value, definition, root, way)
        }
        var found: [String] = []
        let types: [JSONValue] =
            switch schema["type"] {
            case .array(let types)?: types
            case let type?: [type]
            case nil: []
            }
        let names: [JSONValue] =
            switch value {
            case .null: ["null"]
            case .bool: ["boolean"]
            case .integer: ["integer", "number"]
            case .number: ["number"]
            case .string: ["string"]
            case .array: ["array"]
            case .object: ["object"]
            }
        if !types.isEmpty, !types.contains(where: { names.contains($0) }) { found.append("\(way): type") }
        if case .object(let members) = value, case .object(let properties)? = schema["properties"] {
            for member in members where schema["properties"]?[member.key] == nil {
                found.append("\(way).\(member.key): unknown")
            }
            let order = properties.map(\.key).filter { value[$0] != nil }
            if order != members.map(\.key) { found.append("\(way): order") }
            if case .array(let required)? = schema["required"] {
                for case .string(let key) in required where value[key] == nil { found.append("\(way).\(key): missing") }
            }
            for member in members {
                if let inner = schema["properties"]?[member.key] {
                    found += violations(member.value, inner, root, "\(way).\(member.key)")
                }
            }
        }
        if case .array(let elements) = value, let items = schema["items"] {
            for element in elements { found += violations(element, items, root, way + "[]") }
        }
        return found
    }

    @Test("an audit is what its schema says, key by key and in its order")
    func schema() async throws {
        let data = try #require(FileManager.default.contents(atPath: Self.schemaPath))
        let schema = try JSONValue(parsing: Array(data))
        let folder = try TemporaryFolder()
        try folder.write("{\"text\": \"a\"}\n{\"text\": \"b\"}\n{", to: "x/1.jsonl")
        try folder.write("{\"text\": \"a\"}", to: "y/1.jsonl")
        let corpus = try Corpus(paths: [folder.path])
        let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
        #expect(violations(audit.json, schema, schema, "audit") == [])
        var options = AuditOptions(tokenizer: ByteKindCounter())
        options.sampleShare = 0.999
        let sampled = try await Auditor(options: options).audit(corpus)
        #expect(violations(sampled.json, schema, schema, "audit") == [])
        options.furtherTokenizers = [ByteKindCounter("feeds", counting: 0x0A)]
        let several = try await Auditor(options: options).audit(corpus)
        #expect(violations(several.json, schema, schema, "audit") == [])
        // The check itself can fail.
        guard case .object(let members) = audit.json else { return }
        #expect(violations(.object(members.reversed()), schema, schema, "audit") == ["audit: order"])
    }
}
