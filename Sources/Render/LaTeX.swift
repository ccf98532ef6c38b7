public import Document

/// One LaTeX file that pdflatex sets with what TeX Live’s recommended packages bring; charts are pgfplots axes.
public enum LaTeX {
    public static func render(_ document: Document) -> String {
        ([preamble(document), "\\begin{document}", head(document), glance(document.glance)]
            + [contents(document)] + document.sections.map(section)
            + [
                "\\par\\bigskip\\hrule\\smallskip", "{\\footnotesize\\color{soft} \(prose(document.colophon))\\par}",
                "\\end{document}",
            ])
            .joined(separator: "\n\n") + "\n"
    }

    /// What a figure takes of the width of the text: a pixel of a drawing in points.
    static let pointsPerPixel = 0.72

    private static func preamble(_ document: Document) -> String {
        """
        % Compiles with pdflatex, twice for the links.
        \\documentclass[10pt,a4paper]{article}
        \(packages)
        \\hypersetup{pdftitle={\(Escape.latex(document.title))},pdfsubject={\(Escape.latex(document.kind))}}
        \\fancyhead[L]{\\footnotesize\\color{soft}\(Escape.latex(document.kind))}
        \\fancyhead[R]{\\footnotesize\\color{soft}\(Escape.latex(document.result))}
        """
    }

    private static let packages = """
        \\usepackage[T1]{fontenc}
        \\usepackage[utf8]{inputenc}
        \\usepackage{lmodern,textcomp,amsmath,array,longtable,booktabs,xcolor,fancyhdr,multicol}
        \\usepackage[a4paper,margin=18mm,headheight=14pt]{geometry}
        \\usepackage{pgfplots}
        \\usepackage[hidelinks]{hyperref}
        \\renewcommand{\\familydefault}{\\sfdefault}
        \\pdfsuppresswarningpagegroup=1
        \\ifdefined\\pdftrailerid\\pdftrailerid{}\\fi
        \\pdfinfoomitdate=1
        \\definecolor{ink}{HTML}{1B1C1E}\\definecolor{soft}{HTML}{5A5E63}\\definecolor{rulegrey}{HTML}{D5D7D9}
        \\definecolor{ghost}{HTML}{ECEEEF}\\definecolor{accent}{HTML}{14538A}\\definecolor{warn}{HTML}{9A3B06}
        \\color{ink}
        \\pagestyle{fancy}\\fancyhf{}\\renewcommand{\\headrulewidth}{0.3pt}\\fancyfoot[C]{\\footnotesize\\thepage}
        \\setlength{\\parindent}{0pt}\\setlength{\\parskip}{4pt}\\setlength{\\tabcolsep}{3pt}\\setlength{\\LTpre}{2pt}\\setlength{\\LTpost}{2pt}
        \\setlength{\\emergencystretch}{3em}\\hbadness=10000\\hfuzz=2pt\\raggedbottom
        \\newcommand{\\gist}[1]{{\\small\\color{soft}#1\\par}}
        \\newcommand{\\note}[1]{{\\footnotesize\\color{soft}#1\\par}}
        \\newcommand{\\room}[1]{\\par\\ifdim\\pagegoal<\\maxdimen\\ifdim\\dimexpr\\pagegoal-\\pagetotal\\relax<#1\\newpage\\fi\\fi}
        \\newcommand{\\sheethead}[2]{\\room{80pt}\\bigskip\\hrule\\smallskip\\phantomsection\\label{#1}{\\large\\bfseries #2\\par}\\nopagebreak\\smallskip}
        \\newcommand{\\subhead}[1]{\\room{48pt}\\medskip{\\bfseries #1\\par}\\nopagebreak}
        \\newcommand{\\bad}[1]{\\textbf{\\textcolor{warn}{#1}}}\\newcommand{\\good}[1]{\\textbf{\\textcolor{accent}{#1}}}
        \\newcommand{\\quiet}[1]{\\textcolor{soft}{#1}}
        \\newcommand{\\sharebar}[1]{\\textcolor{accent}{\\rule[0.3ex]{#1pt}{3.5pt}}}
        \\pgfplotsset{compat=1.17,assay/.style={scale only axis,axis lines=none,clip=false,log basis x=10,log basis y=10,
          every axis plot/.append style={forget plot}}}
        \\tikzset{\(PlotStyles.text)}
        """

    private static func head(_ document: Document) -> String {
        let stamp = document.stamp
        let word = stamp.isCaution ? "\\bad{\(Escape.latex(stamp.word))}" : "\\textbf{\(Escape.latex(stamp.word))}"
        let finding = document.finding.map { "\n\\par\\smallskip \(prose($0))\\par" } ?? ""
        return """
            {\\LARGE\\bfseries\\raggedright \(Escape.latex(document.title))\\par}
            \\gist{\(prose(document.identity))}
            \\fbox{\\parbox{\\dimexpr\\linewidth-2\\fboxsep-2\\fboxrule\\relax}{\\small \(word) \\enspace \(prose(stamp.reason))}}\\par\(finding)
            """
    }

    private static func contents(_ document: Document) -> String {
        let glance = (document.glance.number, document.glance.title)
        let entries = (document.sections.map { ($0.number, $0.title) } + [glance]).sorted { $0.0 < $1.0 }
        let items = entries.map { number, title in
            "\\hyperref[\(Document.Section.id(number))]{\\makebox[1.6em][l]{\\quiet{\(number)}}\(Escape.latex(title))}\\\\"
        }
        return """
            \\clearpage{\\large\\bfseries \(Escape.latex(document.contentsTitle))\\par}\\begin{multicols}{3}\\small\\raggedright\\noindent
            \(items.joined(separator: "\n"))
            \\end{multicols}
            """
    }

    private static func section(_ section: Document.Section) -> String {
        let finding = section.finding.map { ["\\gist{\(prose($0))}"] } ?? []
        return ([heading(section.number, section.title)] + finding + section.blocks.map(block)).joined(
            separator: "\n\n")
    }

    static func heading(_ number: Int, _ title: String) -> String {
        "\\sheethead{\(Document.Section.id(number))}{\\quiet{\(number)}\\enspace \(Escape.latex(title))}"
    }

    static func prose(_ prose: Prose) -> String {
        prose.runs.map { run in
            switch run {
            case .plain(let text): Escape.latex(text)
            case .strong(let text): "\\textbf{\(Escape.latex(text))}"
            case .code(let text): "\\texttt{\(Escape.latexCode(text))}"
            case .link(let text, let section): "\\hyperref[\(Document.Section.id(section))]{\(Escape.latex(text))}"
            }
        }.joined()
    }
}
