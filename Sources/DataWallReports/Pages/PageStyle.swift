import Charts

/// The style sheet of a page: one column that fits a telephone, a screen and paper.
enum PageStyle {
    static let css =
        ChartStyle.css + """

            :root{color-scheme:light dark;--card:#f5f7f9;--warn:#8a4b00;--warn-card:#fff4e3;--link:#0f5aa8}
            @media screen and (prefers-color-scheme:dark){:root{--card:#1a2029;--warn:#ffc37a;--warn-card:#2d2417;\
            --link:#7ab8ff}}
            @media print{:root{color-scheme:light}}
            *{box-sizing:border-box}
            html{background:var(--dw-paper);color:var(--dw-ink);-webkit-text-size-adjust:100%;text-size-adjust:100%}
            body{margin:0 auto;max-width:800px;padding:32px 24px 56px;\
            font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;\
            overflow-wrap:anywhere}
            h1{font-size:2rem;line-height:1.2;margin:0 0 .4rem;letter-spacing:-.015em;text-wrap:balance}
            h2{font-size:1.45rem;line-height:1.25;margin:0 0 .75rem;letter-spacing:-.01em}
            h3{font-size:1.05rem;margin:0;line-height:1.35}
            p{margin:.35rem 0}
            a{color:var(--link)}
            code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;\
            background:var(--card);padding:.12em .4em;border-radius:4px}
            .brand{color:var(--dw-quiet);font-size:.85rem;letter-spacing:.02em;margin:0 0 1.4rem}
            .summary{font-size:1.1rem;color:var(--dw-quiet);max-width:62ch}
            nav ul{list-style:none;padding:0;margin:1rem 0 0;display:flex;flex-wrap:wrap;gap:.4rem 1.2rem}
            section{border-top:1px solid var(--dw-grid);margin-top:2.2rem;padding-top:1.8rem}
            .kind{color:var(--dw-quiet);font-weight:400}
            .lead{max-width:68ch}
            .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:1.2rem 0}
            .facts:empty,.details:empty{display:none}
            .facts>div{background:var(--card);border-radius:8px;padding:12px 14px}
            .facts dt{color:var(--dw-quiet);font-size:.82rem;line-height:1.35}
            .facts dd{margin:2px 0 0;font-size:1.42rem;font-weight:600;line-height:1.25;font-variant-numeric:tabular-nums}
            .facts dd.remark{font-size:.82rem;font-weight:400;color:var(--dw-quiet);margin-top:3px}
            .note{background:var(--card);border-radius:8px;padding:9px 14px;margin:.5rem 0;font-size:.94rem}
            .note.warning{background:var(--warn-card)}
            .note.warning strong{color:var(--warn)}
            .note strong{margin-right:.25em}
            .remarks{margin:2rem 0 0}
            .remarks ul{margin:.5rem 0 0;padding-left:1.2rem;font-size:.94rem}
            .remarks li{margin:.3rem 0}
            figure{margin:2rem 0 0}
            figcaption{margin-bottom:.9rem}
            figcaption p{color:var(--dw-quiet);font-size:.94rem;max-width:72ch;margin:.2rem 0 0}
            svg{display:block;max-width:100%;height:auto}
            .narrow{display:none}
            .comparison{margin:1.2rem 0 0;break-inside:avoid}
            h4{font-size:.94rem;margin:0 0 .3rem}
            blockquote{background:var(--card);border-radius:8px;margin:.4rem 0;padding:8px 14px;font-size:.88rem}
            blockquote p{margin:.15rem 0;white-space:pre-wrap}
            blockquote .place{color:var(--dw-quiet);font-size:.82rem}
            mark{background:var(--warn-card);color:var(--warn);font-weight:600}
            details{margin-top:.5rem}
            summary{cursor:pointer;color:var(--link);font-size:.92rem;padding:.25rem 0;width:fit-content}
            .scroll{overflow-x:auto;margin-top:.5rem}
            table{border-collapse:collapse;font-size:.88rem;line-height:1.4;min-width:100%}
            caption{text-align:left;color:var(--dw-quiet);padding:0 0 .35rem;font-size:.86rem}
            th,td{text-align:left;padding:5px 12px 5px 0;border-bottom:1px solid var(--dw-grid);vertical-align:baseline;\
            font-weight:400;overflow-wrap:break-word}
            th:last-child,td:last-child{padding-right:0}
            thead th{color:var(--dw-quiet);white-space:nowrap;vertical-align:bottom}
            tbody th{max-width:34ch}
            .silent{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
            .number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
            .total>*{font-weight:600}
            .details{margin:1.8rem 0 0;font-size:.92rem}
            .details>div{display:grid;grid-template-columns:11rem 1fr;gap:0 1rem;padding:5px 0;\
            border-top:1px solid var(--dw-grid)}
            .details dt{color:var(--dw-quiet)}
            .details dd{margin:0}
            footer{border-top:1px solid var(--dw-grid);margin-top:2.6rem;padding-top:.8rem;color:var(--dw-quiet);\
            font-size:.86rem}
            .tip{position:fixed;z-index:9;pointer-events:none;max-width:min(320px,calc(100vw - 16px));padding:6px 10px;\
            border-radius:6px;background:var(--dw-ink);color:var(--dw-paper);font-size:.84rem;line-height:1.4;\
            white-space:pre-line}
            .tip[hidden]{display:none}
            @media screen and (max-width:767px){body{padding:24px 16px 40px}.wide{display:none}.narrow{display:block}\
            .narrow svg{width:100%;max-width:460px}h1{font-size:1.6rem}h2{font-size:1.25rem}\
            .facts{grid-template-columns:repeat(2,minmax(0,1fr))}.facts dd{font-size:1.15rem}\
            .details>div{grid-template-columns:1fr}}
            @media print{@page{margin:16mm 14mm}body{max-width:none;padding:0;font-size:10.5pt}nav,summary,.rest{display:none}\
            section{break-before:page}section:first-child{break-before:auto;border-top:0;margin-top:1rem;padding-top:0}\
            .wide svg{width:100%}figcaption,.facts>div,tr,.note,svg,.wide{break-inside:avoid}\
            figcaption,.wide,h2,h3{break-after:avoid}thead{display:table-header-group}.scroll{overflow:visible}\
            table{font-size:8.2pt}th,td{padding-right:8px}thead th,.number{white-space:normal}\
            details:not(.rest)::details-content{content-visibility:visible;display:block}.facts>div,.note,code{background:none;\
            border:1px solid var(--dw-grid)}.dw-chart{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
            """
}
