import Charts

/// The style sheet of a page: one column on a telephone and on paper, contents and two charts abreast on a wide screen.
enum PageStyle {
    static let css =
        ChartStyle.css + """

            :root{color-scheme:light dark;--card:#f5f7f9;--warn:#8a4b00;--warn-card:#fff4e3;--link:#0f5aa8;\
            --shadow:rgba(28,36,48,.22)}
            @media screen and (prefers-color-scheme:dark){:root{--card:#1a2029;--warn:#ffc37a;--warn-card:#2d2417;\
            --link:#7ab8ff;--shadow:rgba(0,0,0,.75)}}
            @media print{:root{color-scheme:light}}
            *{box-sizing:border-box}
            html{background:var(--dw-paper);color:var(--dw-ink);-webkit-text-size-adjust:100%;text-size-adjust:100%;\
            scroll-padding-top:20px}
            body{margin:0 auto;max-width:1480px;padding:28px 24px 56px;\
            font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;\
            overflow-wrap:anywhere}
            h1{font-size:2rem;line-height:1.2;margin:0 0 .4rem;letter-spacing:-.015em;text-wrap:balance}
            h2{font-size:1.45rem;line-height:1.25;margin:0 0 .75rem;letter-spacing:-.01em}
            h3{font-size:1.05rem;margin:0;line-height:1.35}
            p{margin:.35rem 0}
            a{color:var(--link)}
            :focus-visible{outline:2px solid var(--link);outline-offset:2px}
            main:focus{outline:none}
            code{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;\
            background:var(--card);padding:.12em .4em;border-radius:4px}
            .brand{color:var(--dw-quiet);font-size:.85rem;letter-spacing:.02em;margin:0 0 1rem}
            .skip{position:absolute;left:8px;top:-60px;background:var(--dw-paper);padding:6px 12px;z-index:9}
            .skip:focus{top:8px}
            .answer{margin:.6rem 0 0;max-width:82ch}
            .answer>div{margin:.55rem 0}
            .answer dt{font-weight:600;font-size:.86rem;color:var(--dw-quiet)}
            .answer dd{margin:0;font-size:1.12rem;line-height:1.45}
            nav{font-size:.9rem;line-height:1.35}
            nav ul{list-style:none;padding:0;margin:0}
            nav a{text-decoration:none}
            nav a:hover{text-decoration:underline}
            nav a[aria-current]{font-weight:600;color:var(--dw-ink)}
            section{border-top:1px solid var(--dw-grid);margin-top:2.2rem;padding-top:1.8rem}
            .kind{color:var(--dw-quiet);font-weight:400}
            .lead{max-width:82ch}
            .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:1.2rem 0}
            .facts:empty,.details:empty{display:none}
            .facts>div{background:var(--card);border-radius:8px;padding:12px 14px}
            .facts dt{color:var(--dw-quiet);font-size:.82rem;line-height:1.35}
            .facts dd{margin:2px 0 0;font-size:1.42rem;font-weight:600;line-height:1.25;font-variant-numeric:tabular-nums}
            .facts dd.remark{font-size:.82rem;font-weight:400;color:var(--dw-quiet);margin-top:3px}
            .note{background:var(--card);border-radius:8px;padding:9px 14px;margin:.5rem 0;font-size:.94rem;max-width:110ch}
            .note.warning{background:var(--warn-card)}
            .note.warning strong{color:var(--warn)}
            .note strong{margin-right:.25em}
            .remarks{margin:2rem 0 0}
            .remarks ul{margin:.5rem 0 0;padding-left:1.2rem;font-size:.94rem;max-width:110ch}
            .remarks li{margin:.3rem 0}
            .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,470px),1fr));gap:0 36px}
            figure{margin:2rem 0 0;min-width:0}
            .whole{grid-column:1/-1}
            figcaption{margin-bottom:.9rem}
            figcaption p{color:var(--dw-quiet);font-size:.92rem;line-height:1.45;max-width:78ch;margin:.2rem 0 0}
            svg{display:block;max-width:100%;height:auto}
            .wide svg{width:100%;max-width:620px}
            .narrow{display:none}
            .comparison{margin:1.2rem 0 0;break-inside:avoid}
            h4{font-size:.94rem;margin:0 0 .3rem}
            blockquote{background:var(--card);border-radius:8px;margin:.4rem 0;padding:8px 14px;font-size:.88rem}
            blockquote p{margin:.15rem 0;white-space:pre-wrap}
            blockquote .place{color:var(--dw-quiet);font-size:.82rem}
            mark{background:var(--warn-card);color:var(--warn);font-weight:600}
            details{margin-top:.5rem}
            summary{cursor:pointer;color:var(--link);font-size:.92rem;padding:.25rem 0;width:fit-content}
            .scroll{overflow-x:auto;margin-top:.5rem;background:\
            linear-gradient(to right,var(--dw-paper) 12px,transparent 36px) left/36px 100% local no-repeat,\
            linear-gradient(to left,var(--dw-paper) 12px,transparent 36px) right/36px 100% local no-repeat,\
            linear-gradient(to right,var(--shadow),transparent) left/12px 100% scroll no-repeat,\
            linear-gradient(to left,var(--shadow),transparent) right/12px 100% scroll no-repeat}
            .more{color:var(--dw-quiet);font-size:.82rem;margin:.3rem 0 0;text-align:right}
            table{border-collapse:collapse;font-size:.88rem;line-height:1.4;min-width:100%}
            caption{text-align:left;color:var(--dw-quiet);padding:0 0 .35rem;font-size:.86rem}
            th,td{text-align:right;padding:5px 12px 5px 0;border-bottom:1px solid var(--dw-grid);vertical-align:baseline;\
            font-weight:400;overflow-wrap:break-word}
            tbody th,th:first-child,.text,.broad,.long{text-align:left}
            th:last-child,td:last-child{padding-right:0}
            thead th{color:var(--dw-quiet);vertical-align:bottom}
            tbody th{max-width:34ch;white-space:nowrap}
            tbody th.long{white-space:normal;min-width:17ch}
            td{white-space:nowrap;font-variant-numeric:tabular-nums}
            td.broad,td.long{white-space:normal;min-width:19ch;max-width:60ch}
            td.long{min-width:26ch}
            td.loose{white-space:normal}
            .silent{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
            .range{color:var(--dw-quiet);display:inline-block;margin-left:.6em;min-width:11em}
            table:has(.range) td:last-child:not(:has(.range)){padding-right:11.85em}
            .total>*{font-weight:600}
            .find{display:flex;gap:10px;align-items:baseline;flex-wrap:wrap;font-size:.92rem;margin:.6rem 0 0}
            .find input{font:inherit;color:inherit;background:var(--dw-paper);border:1px solid var(--dw-quiet);\
            border-radius:6px;padding:5px 10px;width:min(100%,280px)}
            .details{margin:1.8rem 0 0;font-size:.92rem;max-width:120ch}
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
            @media screen and (min-width:1180px){body{display:grid;grid-template-columns:200px minmax(0,1fr);gap:0 36px}\
            header,footer{grid-column:1/-1}\
            nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:14px 4px 14px 2px}\
            nav a{display:inline-block;padding:3px 0}nav>ul>li{margin:0 0 .4rem}nav.folded>ul>li:not(.near)>ul{display:none}\
            nav li li{padding-left:.7rem;font-size:.84rem}}
            @media screen and (max-width:1179px){html{scroll-padding-top:56px}\
            nav{position:sticky;top:0;z-index:5;background:var(--dw-paper);border-bottom:1px solid var(--dw-grid);\
            margin:0 -24px;padding:0 24px;overflow-x:auto}\
            nav>ul{display:flex;gap:1.2rem}nav li{flex:none;max-width:60vw}nav ul ul{display:none}\
            nav>ul>li>a{display:block;padding:11px 0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}}
            @media screen and (max-width:767px){body{padding:20px 16px 40px}nav{margin:0 -16px;padding:0 16px}\
            .wide{display:none}.narrow{display:block}\
            .narrow svg{width:100%;max-width:460px}h1{font-size:1.6rem}h2{font-size:1.25rem}.answer dd{font-size:1.02rem}\
            .facts{grid-template-columns:repeat(2,minmax(0,1fr))}.facts dd{font-size:1.15rem}\
            .range{display:block;margin:0;font-size:.92em}td.long{min-width:44ch}caption{padding-right:max(0px,calc(100% - 100vw + 32px))}\
            table:has(.range) td:last-child:not(:has(.range)){padding-right:0}\
            .scroll th:first-child{position:sticky;left:0;background:var(--dw-paper);max-width:44vw}\
            .details>div{grid-template-columns:1fr}}
            @media print{@page{margin:16mm 14mm}body{max-width:none;padding:0;font-size:10.5pt}\
            nav,summary,.rest,.skip,.find,.more{display:none}\
            section{break-before:page;border-top:0;margin-top:1rem;padding-top:0}\
            main>section:first-of-type{break-before:auto;margin-top:2rem}.figures{display:block}\
            .facts{grid-template-columns:repeat(auto-fit,minmax(108px,1fr))}.facts dd{font-size:1.15rem}\
            .wide svg{width:auto;max-width:150mm;max-height:205mm}figcaption,.facts>div,tr,.note,svg,.wide{break-inside:avoid}\
            figcaption,.wide,h2,h3,caption,thead{break-after:avoid}\
            tbody tr:nth-child(-n+2),tbody tr:last-child{break-before:avoid}thead{display:table-header-group}.scroll{overflow:visible;background:none}\
            table{font-size:8.2pt}th,td{padding-right:8px}td{white-space:normal}tbody th,tbody th.long,td.broad,td.long{min-width:0}\
            details:not(.rest)::details-content{content-visibility:visible;display:block}.facts>div,.note,code{background:none;\
            border:1px solid var(--dw-grid)}.dw-chart{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
            """
}
