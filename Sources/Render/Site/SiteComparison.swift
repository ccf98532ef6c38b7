import Document

extension Site {
    /// A page that loads the data of the chosen machines and puts them side by side.
    static func comparison(_ catalogue: Catalogue) -> String {
        let known = catalogue.entries.map { "\"\($0.id)\"" }.joined(separator: ",")
        let body = """
            <header>
            <div class="running"><span>\(Escape.html(catalogue.title))</span><span><a href="index.html">All machines</a></span></div>
            <div class="title"><div><h1>Side by side</h1>
            <p class="identity" id="what">Choose two or three machines in the <a href="index.html">index</a>.</p></div></div>
            </header>
            <main>
            <noscript><p class="remark">Putting machines side by side takes a script. <code>assay compare A B</code> does it without, and tests every difference.</p></noscript>
            <div id="out"></div>
            </main>
            <footer class="end">No difference is called here that <code>assay compare</code> does not call: it tests all metrics together, over processes and runs. MLPerf-style, not MLPerf results.</footer>
            """
        return page(
            title: "Side by side: \(catalogue.title)", style: style, body: body,
            script: script.replacing("KNOWN_IDS", with: known))
    }

    /// What the page says of a pair: pure, so that it can be asked without a page. Two things it may say of its own: that nothing
    /// can be held against each other, and the ratio with what both intervals allow. A verdict it only repeats.
    static let rules = """
        var assayPair = {
          marks: function (base, row) {
            if (!base || !row) { return "not measured on both"; }
            if (!base.quantity || !row.quantity) { return "no figure on one side"; }
            var one = base.mark, other = row.mark;
            if (one && other && one[1] !== null && other[1] !== null && one[1] !== other[1]) {
              return "not comparable: " + (base.implementation || "not told") + " / " + (row.implementation || "not told");
            }
            if (one && other && one[0] !== other[0]) { return "not comparable: size, threads or placement differ"; }
            if (base.quantity.unit !== row.quantity.unit || base.better !== row.better) { return "not comparable: units differ"; }
            return "";
          },
          ratio: function (base, row) {
            if (assayPair.marks(base, row)) { return null; }
            var b = base.quantity, r = row.quantity;
            if (!(b.value > 0 && r.value > 0)) { return null; }
            var one = b.interval, other = r.interval, bounded = one && other && one.lower > 0 && other.lower > 0;
            return {
              value: r.value / b.value, lower: bounded ? other.lower / one.upper : null, upper: bounded ? other.upper / one.lower : null
            };
          },
          remark: function (base, row, verdict) {
            if (verdict) { return verdict[0] + (verdict[1] ? ": " + verdict[1] : ""); }
            var obstacle = assayPair.marks(base, row);
            if (obstacle) { return obstacle; }
            return base.status !== "valid" || row.status !== "valid" ? "one side is not valid" : "";
          }
        };

        """

    private static let script =
        rules + """
            (function () {
              "use strict";
              var known = [KNOWN_IDS], out = document.getElementById("out"), loaded = {};
              // Names come from bundles: none of them may be taken for what every object has.
              function own(object, key) { return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined; }
              window.assayAdd = function (entry) { loaded[entry.id] = entry; };
              function make(name, text, kind) {
                var element = document.createElement(name);
                if (text !== undefined) { element.textContent = text; }
                if (kind) { element.className = kind; }
                return element;
              }
              function scale(value, unit) {
                var steps = unit === "" ? [[1, ""]] : unit === "s" ? [[1, ""], [1e-3, "m"], [1e-6, "\\u00b5"], [1e-9, "n"]]
                  : [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""], [1e-3, "m"], [1e-6, "\\u00b5"]];
                var step = steps.find(function (one) { return Math.abs(value) >= one[0]; }) || steps[steps.length - 1];
                var apart = /^[a-z]{3,}/.test(unit) && step[1] ? " " : "";
                return { by: step[0], unit: step[1] + apart + unit };
              }
              function digits(value, by) {
                return String(Number((value / by).toPrecision(4)));
              }
              function written(row) {
                if (!row) { return "\\u2013"; }
                if (!row.quantity) { return row.status; }
                var q = row.quantity, one = scale(q.value, q.unit), text = digits(q.value, one.by) + "\\u00a0" + one.unit;
                if (q.interval) { text += "\\n" + digits(q.interval.lower, one.by) + " \\u2013 " + digits(q.interval.upper, one.by); }
                return row.status === "valid" ? text : text + ", " + row.status;
              }
              function ratio(one) {
                if (!one) { return "\\u2013"; }
                return one.value.toFixed(2) + (one.lower === null ? "\\nno interval" : "\\n" + one.lower.toFixed(2) + " \\u2013 " + one.upper.toFixed(2));
              }
              function table(caption, heads, rows, numbers) {
                var box = make("div", undefined, "scroll"), grid = make("table", undefined, "t x against"), head = make("tr");
                grid.appendChild(make("caption", caption));
                heads.forEach(function (text, index) {
                  var cell = make("th", text, numbers.indexOf(index) >= 0 ? "n" : "");
                  cell.scope = "col";
                  head.appendChild(cell);
                });
                grid.appendChild(make("thead")).appendChild(head);
                var body = grid.appendChild(make("tbody"));
                rows.forEach(function (texts) {
                  var line = body.appendChild(make("tr"));
                  texts.forEach(function (text, index) {
                    var cell = make(index ? "td" : "th", text, numbers.indexOf(index) >= 0 ? "n" : "");
                    if (!index) { cell.scope = "row"; }
                    line.appendChild(cell);
                  });
                });
                box.tabIndex = 0;
                box.appendChild(grid);
                return box;
              }
              function differences(entries) {
                var names = [], rows = [];
                entries.forEach(function (entry) {
                  entry.facts.forEach(function (fact) { if (names.indexOf(fact[0]) < 0) { names.push(fact[0]); } });
                });
                names.forEach(function (name) {
                  var values = entries.map(function (entry) {
                    var fact = entry.facts.find(function (one) { return one[0] === name; });
                    return fact ? fact[1] : "not told";
                  });
                  if (values.some(function (value) { return value !== values[0]; })) { rows.push([name].concat(values)); }
                });
                return rows;
              }
              function cases(entries) {
                var order = [], found = {};
                entries.forEach(function (entry, side) {
                  entry.rows.forEach(function (row) {
                    var key = row.case + "|" + (row.metric || "");
                    if (!found[key]) { found[key] = []; order.push(key); }
                    row.mark = own(entry.marks, row.case);
                    found[key][side] = row;
                  });
                });
                return order.map(function (key) { return found[key]; });
              }
              function show(entries) {
                var names = entries.map(function (entry, index) { return String.fromCharCode(65 + index) + ": " + entry.title; });
                document.getElementById("what").textContent = entries.map(function (entry, index) {
                  return names[index] + " (" + entry.result + ", " + entry.stamp + ")";
                }).join("  \\u00b7  ");
                document.title = names.join(", ");
                out.textContent = "";
                var changed = differences(entries);
                out.appendChild(changed.length ? table("Differences in configuration, to be read first", ["What"].concat(names), changed, [])
                  : make("p", "No difference in configuration is recorded.", "remark"));
                var heads = ["Case", "Threads", "Metric"].concat(names), numbers = [1];
                entries.forEach(function (entry, index) { numbers.push(3 + index); });
                entries.slice(1).forEach(function (entry, index) {
                  var letter = String.fromCharCode(66 + index);
                  numbers.push(heads.length);
                  var judged = own(entry.verdicts, entries[0].id);
                  heads.push("Ratio " + letter + " / A", judged ? "Verdict on " + letter : "Remarks on " + letter);
                });
                var rows = cases(entries).map(function (sides) {
                  var any = sides.find(Boolean), less = any.better === "lower" ? " \\u2193" : "";
                  var texts = [any.workload + ", " + any.backend, String(any.threads), (any.metric || "none") + less];
                  entries.forEach(function (entry, index) { texts.push(written(sides[index])); });
                  entries.slice(1).forEach(function (entry, index) {
                    var row = sides[index + 1], judged = own(entry.verdicts, entries[0].id) || {};
                    var verdict = own(judged, any.case + "|" + (any.metric || ""));
                    texts.push(ratio(assayPair.ratio(sides[0], row)), assayPair.remark(sides[0], row, verdict));
                  });
                  return texts;
                });
                out.appendChild(table("Every metric: median and 95 % interval", heads, rows, numbers));
                out.appendChild(make("p", "\\u2193 less is better. Ratio: of the two medians; under it the least and the greatest that both intervals allow. It is no verdict: intervals that lie apart can be chance among so many metrics, and runs differ by more than processes do. A case whose library, version, instruction set, size or placement differs has no ratio.", "foot"));
                var whole = entries.slice(1).every(function (entry) { return own(entry.verdicts, entries[0].id); });
                out.appendChild(make("p", whole ? "The verdicts are those of these commands, with the directories of the bundles:" : "The verdicts come from these commands, with the directories of the bundles:", "foot"));
                out.appendChild(make("pre", entries.slice(1).map(function (entry) {
                  return "assay compare " + entries[0].id + " " + entry.id;
                }).join("\\n")));
              }
              function start() {
                var ids = location.hash.slice(1).split(",").filter(function (id, index, all) {
                  return known.indexOf(id) >= 0 && all.indexOf(id) === index;
                }).slice(0, 3);
                if (ids.length < 2) { return; }
                var left = ids.length;
                function done() {
                  left -= 1;
                  if (left > 0) { return; }
                  var entries = ids.map(function (id) { return own(loaded, id); });
                  if (entries.every(Boolean)) { show(entries); } else { out.textContent = "The data of a machine could not be loaded."; }
                }
                ids.forEach(function (id) {
                  if (own(loaded, id)) { done(); return; }
                  var script = document.createElement("script");
                  script.src = "data/" + id + ".js";
                  script.onload = script.onerror = done;
                  document.head.appendChild(script);
                });
              }
              window.addEventListener("hashchange", start);
              start();
            })();

            """
}
