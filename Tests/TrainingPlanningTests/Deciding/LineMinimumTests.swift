import Testing

@testable import TrainingPlanning

@Suite struct LineMinimumTests {
    @Test("a smooth minimum is found from any start", arguments: [-9.0, -1, 0.3, 2, 50])
    func smooth(start: Double) {
        let line = LineMinimum(range: -10...10, step: 0.25, tolerance: 1e-7)
        let found = line.from(start) { ($0 - 1.25) * ($0 - 1.25) + 0.1 * $0 * $0 * $0 * $0 * 0.01 }
        #expect(abs(found.place - 1.2462) < 1e-3)
    }

    @Test("a minimum at an end of the range, and one at a kink, are found exactly")
    func ends() {
        var calls = 0
        let line = LineMinimum(range: 0...3, step: 0.25, tolerance: 1e-6)
        #expect(line.from(2) { -$0 }.place == 3)
        #expect(line.from(2) { $0 }.place == 0)
        let kinked = LineMinimum(range: 0...3, step: 0.25, tolerance: 1e-6, kinks: [1.7])
        let found = kinked.from(0.2) { x in
            calls += 1
            return x < 1.7 ? -0.1 * x : -0.17 + 3 * (x - 1.7)
        }
        #expect(found.place == 1.7)
        #expect(calls < 100)
    }
}
