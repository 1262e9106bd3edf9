import Charts
import Quantities

// Results of others with more compute on fixed data, next to a plan that has compute left or repeats much.

extension PlanPart {
    var fixedDataFigure: PageFigure? {
        guard let study = plan.fixedData, study.records.count > 1 else { return nil }
        var table = PageTable(
            "The losses that no cheaper run reached",
            columns: [
                .text("date"), .number("H100-hours"), .number("loss, nats/token"), .number("baseline's tokens"),
                .number("times the data"), .text("what was done or changed"),
            ])
        for record in study.records { table.add([record.date] + record.cells + [record.change]) }
        let points = study.records.compactMap { record in
            record.dataEfficiency.map { efficiency in
                PlotPoint(
                    record.acceleratorHours, efficiency,
                    tip: "\(Quantity.short(record.acceleratorHours)) H100-hours\n"
                        + "loss \(Quantity.fixed(record.loss, decimals: 3)): "
                        + "\(Quantity.significant(efficiency, digits: 3)) times the data\n\(record.change)")
            }
        }
        return PageFigure(
            identifier + "-fixed-data", title: "What compute bought on fixed data, as reported",
            text: study.caption + ". Source: \(study.source).", table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("H100-hours", scale: .logarithmic), y: Axis("times the data"),
                marks: [
                    .line(points, series: 1, label: "lowest loss for its hours"),
                    .points(points, series: 1, label: nil),
                ]
            ).svg
        }
    }
}
