import ScalingLaws
import Testing

@Suite struct RegistryTests {
    static let registry = Registry(
        kind: "law", ["chinchilla": 1, "chinchilla-rounded": 2, "muennighoff": 3, "kaplan": 4])

    @Test(
        "an unknown name is answered with the nearest known ones",
        arguments: [
            ("chinchila", ["chinchilla"]), ("Muenninghoff", ["muennighoff"]), ("kalpan", ["kaplan"]),
            ("chin", ["chinchilla", "chinchilla-rounded"]), ("xyzzy", []),
        ])
    func nearest(typed: String, expected: [String]) {
        let error = #expect(throws: LawError.self) { try Self.registry.model(named: typed) }
        guard case .unknownName(_, _, let nearest, let known) = error else {
            Issue.record("not an unknown name: \(String(describing: error))")
            return
        }
        #expect(nearest == expected)
        #expect(known.count == 4)
    }

    @Test("messages say what was meant, or else what there is")
    func messages() {
        let typo = #expect(throws: LawError.self) { try Self.registry.model(named: "chinchila") }
        #expect(typo?.description == "there is no law named 'chinchila'; did you mean 'chinchilla'?")
        let unknown = #expect(throws: LawError.self) { try Self.registry.model(named: "xyzzy") }
        #expect(
            unknown?.description
                == "there is no law named 'xyzzy'; known are chinchilla, chinchilla-rounded, muennighoff, kaplan")
    }

    @Test("a name is given once, and a refused registration changes nothing")
    func duplicates() throws {
        var registry = Self.registry
        #expect(throws: LawError.duplicateName("kaplan", kind: "law")) { try registry.register(5, named: "kaplan") }
        #expect(registry["kaplan"] == 4)
        let longer = try registry.registering(5, named: "hestness")
        #expect(longer.names == ["chinchilla", "chinchilla-rounded", "muennighoff", "kaplan", "hestness"])
        #expect(registry.models == [1, 2, 3, 4])
    }
}
