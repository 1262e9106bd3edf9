import BuiltInModels
import Foundation
import LawFiles
import OrderedJSON
import ScalingLaws
import Testing

@Suite struct LawSchemaTests {
    static let schemaPath = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Datasets/schemas/law.schema.json").path

    /// The keys of objects that a schema does not name, and those whose order is not the schema's.
    static func strangers(_ value: JSONValue, _ schema: JSONValue?, _ way: String) -> [String] {
        guard case .object(let members) = value, case .object(let properties)? = schema?["properties"] else {
            return []
        }
        var found = members.filter { schema?["properties"]?[$0.key] == nil }.map { "\(way).\($0.key)" }
        let order = properties.map(\.key).filter { value[$0] != nil }
        if order != members.map(\.key) { found.append("\(way): order") }
        for member in members {
            found += strangers(member.value, schema?["properties"]?[member.key], "\(way).\(member.key)")
        }
        return found
    }

    @Test("law files have the keys of their schema, in its order", arguments: ModelCatalog.standard.laws.names)
    func schema(name: String) throws {
        let data = try #require(FileManager.default.contents(atPath: Self.schemaPath))
        let schema = try JSONValue(parsing: Array(data))
        let law = try ModelCatalog.standard.laws.model(named: name)
        let json = FileLaw(card: law.card, formula: law.formula).json
        #expect(Self.strangers(json, schema, "law") == [])
        for key in ["format", "version", "name", "coefficients", "formula"] { #expect(json[key] != nil) }
        // Coefficients share one schema.
        guard case .object(let coefficients)? = json["coefficients"],
            case .array(let kinds)? = schema["properties"]?["coefficients"]?["additionalProperties"]?["oneOf"]
        else {
            Issue.record("no coefficients")
            return
        }
        for coefficient in coefficients {
            #expect(Self.strangers(coefficient.value, kinds.last, coefficient.key) == [])
        }
    }

    @Test("damaged law files are refused, never a crash")
    func noise() throws {
        let law = try ModelCatalog.standard.laws.model(named: "lovelace")
        var card = law.card
        card.ensemble = Array(card.ensemble.prefix(2))
        let sound = Array(FileLaw(card: card, formula: law.formula).fileText.utf8)
        var generator = SeededGenerator(seed: 11)
        let alphabet = Array("{}[]\",:0123456789.eE+-^*/()nulltrfas \\".utf8)
        for _ in 0..<1_500 {
            var bytes = sound
            for _ in 0...(generator.next() % 3) {
                let place = Int(generator.next() % UInt64(bytes.count))
                switch generator.next() % 3 {
                case 0: bytes[place] = alphabet[Int(generator.next() % UInt64(alphabet.count))]
                case 1: bytes.remove(at: place)
                default: bytes.removeLast(Int(generator.next() % 40))
                }
            }
            do {
                let read = try FileLaw(parsing: bytes, forms: ModelCatalog.standard.laws)
                // What is read can be asked, or says why not.
                _ = try? read.compiled().loss(parameters: 1e9, tokens: 1e10, uniqueTokens: 1e9)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
