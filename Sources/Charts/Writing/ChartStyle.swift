/// How charts look: colours through CSS variables, so that one drawing is right in light, in dark and on paper.
public enum ChartStyle {
    /// The size of text in the drawing's units.
    static let fontSize = 12.5

    /// The number of series with different colours; further ones start again with the first.
    public static let seriesCount = 6

    /// The style sheet that pages with charts include once.
    ///
    /// It sets the variables `--dw-paper`, `--dw-ink`, `--dw-quiet`, `--dw-grid`, `--dw-heat` and `--dw-1` to `--dw-6`,
    /// which the rest of a page may use. Series differ in dashes, shapes or hatching as well as in colour, so that no
    /// reader needs colour.
    public static let css = """
        :root{--dw-paper:#fff;--dw-ink:#1c2430;--dw-quiet:#566171;--dw-grid:#dfe4ea;--dw-heat:#1766b8;--dw-1:#1766b8;\
        --dw-2:#c25700;--dw-3:#13795b;--dw-4:#a8327d;--dw-5:#5b4bc4;--dw-6:#7a6000}
        @media screen and (prefers-color-scheme:dark){:root{--dw-paper:#12161c;--dw-ink:#e6eaf0;--dw-quiet:#9aa6b5;\
        --dw-grid:#2c343f;--dw-heat:#3f86d0;--dw-1:#5aa9f5;--dw-2:#f59a4a;--dw-3:#4cc79c;--dw-4:#ec86c8;--dw-5:#a79bff;\
        --dw-6:#d6b84a}}
        .dw-chart{font:12.5px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;\
        fill:var(--dw-ink);font-variant-numeric:tabular-nums}
        .dw-chart .grid{stroke:var(--dw-grid);stroke-width:1;fill:none}
        .dw-chart .axis{stroke:var(--dw-quiet);stroke-width:1;fill:none}
        .dw-chart .tick,.dw-chart .label{fill:var(--dw-quiet)}
        .dw-chart .strong{font-weight:600}
        .dw-chart .small{font-size:11px}
        .dw-chart .clear{paint-order:stroke;stroke:var(--dw-paper);stroke-width:3.5;stroke-linejoin:round}
        .dw-chart .end{text-anchor:end}
        .dw-chart .middle{text-anchor:middle}
        .dw-chart .rule{stroke:var(--dw-ink);stroke-width:1.25;stroke-dasharray:2 3;fill:none}
        .dw-chart .line{fill:none;stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}
        .dw-chart .band{opacity:.16;stroke:none}
        .dw-chart .range{stroke-width:2.25;stroke-linecap:round}
        .dw-chart .hollow{fill:var(--dw-paper);stroke-width:2}
        .dw-chart .halo{stroke:var(--dw-paper);stroke-width:2}
        .dw-chart .hatch{stroke:var(--dw-paper);stroke-width:1.6;opacity:.75}
        .dw-chart .cell{fill:var(--dw-heat)}
        .dw-chart .blank{fill:var(--dw-grid);fill-opacity:.35}
        .dw-chart .hit{fill:transparent;stroke:none}
        .dw-chart .mark:hover{filter:brightness(1.18)}
        .dw-chart .reached{stroke:var(--dw-ink);stroke-width:2.5;fill-opacity:1}
        .dw-chart .wall{fill:none;stroke:var(--dw-ink);stroke-width:2;stroke-dasharray:6 4}
        .dw-chart .d2{stroke-dasharray:7 4}
        .dw-chart .d3{stroke-dasharray:2 4}
        .dw-chart .d4{stroke-dasharray:9 3 2 3}
        .dw-chart .d5{stroke-dasharray:4 3}
        .dw-chart .d6{stroke-dasharray:12 4}
        \((1...seriesCount).map { ".dw-chart .f\($0){fill:var(--dw-\($0))}.dw-chart .s\($0){stroke:var(--dw-\($0))}" }.joined(separator: "\n"))
        """
}
