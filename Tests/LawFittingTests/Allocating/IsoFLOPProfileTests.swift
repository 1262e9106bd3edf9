import LawFitting
import ScalingLaws
import Testing

@Suite struct IsoFLOPProfileTests {
    private func runs(_ compute: Double, best: Double, _ offsets: [Double] = [-2, -1, 0, 1, 2]) -> [IsoFLOPProfile.Run]
    {
        offsets.map { offset in
            IsoFLOPProfile.Run(
                compute: compute, parameters: best * Elementary.exp(offset), loss: 2.5 + 0.03 * offset * offset)
        }
    }

    @Test("the parabola of exact losses has their lowest point and curvature")
    func exact() throws {
        let profiles = IsoFLOPProfile.profiles(of: runs(1e20, best: 5e8) + runs(1e21, best: 2e9).reversed())
        #expect(profiles.count == 2 && profiles.map(\.compute)[1] > profiles.map(\.compute)[0])
        let profile = try #require(profiles.first)
        #expect(agree(profile.bestParameters, 5e8, within: 1e-9))
        #expect(agree(profile.bestLoss, 2.5, within: 1e-12) && agree(profile.curvature, 0.03, within: 1e-9))
        for run in profile.runs { #expect(agree(profile.loss(at: run.parameters), run.loss, within: 1e-12)) }
    }

    @Test("fewer than four sizes, and a lowest point outside of the sizes, make no profile")
    func none() {
        #expect(IsoFLOPProfile.profiles(of: runs(1e20, best: 5e8, [-1, 0, 1])).isEmpty)
        #expect(IsoFLOPProfile.profiles(of: runs(1e20, best: 5e8, [1, 2, 3, 4])).isEmpty)
        #expect(IsoFLOPProfile.profiles(of: []).isEmpty)
    }
}
