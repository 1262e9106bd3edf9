import DataWallReports
import OrderedJSON
import SchemaChecking
import Testing
import TrainingPlanning

/// Formats that are written and never read.
@Suite struct WrittenSchemaTests {
    @Test("the schemas in the datasets are those that the tables of fields make")
    func areGenerated() throws {
        #expect(try FileSchema.isCurrent(AcceleratorListing.schemaFile, of: "accelerators"))
        #expect(try FileSchema.isCurrent(UpsamplingReport.schemaFile, of: "upsampling"))
    }

    @Test("the list of accelerators is what its schema says")
    func accelerators() throws {
        let json = AcceleratorListing(.standard).json
        #expect(try FileSchema(of: "accelerators").violations(of: json) == [])
    }

    @Test("an upsampling is what its schema says")
    func upsampling() throws {
        let problem = try QualityUpsampling(bucketTokens: [10e9, 20e9, 5e9])
        let report = UpsamplingReport(problem, try problem.solved(for: 20e9), names: ["a", "b", "c"])
        #expect(try FileSchema(of: "upsampling").violations(of: report.json) == [])
    }
}
