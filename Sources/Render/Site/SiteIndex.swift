import Document

extension Site {
    static func index(_ catalogue: Catalogue) -> String {
        let columns = columns(catalogue.entries)
        let heads =
            ["Machine", "Measured", "Suite", "Stamp"].map { head($0, isNumber: false) }
            + columns.map { head($0, isNumber: true) }
        let rows = catalogue.entries.map { row($0, columns) }
        let count = catalogue.entries.count
        let body = """
            <header>
            <div class="running"><span>Assay hardware datasheets</span><span>\(count) of them</span></div>
            <div class="title"><div><h1>\(Escape.html(catalogue.title))</h1>
            <p class="identity">Each row is one run of one machine; its page tells how every figure was measured. Median of processes; intervals stand on the pages. No ranking: machines were measured by whoever published them.</p></div></div>
            </header>
            <main>
            <form class="tools" hidden>
            <label>Filter <input type="search" id="filter" autocomplete="off" placeholder="processor, cloud, suite …"></label>
            <label>Stamp <select id="stamp"><option value="">all</option><option>VALID</option><option>UNVERIFIED</option><option>INVALID</option></select></label>
            <button type="submit" id="compare" disabled>Compare</button>
            <output id="told">\(count) shown</output>
            </form>
            <div class="scroll" tabindex="0" role="region" aria-label="Machines">
            <table class="t x site">
            <caption><span>Machines, latest first</span></caption>
            <thead><tr><th class="pick" scope="col"><span class="unseen">Choose</span></th>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            <p class="foot">↓ less is better. –: not measured. Two or three rows that are chosen can be compared.</p>
            \(refusals(catalogue.refused))
            </main>
            <footer class="end">Made by Assay from bundles and nothing else. MLPerf-style, not MLPerf results.</footer>
            """
        return page(title: catalogue.title, style: style, body: body, script: script)
    }

    /// The headlines of all entries, in the order in which they are first met; as many as there is room for.
    static func columns(_ entries: [Catalogue.Entry]) -> [String] {
        var labels: [String] = []
        for entry in entries.prefix(200) {
            for row in entry.headlines where !labels.contains(row.label) { labels.append(row.label) }
        }
        return Array(labels.prefix(6))
    }

    private static func head(_ title: String, isNumber: Bool) -> String {
        "<th scope=\"col\"\(isNumber ? " class=\"n\"" : "") data-sort>\(Escape.html(title))</th>"
    }

    private static func row(_ entry: Catalogue.Entry, _ columns: [String]) -> String {
        let address = "machines/\(entry.id).html"
        let name = Escape.html(entry.title)
        var cells = [
            "<td class=\"pick\"><input type=\"checkbox\" value=\"\(entry.id)\" aria-label=\"choose \(name), \(Escape.html(entry.result))\" hidden></td>",
            "<th scope=\"row\"><a href=\"\(address)\">\(name)</a><small class=\"id\">\(Escape.html(short(entry.identity)))</small></th>",
            "<td data-v=\"\(Escape.html(entry.created))\">\(Escape.html(String(entry.created.prefix(10))))</td>",
            "<td>\(Escape.html(entry.suite))</td>",
            "<td\(entry.isCaution ? " class=\"bad\"" : "")>\(Escape.html(entry.stamp))</td>",
        ]
        for label in columns {
            guard let headline = entry.headlines.first(where: { $0.label == label }) else {
                cells.append("<td class=\"n quiet\">–</td>")
                continue
            }
            let value = headline.quantity.map { $0.value.isFinite ? " data-v=\"\($0.value)\"" : "" } ?? ""
            let unit = unit(headline)
            let isLess = headline.note.contains("lower is better")
            cells.append(
                "<td class=\"n\"\(value)>\(Escape.html(headline.value))\(unit.isEmpty ? "" : " <span class=\"quiet\">\(Escape.html(unit))</span>")\(isLess ? " ↓" : "")</td>"
            )
        }
        return "<tr>\(cells.joined())</tr>"
    }

    /// What the machine is; the suite has a column of its own.
    private static func short(_ identity: String) -> String {
        let parts = identity.split(separator: " · ")
        return parts.filter { !$0.hasPrefix("suite ") }.joined(separator: " · ")
    }

    /// The unit stands with the interval: `209.9 – 220.9 GFLOP/s`.
    private static func unit(_ headline: Document.Headline) -> String {
        let words = headline.interval.split { $0 == " " || $0 == "\u{00A0}" }
        guard let last = words.last, last.contains(where: \.isLetter) else { return "" }
        let before = words.dropLast().last.map(String.init) ?? ""
        return ["k", "M", "G", "T"].contains(before) ? "\(before) \(last)" : String(last)
    }

    private static func refusals(_ refused: [Catalogue.Refusal]) -> String {
        guard !refused.isEmpty else { return "" }
        let items = refused.map { "<dt>\(Escape.html($0.name))</dt><dd>\(Escape.html($0.reason))</dd>" }
        return """
            <section class="refused" aria-labelledby="refused"><h2 id="refused">Left out</h2>
            <p>What was given and could not be read:</p>
            <dl class="gl">\(items.joined())</dl></section>
            """
    }

    static let style = """
        .site th[data-sort] { cursor: pointer; } .site th button { all: unset; cursor: pointer; } .site th button:focus-visible { outline: 2px solid var(--accent); }
        .site th[aria-sort] { color: var(--ink); font-weight: 600; } .site th[aria-sort=ascending] button::after { content: " ↑"; } .site th[aria-sort=descending] button::after { content: " ↓"; }
        .site tbody th { min-width: 220px; } .site small.id { display: block !important; font-size: 11.5px; color: var(--soft); max-width: 44ch; }
        .site td, .site tbody th { white-space: nowrap; } .site tbody th { white-space: normal; }
        .site .pick { width: 28px; padding-right: 8px; }
        .tools { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; margin: 22px 0 12px; font-size: 13px; } .tools[hidden] { display: none; }
        .tools input[type=search], .tools select, .tools button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 2px; padding: 4px 8px; } .tools input[type=search] { width: 260px; max-width: 60vw; }
        .tools button:not(:disabled) { border-color: var(--accent); color: var(--accent); font-weight: 600; cursor: pointer; } .tools button:disabled { color: var(--soft); }
        .tools output { color: var(--soft); } main > .scroll { margin-top: 18px; } .refused { margin-top: 40px; } .refused h2 { font-size: 15px; }
        .against th, .against td { white-space: normal; } .against td.n { white-space: pre-line; } .against td:last-child { min-width: 150px; } #out { margin-top: 26px; } #out > * + * { margin-top: 28px; }
        .remark { margin-top: 18px; }
        @media screen and (max-width: 560px) { .site tbody th { min-width: 148px; max-width: 168px; position: sticky; left: 0; background: var(--paper); } .site small.id { display: none !important; } }

        """

    /// Sorting, filtering and choosing, for who has scripts; text is read from the page and never becomes markup.
    private static let script = """
        (function () {
          "use strict";
          var tools = document.querySelector(".tools"), body = document.querySelector(".site tbody");
          var rows = Array.prototype.slice.call(body.rows), told = document.getElementById("told");
          var filter = document.getElementById("filter"), stamp = document.getElementById("stamp");
          var compare = document.getElementById("compare"), chosen = [];
          var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
          tools.hidden = false;
          rows.forEach(function (row, index) {
            row.order = index;
            var box = row.querySelector("input");
            box.hidden = false;
            box.checked = false;
            box.addEventListener("change", function () {
              chosen = chosen.filter(function (id) { return id !== box.value; });
              if (box.checked) { chosen.push(box.value); }
              compare.disabled = chosen.length < 2 || chosen.length > 3;
              compare.textContent = chosen.length ? "Compare " + chosen.length + (chosen.length > 3 ? " (at most 3)" : "") : "Compare";
            });
          });
          function show() {
            var words = filter.value.toLowerCase().split(/\\s+/), count = 0;
            rows.forEach(function (row) {
              var text = texts[row.order];
              var fits = words.every(function (word) { return text.indexOf(word) >= 0; }) &&
                (!stamp.value || row.cells[4].textContent === stamp.value);
              row.hidden = !fits;
              if (fits) { count += 1; }
            });
            told.textContent = count + " of " + rows.length + " shown";
          }
          function key(row, column) {
            var cell = row.cells[column], value = cell.getAttribute("data-v");
            if (value !== null) { var number = Number(value); return isNaN(number) ? value : number; }
            var text = cell.textContent;
            return text === "\\u2013" ? null : text.toLowerCase();
          }
          function sort(head) {
            var column = head.cellIndex, down = head.getAttribute("aria-sort") === "ascending" ||
              (head.classList.contains("n") && !head.hasAttribute("aria-sort"));
            document.querySelectorAll(".site [aria-sort]").forEach(function (one) { one.removeAttribute("aria-sort"); });
            head.setAttribute("aria-sort", down ? "descending" : "ascending");
            rows.sort(function (a, b) {
              var x = key(a, column), y = key(b, column);
              // What was not measured comes last, whichever way.
              if (x === null || y === null) { return (x === null) - (y === null) || a.order - b.order; }
              var result = x < y ? -1 : x > y ? 1 : 0;
              return (down ? -result : result) || a.order - b.order;
            });
            var part = document.createDocumentFragment();
            rows.forEach(function (row) { part.appendChild(row); });
            body.appendChild(part);
          }
          document.querySelectorAll(".site [data-sort]").forEach(function (head) {
            var button = document.createElement("button");
            button.type = "button";
            button.textContent = head.textContent;
            head.textContent = "";
            head.appendChild(button);
            head.addEventListener("click", function () { sort(head); });
          });
          filter.addEventListener("input", show);
          stamp.addEventListener("change", show);
          tools.addEventListener("submit", function (event) {
            event.preventDefault();
            if (!compare.disabled) { location.href = "compare.html#" + chosen.join(","); }
          });
          show();
        })();

        """
}
