import PowerLaws
import ScalingLaws
import ScalingLawsTesting
import Testing

@Suite struct PowerLawTests {
    @Test("every form keeps the promises of laws", arguments: PowerLaw.allCases)
    func conformance(law: PowerLaw) {
        #expect(LawConformance().violations(of: law).isEmpty)
    }

    @Test("the forms with constants of the user's")
    func losses() throws {
        let data = try CompiledLaw(PowerLaw.data, coefficients: [1, 100, 0.5])
        #expect(abs(try data.loss(parameters: 5, tokens: 1e4) - 2) < 1e-14)
        let size = try CompiledLaw(PowerLaw.parameters, coefficients: [1, 100, 0.5])
        #expect(abs(try size.loss(parameters: 1e4, tokens: 5) - 2) < 1e-14)
        let joint = try CompiledLaw(PowerLaw.joint, coefficients: [1, 100, 0.5, 10, 0.5])
        #expect(abs(try joint.loss(parameters: 1e4, tokens: 100) - 3) < 1e-14)
        let compute = try CompiledLaw(PowerLaw.compute, coefficients: [1, 100, 0.5])
        #expect(abs(try compute.loss(parameters: 1e2, tokens: 1e4 / 6 * 1e-2) - 2) < 1e-13)
        #expect(abs(try compute.loss(parameters: 1e3, tokens: 1e4 / 6 * 1e-3) - 2) < 1e-13)
    }

    @Test("a form of compute alone says that it knows no best size")
    func compute() {
        #expect(PowerLaw.compute.card.prior == nil)
        #expect(PowerLaw.compute.card.warnings.contains { $0.contains("best size") })
    }

    @Test("a form without constants asks for them", arguments: PowerLaw.allCases)
    func missing(law: PowerLaw) {
        #expect(throws: LawError.missingCoefficient("E", model: law.card.identifier)) { try law.compiled() }
        #expect(law.card.provenance.kind == .user)
    }
}
