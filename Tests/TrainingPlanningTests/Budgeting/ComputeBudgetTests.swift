import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct ComputeBudgetTests {
    private let h100: Accelerator

    init() throws { h100 = try AcceleratorTable.standard.accelerator(named: "h100") }

    @Test("days of a cluster are accelerators × seconds × peak × utilisation")
    func days() throws {
        let cluster = try TrainingCluster(h100, count: 64, utilization: 0.4)
        let budget = try ComputeBudget.days(14, on: cluster)
        #expect(abs(budget.flops / (64 * 14 * 86_400 * 989.4e12 * 0.4) - 1) < 1e-12)
        #expect(budget.limit == .days(14))
        let expense = cluster.expense(of: budget.flops)
        #expect(abs(expense.acceleratorHours - 64 * 14 * 24) < 1e-6)
        #expect(abs(try #require(expense.days) - 14) < 1e-9)
        #expect(expense.dollars == nil)
    }

    @Test("dollars buy accelerator-hours")
    func dollars() throws {
        let cluster = try TrainingCluster(h100, utilization: 0.4, dollarsPerHour: 2.5)
        let budget = try ComputeBudget.dollars(2e6, on: cluster)
        #expect(abs(budget.flops / (8e5 * 3_600 * 989.4e12 * 0.4) - 1) < 1e-12)
        let expense = cluster.expense(of: budget.flops)
        #expect(abs(try #require(expense.dollars) - 2e6) < 1e-6)
        #expect(abs(expense.acceleratorHours - 8e5) < 1e-6)
        #expect(expense.days == nil)
    }

    @Test("GPT-3's training takes the V100-years that its authors' FLOPs give")
    func gpt3() throws {
        // Brown et al. 2020, arXiv:2005.14165, Table D.1: 3.14e23 FLOPs; 3.64e3 PF-days of 8.64e19 FLOPs.
        let unit = try Accelerator(name: "petaflop", peakFLOPs: 1e15, source: "a unit")
        let expense = try TrainingCluster(unit, count: 1, utilization: 1).expense(of: 3.14e23)
        #expect(abs(try #require(expense.days) / 3.64e3 - 1) < 2e-3)
    }

    @Test("of limits that all hold the tighter is the budget")
    func tightest() throws {
        let cluster = try TrainingCluster(h100, count: 8, utilization: 0.5, dollarsPerHour: 3)
        let (days, dollars) = (try ComputeBudget.days(10, on: cluster), try ComputeBudget.dollars(1_000, on: cluster))
        #expect(ComputeBudget.tightest([days, dollars]) == dollars)
        #expect(ComputeBudget.tightest([]) == nil)
    }

    @Test("a count, price or utilisation out of range is refused by name", arguments: [0, -1, .nan, .infinity, 1e22])
    func outOfRange(value: Double) throws {
        #expect(throws: PlanningError.self) { try TrainingCluster(h100, count: value, utilization: 0.4) }
        #expect(throws: PlanningError.self) { try TrainingCluster(h100, utilization: value) }
        #expect(throws: PlanningError.self) { try TrainingCluster(h100, utilization: 0.4, dollarsPerHour: value) }
        #expect(throws: PlanningError.self) {
            try Accelerator(name: "x", peakFLOPs: value, source: "a test")
        }
        let cluster = try TrainingCluster(h100, count: 8, utilization: 0.4, dollarsPerHour: 2)
        #expect(throws: PlanningError.self) { try ComputeBudget.days(value, on: cluster) }
        #expect(throws: PlanningError.self) { try ComputeBudget.dollars(value, on: cluster) }
    }

    @Test("percent in place of a share is recognised")
    func percent() {
        #expect {
            try TrainingCluster(h100, utilization: 40)
        } throws: { "\($0)".contains("40 % is 0.4") }
    }

    @Test("days need a size and dollars a price")
    func incomplete() throws {
        let bare = try TrainingCluster(h100, utilization: 0.4)
        #expect { try ComputeBudget.days(3, on: bare) } throws: { "\($0)".contains("number of accelerators") }
        #expect { try ComputeBudget.dollars(3, on: bare) } throws: { "\($0)".contains("price") }
    }
}
