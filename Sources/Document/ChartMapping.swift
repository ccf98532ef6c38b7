extension Document.Figure {
    func mapTexts(_ change: (String) -> String) -> Document.Figure {
        Document.Figure(
            title: change(title), subtitle: change(subtitle), description: change(description),
            chart: chart.mapTexts(change))
    }
}

extension Document.Chart {
    fileprivate func mapTexts(_ change: (String) -> String) -> Document.Chart {
        switch self {
        case .roofline(var chart):
            for index in chart.points.indices { chart.points[index].label = change(chart.points[index].label) }
            for index in chart.ceilings.indices { chart.ceilings[index].name = change(chart.ceilings[index].name) }
            return .roofline(chart)
        case .bars(var chart):
            for index in chart.rows.indices { chart.rows[index].label = change(chart.rows[index].label) }
            return .bars(chart)
        case .lines(var chart):
            for index in chart.series.indices { chart.series[index].name = change(chart.series[index].name) }
            for index in chart.markers.indices { chart.markers[index].name = change(chart.markers[index].name) }
            return .lines(chart)
        case .forest(var chart):
            for index in chart.rows.indices { chart.rows[index].label = change(chart.rows[index].label) }
            return .forest(chart)
        case .course(var chart):
            for index in chart.series.indices { chart.series[index].name = change(chart.series[index].name) }
            return .course(chart)
        case .trace(var chart):
            chart.axis = change(chart.axis)
            return .trace(chart)
        case .boxes(let boxes): return .boxes(boxes.map { $0.mapTexts(change) })
        }
    }
}

extension Document.Box {
    fileprivate func mapTexts(_ change: (String) -> String) -> Document.Box {
        Document.Box(change(label), change(detail), style, children: children.map { $0.mapTexts(change) })
    }
}
