import Units

/// The look of a page: ink, one accent for what was measured, one warning, greys for the rest; 30 / 19 / 15 / 13 / 11.5 px
/// on a grid of eight. Meaning never hangs on colour alone.
enum Stylesheet {
    /// For a page: everything it needs, so that the page is one file.
    static let page = colours + type + head + glance + body + tables + charts + rest + small + paper

    /// For a chart in a file of its own.
    static let alone =
        colours
            + """
            .paper { fill: var(--paper); }

            """ + charts

    private static let light =
        "--paper: #fff; --ink: #1b1c1e; --soft: #5a5e63; --rule: #d5d7d9; --ghost: #eceeef; --accent: #14538a; --warn: #9a3b06;"

    private static let colours = """
        :root { \(light)
          --sans: Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
          --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #15181b; --ink: #e4e5e6; --soft: #a2a8ae; --rule: #3b4147; --ghost: #262b30; --accent: #7db7ea; --warn: #f0995f; }
        }

        """

    private static let type = """
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 var(--sans); font-variant-numeric: tabular-nums lining-nums; overflow-wrap: break-word; }
        .page { max-width: 1224px; margin: 0 auto; padding: 14px 24px 64px; }
        h1 { font-size: 30px; line-height: 1.2; font-weight: 600; letter-spacing: -.012em; margin: 0; text-wrap: balance; }
        h2 { font-size: 19px; line-height: 1.25; font-weight: 600; margin: 0; }
        h3 { font-size: 15px; line-height: 1.35; font-weight: 600; margin: 0; }
        p, ul, ol, dl, figure, table { margin: 0; }
        p { max-width: 68ch; }
        b { font-weight: 600; }
        a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: 2px; text-decoration-thickness: 1px; }
        a:hover { color: var(--accent); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        code, pre { font-family: var(--mono); font-size: .88em; }
        small { font-size: 11.5px; line-height: 1.4; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

        """

    private static let head = """
        .running { display: flex; justify-content: space-between; gap: 24px; font-size: 11.5px; color: var(--soft); padding-top: 6px; border-top: 1px solid var(--rule); }
        .title { display: flex; justify-content: space-between; align-items: flex-start; gap: 40px; margin-top: 14px; }
        .identity { font-size: 13px; color: var(--soft); margin-top: 4px; max-width: none; }
        .finding { margin-top: 8px; max-width: 74ch; text-wrap: pretty; }
        .stamp { flex: none; width: 248px; border: 2px solid var(--ink); padding: 8px 12px 9px; font-size: 11.5px; line-height: 1.45; }
        .stamp b { display: block; font-size: 19px; line-height: 1.25; letter-spacing: .06em; }
        .stamp.caution { border-style: double; border-width: 4px; padding: 6px 10px 7px; } .stamp.caution b { color: var(--warn); }

        """

    private static let glance = """
        .glance { display: grid; grid-template-columns: minmax(0, 1.32fr) minmax(0, 1fr); gap: 26px 40px; margin-top: 22px; }
        .glance h2 { font-size: 15px; } .glance > section { overflow-x: auto; }
        .glance > * { border-top: 2px solid var(--ink); padding-top: 7px; }
        .heads { width: 100%; border-collapse: collapse; margin-top: 2px; }
        .heads th, .heads td { padding: 5px 0 4px; border-bottom: 1px solid var(--rule); vertical-align: baseline; text-align: left; font-weight: 400; font-size: 13px; }
        .heads thead th, .glance .sub { padding: 0 0 3px; font-size: 11.5px; color: var(--soft); }
        .heads tbody th { line-height: 1.35; padding-right: 12px; }
        .heads small { display: block; color: var(--soft); }
        .heads .v { line-height: 1.2; text-align: right; white-space: nowrap; } .heads td.v { font-size: 19px; font-weight: 600; }
        .heads .u { padding-left: 18px; } .heads .s { padding-left: 14px; line-height: 1.35; }
        .heads td.u, .heads thead th { white-space: nowrap; }
        .glance .sub { max-width: none; margin-top: 2px; border-bottom: 1px solid var(--rule); line-height: 1.5; }
        .beware { list-style: none; padding: 0; }
        .beware li { text-wrap: pretty; font-size: 13px; line-height: 1.4; padding: 5px 0 4px; border-bottom: 1px solid var(--rule); }
        .facts dl { margin-top: 4px; }
        .facts dt { font-size: 13px; font-weight: 600; padding-top: 7px; }
        .facts dd { margin: 0; text-wrap: pretty; font-size: 13px; line-height: 1.45; padding-bottom: 9px; border-bottom: 1px solid var(--rule); }
        .facts dd:last-child { border-bottom: 0; }

        """

    private static let body = """
        .contents { margin-top: 56px; border-top: 2px solid var(--ink); padding-top: 8px; }
        .contents ol { list-style: none; padding: 0; margin-top: 10px; columns: 4; column-gap: 40px; font-size: 13px; line-height: 1.7; }
        .contents li { padding-left: 24px; text-indent: -24px; } .contents .no { text-indent: 0; display: inline-block; width: 24px; color: var(--soft); }
        .contents a { text-decoration: none; } .contents a:hover { text-decoration: underline; }
        section.s { display: grid; grid-template-columns: 204px minmax(0, 1fr); column-gap: 36px; margin-top: 48px; padding-top: 9px; border-top: 1px solid var(--ink); }
        section.s > header { position: sticky; top: 12px; align-self: start; padding-bottom: 12px; }
        section.s > header .no { display: block; font-size: 13px; font-weight: 400; color: var(--soft); }
        .gist { font-size: 13px; line-height: 1.45; color: var(--soft); margin-top: 6px; text-wrap: pretty; }
        .body > * + *, .stack > * + * { margin-top: 28px; }
        .body p + p { margin-top: 10px; }
        .body h3 + * { margin-top: 8px; }
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 24px 36px; }
        .columns ul { padding-left: 16px; font-size: 13px; line-height: 1.45; } .columns h3 + ul { margin-top: 6px; } .columns li + li { margin-top: 4px; }
        .columns.one ul { columns: 2; column-gap: 36px; } .columns.one li { break-inside: avoid; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr)); gap: 32px 36px; align-items: start; }

        """

    private static let tables = """
        .scroll { overflow-x: auto; }
        table.t { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 1.4; }
        table.fit { width: auto; min-width: 62%; }
        .t caption { text-align: left; font-weight: 600; padding-bottom: 6px; }
        .t th, .t td { text-align: left; vertical-align: baseline; padding: 5px 16px 5px 0; border-bottom: 1px solid var(--rule); font-weight: 400; }
        .t th:last-child, .t td:last-child { padding-right: 0; }
        .t thead :is(th, td) { font-size: 11.5px; line-height: 1.3; color: var(--soft); vertical-align: bottom; border-top: 1px solid var(--ink); border-bottom: 1px solid var(--ink); padding-top: 4px; padding-bottom: 4px; }
        .t tbody:last-of-type tr:last-child > * { border-bottom-color: var(--ink); }
        .t caption + tbody tr:first-child > * { border-top: 1px solid var(--ink); }
        .t.plain tbody th { width: 36%; max-width: 196px; } .t.x tbody th { min-width: 148px; } .s > .body > div > .scroll > .t.plain tbody th { width: 196px; }
        .t .grp th { font-weight: 600; padding-top: 16px; border-bottom-color: var(--ink); } .t .grp span { font-weight: 400; color: var(--soft); }
        .t tbody:first-of-type .grp th { padding-top: 8px; }
        .t .n { text-align: right; white-space: nowrap; } .t .sh { min-width: 128px; } .t .be { min-width: 104px; overflow-wrap: anywhere; } .t th.be { overflow-wrap: break-word; } .t .be:last-child { min-width: 156px; } .t.z th, .t.z td { padding-right: 10px; } .t.z tbody th { min-width: 124px; } .t .pad { visibility: hidden; }
        .t .fo { padding-top: 0; padding-bottom: 0; vertical-align: middle; }
        .t small { color: var(--soft); } .t tbody th small { display: none; }
        .quiet { color: var(--soft); } .bad { color: var(--warn); font-weight: 600; } .good { color: var(--accent); font-weight: 600; }
        .t code { overflow-wrap: anywhere; } .t td:only-child { max-width: none; }
        .foot { font-size: 11.5px; line-height: 1.5; color: var(--soft); margin-top: 8px; max-width: 88ch; } .scroll + .foot, .foot + .foot { margin-top: 8px !important; }
        i.bar { display: inline-block; width: 60px; height: 9px; margin-right: 8px; border: solid var(--soft); border-width: 0 1px 0 0; }
        i.bar::before { content: ""; display: block; position: relative; width: calc(var(--p) * 1%); border-top: 9px solid var(--accent); }
        i.bar::after { content: ""; display: block; margin-top: -5px; border-top: 1px solid var(--rule); }
        i.bar.open::before { height: 9px; border: 1.5px solid var(--accent); background: var(--paper); }

        """

    static let charts = """
        figcaption { font-size: 13px; line-height: 1.4; margin-bottom: 12px; }
        figcaption b { display: block; text-wrap: balance; font-size: 15px; line-height: 1.35; } figcaption span { color: var(--soft); }
        figure svg { display: block; width: 100%; height: auto; overflow: visible; }
        svg text { font: 11.5px var(--sans); fill: var(--ink); font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
        svg .c { text-anchor: middle; } svg .e { text-anchor: end; } svg .q { fill: var(--soft); } svg .k { font-weight: 600; }
        svg path { fill: none; } svg rect { fill: none; }
        svg .grid { stroke: var(--ghost); } svg .axis { stroke: var(--soft); } svg .ceiling, svg .shaky { stroke: var(--ink); stroke-width: 1.5; }
        svg .side, svg .sideshaky { stroke: var(--soft); } svg .shaky, svg .sideshaky { stroke-dasharray: 7 4; }
        svg .reference { stroke: var(--ink); stroke-dasharray: 5 4; } svg .leader { stroke: var(--soft); } svg .interval { stroke: var(--accent); stroke-width: 1.4; }
        svg .point, svg .bar { fill: var(--accent); stroke: none; } svg .hollow, svg .openbar { fill: var(--paper); stroke: var(--accent); stroke-width: 1.8; }
        svg .frame { stroke: var(--ink); } svg .strip { stroke: var(--soft); } svg .ellipsis { stroke: var(--soft); stroke-dasharray: 2 3; } svg .device { stroke: var(--rule); stroke-width: 1.6; }
        svg .course { stroke: var(--accent); stroke-width: 1.2; } svg .span { fill: var(--ghost); stroke: none; } svg .bound { stroke: var(--soft); stroke-dasharray: 1 2; }
        .spark { display: block; }
        .narrow { display: none !important; }

        """

    private static let rest = """
        pre { font-size: 12px; line-height: 1.6; background: var(--ghost); padding: 12px 14px; overflow-x: auto; margin: 0; }
        details { border-top: 1px solid var(--rule); padding: 8px 0; } details:last-of-type { border-bottom: 1px solid var(--rule); } details:first-of-type { border-top: 0; padding-top: 0; }
        .body > details + details { margin-top: 0; }
        summary { font-weight: 600; cursor: pointer; }
        details > *:not(summary) { margin: 10px 0 10px; } details > .scroll + .scroll { margin-top: 24px; }
        dl.gl { display: grid; grid-template-columns: fit-content(220px) minmax(0, 1fr); gap: 5px 24px; font-size: 13px; line-height: 1.45; }
        dl.gl dt { font-weight: 600; } dl.gl dd { margin: 0; max-width: 76ch; text-wrap: pretty; }
        .tree, .tree ul { list-style: none; padding-left: 18px; font-size: 13px; line-height: 1.6; } .tree { padding-left: 0; } .tree ul { border-left: 1px solid var(--rule); margin-left: 4px; }
        .tree span { color: var(--soft); }
        .end { margin-top: 56px; padding-top: 8px; border-top: 1px solid var(--rule); font-size: 11.5px; color: var(--soft); }

        """

    private static let small = """
        @media screen and (min-width: 881px) and (max-width: 1080px), screen and (max-width: 690px) { .wide { display: none !important; } .narrow { display: block !important; } }
        @media screen and (max-width: 960px) {
          .t .be { display: none; } .t tbody th small { display: block; }
          section.s { display: block; } section.s > header { position: static; }
          .contents ol { columns: 3; }
        }
        @media screen and (max-width: 880px) { .glance { grid-template-columns: minmax(0, 1fr); } }
        @media screen and (max-width: 760px) {
          .page { padding: 16px 16px 48px; }
          .title { display: block; } .stamp { width: auto; margin-top: 16px; }
          h1 { font-size: 25px; }
          .contents ol { columns: 2; column-gap: 20px; } .columns.one ul { columns: 1; }
          dl.gl { display: block; } dl.gl dd { margin-bottom: 8px; }
        }
        @media screen and (max-width: 560px) {
          .running > span:last-child { text-align: right; }
          .heads, .heads tbody { display: block; } .heads thead { display: none; }
          .heads tr { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; column-gap: 10px; align-items: baseline; border-bottom: 1px solid var(--rule); padding: 6px 0; }
          .heads tbody th { grid-column: 1 / -1; } .heads tbody th, .heads td { border: 0; padding: 0; } .heads .u, .heads .s { padding: 0; } .heads .s { grid-column: 1 / -1; } .heads .s small { display: none; }
          .t caption > span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 32px); }
          .scroll > table.x { min-width: 860px; } .scroll > table.y { min-width: 620px; } .s > .body > div > .scroll > .t.plain tbody th { width: 36%; }
          .t.x tbody th[scope=row] { position: sticky; left: 0; background: var(--paper); max-width: 168px; }
        }

        """

    private static let paper = """
        @media print {
          :root { \(light) --ink: #000; --soft: #4a4e52; --rule: #c4c7ca; color-scheme: light; }
          body { font-size: 9pt; }
          .page { max-width: none; padding: 0; }
          h1 { font-size: 16.5pt; } h2 { font-size: 13pt; } h3 { font-size: 9.5pt; }
          .title { display: flex; gap: 24px; margin-top: 8px; } .stamp { width: 196px; margin-top: 0; font-size: 8pt; } .stamp b { font-size: 13pt; } .identity { font-size: 8pt; } .finding { font-size: 8.75pt; margin-top: 5px; }
          .glance { grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr); gap: 14px 24px; margin-top: 12px; } .glance h2 { font-size: 10pt; }
          :is(.glance, .pair) .wide { display: none !important; } :is(.glance, .pair) .narrow { display: block !important; } .glance figure svg { max-width: 310px !important; } .glance figcaption { margin-bottom: 6px; }
          .heads th, .heads td, .beware li { padding-top: 3px; padding-bottom: 2px; } .facts dt { padding-top: 5px; } .facts dd { padding-bottom: 6px; }
          .heads tbody th, .heads td, .beware li, .facts dt, .facts dd { font-size: 8.25pt; } .heads td.v { font-size: 12pt; } .heads .u, .heads .s { padding-left: 8px; } .heads .bar, .x .bar { width: 36px; margin-right: 5px; }
          .heads td.u, .heads thead th { white-space: normal; } .heads .s small { display: block; } .glance > section { overflow: visible; }
          small, .heads thead th, .glance .sub, .foot, .running, .end { font-size: 7.25pt; }
          .columns { grid-template-columns: repeat(3, 1fr); } .columns.one { grid-template-columns: 1fr; } .columns.one ul { columns: 2; }
          .contents { break-before: page; margin-top: 0; } .contents ol { columns: 3; }
          section.s { display: block; margin-top: 26px; }
          section.s > header { position: static; break-after: avoid; break-inside: avoid; padding-bottom: 8px; }
          section.s.opens { break-before: page; }
          section.s > header .no { display: inline; } section.s > header .no::after { content: "\\2002"; }
          .pair { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
          .scroll { overflow: visible; }
          table.t, dl.gl, .gist, .columns ul, figcaption, .tree, .tree ul { font-size: 8.25pt; } figcaption b { font-size: 9.5pt; }
          .t th, .t td { padding-right: 10px; } .t thead :is(th, td) { font-size: 7.25pt; } table.x { font-size: 7.5pt; } .t.x th, .t.x td { padding-right: 8px; }
          .t .be { display: table-cell; white-space: normal; } .t tbody th small { display: none; } .t .fo svg { width: 100px; height: 15px; }
          table.t:not(.long), .groups tbody { break-inside: avoid; } .foot { break-before: avoid; }
          .t thead { display: table-header-group; } tr, figure, li, pre, .foot { break-inside: avoid; }
          h2, h3, caption, figcaption, .grp { break-after: avoid; }
          pre { border: 1px solid var(--rule); white-space: pre-wrap; }
          details::details-content { content-visibility: visible; display: block; height: auto; } summary { list-style: none; }
          a { text-decoration: none; }
        }

        """

    /// Running head and page number, which only the document knows the words of.
    static func sheet(title: String, result: String) -> String {
        let font = "font: 7.5pt Inter, system-ui, Arial, sans-serif; color: #5a5e63;"
        return """
            @page { margin: 14mm 13mm 15mm;
              @top-left { content: \(string(title)); \(font) }
              @top-right { content: \(string(result)); \(font) }
              @bottom-right { content: counter(page) " / " counter(pages); \(font) } }
            @page :first { @top-left { content: none; } @top-right { content: none; } }

            """
    }

    /// A CSS string from data: every character that is not a plain letter or digit as its number, so that neither the string
    /// nor the style element around it can end early.
    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in Neutral.text(text).unicodeScalars {
            let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            result += isPlain ? String(scalar) : "\\" + String(scalar.value, radix: 16) + " "
        }
        return result + "\""
    }
}
