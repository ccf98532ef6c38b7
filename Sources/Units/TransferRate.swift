extension Figures {
    /// The rate of a memory bus as its makers write it: `4 800 MT/s`.
    public static func transferRate(_ perSecond: Double) -> String {
        fixed(perSecond / 1e6, decimals: 0) + space + "MT/s"
    }
}
