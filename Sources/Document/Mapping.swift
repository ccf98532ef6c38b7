extension Document {
    /// The same document with every text in it replaced: for what must hold of all formats at once.
    public func mapTexts(_ change: (String) -> String) -> Document {
        var copy = self
        copy.title = change(title)
        copy.result = change(result)
        copy.identity = identity.mapTexts(change)
        copy.finding = finding?.mapTexts(change)
        copy.stamp.reason = stamp.reason.mapTexts(change)
        copy.glance = glance.mapTexts(change)
        copy.sections = sections.map { section in
            var section = section
            section.finding = section.finding?.mapTexts(change)
            section.blocks = section.blocks.map { $0.mapTexts(change) }
            return section
        }
        copy.colophon = colophon.mapTexts(change)
        copy.metadata = metadata.map { Metadatum($0.key, $0.value.mapTexts(change)) }
        copy.stated = stated?.mapTexts(change)
        for index in copy.dataset.rows.indices {
            copy.dataset.rows[index].values = dataset.rows[index].values.map { $0.mapTexts(change) }
        }
        return copy
    }
}

extension Prose {
    public func mapTexts(_ change: (String) -> String) -> Prose {
        Prose(
            runs: runs.map { run in
                switch run {
                case .plain(let text): .plain(change(text))
                case .strong(let text): .strong(change(text))
                case .code(let text): .code(change(text))
                case .link(let text, let section): .link(change(text), section: section)
                }
            })
    }
}

extension Document.Stated {
    fileprivate func mapTexts(_ change: (String) -> String) -> Document.Stated {
        switch self {
        case .text(let text): .text(change(text))
        case .number, .flag: self
        case .list(let items): .list(items.map { $0.mapTexts(change) })
        case .members(let members): .members(members.map { Member($0.name, $0.value.mapTexts(change)) })
        }
    }
}

extension Document.Datum {
    fileprivate func mapTexts(_ change: (String) -> String) -> Document.Datum {
        if case .text(let text) = self { .text(change(text)) } else { self }
    }
}

extension Document.Glance {
    fileprivate func mapTexts(_ change: (String) -> String) -> Document.Glance {
        var copy = self
        for index in headlines.rows.indices {
            copy.headlines.rows[index].label = change(headlines.rows[index].label)
            copy.headlines.rows[index].note = change(headlines.rows[index].note)
            copy.headlines.rows[index].share = headlines.rows[index].share.mapTexts(change)
        }
        copy.caution.items = caution.items.map { $0.mapTexts(change) }
        copy.figure = figure?.mapTexts(change)
        copy.facts.items = facts.items.map { Document.Definition(change($0.term), $0.meaning.mapTexts(change)) }
        return copy
    }
}

extension Document.Block {
    func mapTexts(_ change: (String) -> String) -> Document.Block {
        switch self {
        case .heading(let text): .heading(change(text))
        case .paragraph(let prose): .paragraph(prose.mapTexts(change))
        case .table(let table): .table(table.mapTexts(change))
        case .definitions(let items):
            .definitions(items.map { Document.Definition(change($0.term), $0.meaning.mapTexts(change)) })
        case .bullets(let columns):
            .bullets(
                columns.map {
                    Document.BulletColumn(title: change($0.title), items: $0.items.map { $0.mapTexts(change) })
                })
        case .code(let text): .code(change(text))
        case .figure(let figure): .figure(figure.mapTexts(change))
        case .tree(let tree): .tree(tree.mapTexts(change))
        case .row(let stacks): .row(stacks.map { $0.map { $0.mapTexts(change) } })
        case .folded(let title, let blocks): .folded(title: change(title), blocks: blocks.map { $0.mapTexts(change) })
        }
    }
}

extension Document.Tree {
    fileprivate func mapTexts(_ change: (String) -> String) -> Document.Tree {
        Document.Tree(change(label), change(detail), children: children.map { $0.mapTexts(change) })
    }
}

extension Document.Table {
    fileprivate func mapTexts(_ change: (String) -> String) -> Document.Table {
        var copy = self
        copy.caption = change(caption)
        for index in columns.indices { copy.columns[index].title = change(columns[index].title) }
        copy.groups = groups.map { group in
            Document.Group(
                title: group.title.map(change), note: change(group.note),
                rows: group.rows.map { $0.map { $0.mapTexts(change) } })
        }
        copy.notes = notes.map { $0.mapTexts(change) }
        return copy
    }
}

extension Document.Cell {
    fileprivate func mapTexts(_ change: (String) -> String) -> Document.Cell {
        var copy = self
        switch content {
        case .text(let prose): copy.content = .text(prose.mapTexts(change))
        case .number(let text): copy.content = .number(change(text))
        case .share(var share):
            share.text = change(share.text)
            share.of = change(share.of)
            copy.content = .share(share)
        case .sparkline, .notApplicable: break
        }
        return copy
    }
}
