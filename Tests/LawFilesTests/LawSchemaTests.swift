import BuiltInModels
import LawFiles
import OrderedJSON
import ScalingLaws
import SchemaChecking
import Testing

@Suite struct LawSchemaTests {
    @Test(
        "law files are what their schema says, key by key and in its order", arguments: ModelCatalog.standard.laws.names
    )
    func schema(name: String) throws {
        let law = try ModelCatalog.standard.laws.model(named: name)
        #expect(try FileSchema(of: "law").violations(of: FileLaw(card: law.card, formula: law.formula).json) == [])
    }

    @Test("the schema in the datasets is the one that the table of fields makes")
    func isGenerated() throws { #expect(try FileSchema.isCurrent(FileLaw.schemaFile, of: "law")) }

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
