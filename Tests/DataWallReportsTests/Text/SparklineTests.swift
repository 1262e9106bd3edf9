import DataWallReports
import Testing

@Suite struct SparklineTests {
    @Test(
        "the lowest value has the lowest bar, the highest the highest",
        arguments: [
            ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█"), ([3, 3], "▁▁"), ([2.4, 2.3, 2.24, 2.22], "█▄▁▁"), ([], ""),
            ([1, nil, 2], "▁ █"), ([1, .nan, .infinity, 2], "▁  █"),
        ] as [([Double?], String)])
    func bars(values: [Double?], text: String) {
        #expect(Sparkline(values).text == text)
    }
}
