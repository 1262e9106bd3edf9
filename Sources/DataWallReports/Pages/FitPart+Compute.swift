import Charts
import LawFitting
import Quantities
import ScalingLaws

// Losses against size and compute, in a fit's part of a page.

extension FitPart {
    private var runs: [IsoFLOPProfile.Run] {
        fit.residuals.map {
            IsoFLOPProfile.Run(compute: 6 * $0.parameters * $0.tokens, parameters: $0.parameters, loss: $0.loss)
        }
    }

    /// Parabolas through runs of equal compute.
    var isoFLOPFigure: PageFigure? {
        let profiles = IsoFLOPProfile.profiles(of: runs)
        guard !profiles.isEmpty else { return nil }
        var table = PageTable(
            "The lowest point of each parabola",
            columns: [
                .text("compute, FLOPs"), .number("runs"), .number("parameters"), .number("tokens"), .number("loss"),
            ])
        var marks: [PlotMark] = []
        for (index, profile) in profiles.enumerated() {
            table.add([
                Quantity.flops(profile.compute), "\(profile.runs.count)", Quantity.short(profile.bestParameters),
                Quantity.short(profile.compute / (6 * profile.bestParameters)),
                Quantity.fixed(profile.bestLoss, decimals: 4),
            ])
            let sizes = profile.runs.map(\.parameters)
            let (low, high) = (Elementary.log(sizes.first ?? 1), Elementary.log(sizes.last ?? 1))
            let curve = (0...40).map { step -> PlotPoint in
                let size = Elementary.exp(low + (high - low) * Double(step) / 40)
                return PlotPoint(size, profile.loss(at: size))
            }
            marks.append(.line(curve, series: index + 1, label: "\(Quantity.flops(profile.compute)) FLOPs"))
            marks.append(
                .points(
                    profile.runs.map { run in
                        PlotPoint(
                            run.parameters, run.loss,
                            tip: "N \(Quantity.short(run.parameters)) at \(Quantity.flops(run.compute)) FLOPs\n"
                                + "loss \(Quantity.fixed(run.loss, decimals: 4))")
                    }, series: index + 1, label: nil))
        }
        let drawn = marks
        return PageFigure(
            identifier + "-isoflop", title: "Runs of equal compute",
            text:
                "Points are runs whose compute is within 10 % of each other, lines are parabolas in ln N through them: the "
                + "second approach of Hoffmann et al. 2022, arXiv:2203.15556.", table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("parameters (N)", scale: .logarithmic, format: .counts), y: Axis("loss"),
                marks: drawn
            ).svg
        }
    }

    /// The lowest loss of the law over compute, both on logarithmic axes, with the runs and the scatter of nine tenths of
    /// them.
    var computeFigure: PageFigure? {
        let frontier = fit.allocation?.estimates.first { $0.approach == .parametric }?.points ?? []
        let scatter = fit.residuals.map(\.logResidual).sorted()
        guard frontier.count > 1, scatter.count >= 10 else { return nil }
        // log(predicted / measured): a measured loss is the predicted one over its exponential.
        let low = OrderStatistics.quantile(0.05, sorted: scatter)
        let high = OrderStatistics.quantile(0.95, sorted: scatter)
        var table = PageTable(
            "The law's lowest loss over compute",
            columns: [
                .text("compute, FLOPs"), .number("parameters"), .number("loss"),
                .number("90 % of runs"),
            ])
        let bands = frontier.map { point in
            PlotBand(
                point.compute, low: point.loss / Elementary.exp(high), high: point.loss / Elementary.exp(low))
        }
        for (point, band) in zip(frontier, bands) {
            table.add([
                Quantity.flops(point.compute), Quantity.short(point.parameters),
                Quantity.fixed(point.loss, decimals: 4),
                Quantity.range(from: band.low, to: band.high) { Quantity.fixed($0, decimals: 4) },
            ])
        }
        let drawn: [PlotMark] = [
            .band(bands, series: 1, label: "nine tenths of the fit's errors"),
            .line(frontier.map { PlotPoint($0.compute, $0.loss) }, series: 1, label: "lowest loss under the law"),
            .points(
                runs.map { run in
                    PlotPoint(
                        run.compute, run.loss,
                        tip: "N \(Quantity.short(run.parameters)) at \(Quantity.flops(run.compute)) FLOPs\n"
                            + "loss \(Quantity.fixed(run.loss, decimals: 4))")
                }, series: 2, label: "runs"),
        ]
        return PageFigure(
            identifier + "-compute", title: "Loss against compute",
            text:
                "Both axes are logarithmic. The line is the loss of the best size for each compute, every token fresh. The "
                + "band is the scatter of these runs around the law, and no forecast.", table: table
        ) { frame in
            Plot(
                frame: frame, x: Axis("training compute, FLOPs", scale: .logarithmic, format: .powers),
                y: Axis("loss", scale: .logarithmic), marks: drawn
            ).svg
        }
    }
}
