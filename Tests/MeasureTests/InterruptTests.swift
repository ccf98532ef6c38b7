import Testing

@testable import Measure

struct InterruptTests {
    private static let x86 = """
                    CPU0       CPU2
          0:         10         20   IO-APIC   2-edge      timer
         24:          1          2   PCI-MSI 512-edge      virtio0-req.0
        NMI:          3          4   Non-maskable interrupts
        LOC:        100        200   Local timer interrupts
        HVS:          5          6   Hyper-V stimer0 interrupts
        ERR:          7
        MIS:          0

        """

    /// Columns are named: a processing unit that is offline has none.
    @Test func theColumnIsThatOfTheProcessingUnit() {
        #expect(InterruptCounts(text: Self.x86, processingUnit: 0).map { [$0.timer, $0.all] } == [115, 119])
        #expect(InterruptCounts(text: Self.x86, processingUnit: 2).map { [$0.timer, $0.all] } == [226, 232])
        #expect(InterruptCounts(text: Self.x86, processingUnit: 1) == nil)
    }

    @Test func timersOfOtherMachinesAreKnown() {
        let arm = "      CPU0\n 11:   50  GICv3  27 Level     arch_timer\n 12:   9  GICv3  33 Level     uart-pl011\n"
        #expect(InterruptCounts(text: arm, processingUnit: 0).map { [$0.timer, $0.all] } == [50, 59])
        let riscv = "      CPU0\n  5:   70  RISC-V INTC   5 Edge      riscv-timer\n"
        #expect(InterruptCounts(text: riscv, processingUnit: 0)?.timer == 70)
        let xen = "      CPU0\n 48:   8  xen-percpu    -virq      timer0\n"
        #expect(InterruptCounts(text: xen, processingUnit: 0)?.timer == 8)
    }

    @Test(arguments: [
        "", "\n", "CPU0", "CPU0\n", "CPU0 CPU1\nLOC:\n", "CPU0\nLOC: many Local timer interrupts\n",
        "CPU0\nLOC: -5 x\n", "CPU0\nLOC: 99999999999999999999999 x\n", "CPU0\nno colon 5\n", "cpu0\nLOC: 1 x\n",
        "CPU0\nERR: 5\n",
    ])
    func whatIsMalformedCountsNothing(_ text: String) {
        #expect(InterruptCounts(text: text, processingUnit: 0) == nil)
    }

    @Test func oneBadRowSpoilsNoOther() {
        let text = "CPU0 CPU1\nLOC: x 7 Local\nRES: 1\nCAL: 2 3 Function call\n"
        #expect(InterruptCounts(text: text, processingUnit: 1).map { [$0.timer, $0.all] } == [7, 10])
        #expect(InterruptCounts(text: text, processingUnit: 0).map { [$0.timer, $0.all] } == [0, 3])
    }

    @Test func processorTimesAreReadInSeconds() {
        let times = ProcessorTimes(line: "cpu3 100 20 30 4000 50 6 4 250 0 0", label: "cpu3")
        #expect(times.map { [$0.busy, $0.idle, $0.steal, $0.total] } == [1.6, 40.5, 2.5, 44.6])
        for line in ["cpu 1 2 3 4 5 6 7 8", "cpu3 1 2 3", "cpu3 a b c d e f g h", "cpu3 -1 2 3 4 5 6 7 8", "", "cpu3"] {
            #expect(ProcessorTimes(line: line, label: "cpu3") == nil, "\(line)")
        }
    }
}
