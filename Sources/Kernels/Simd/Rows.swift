import CKernels
import Model

extension DataType {
    /// What rows of this type are to the kernels in C; `nil` where tables are not made of it.
    var rowType: Int32? {
        switch self {
        case .f32: Int32(ASSAY_ROWS_F32.rawValue)
        case .bf16: Int32(ASSAY_ROWS_BF16.rawValue)
        case .int8: Int32(ASSAY_ROWS_INT8.rawValue)
        case .f64, .f16: nil
        }
    }
}

/// The rows of a table as exact numbers, for the reference: nothing in it is shared with the kernels but the layout.
struct Rows {
    let start: UnsafePointer<UInt8>
    let type: DataType
    let dimension: Int
    let bytes: Int

    init(_ start: UnsafePointer<UInt8>, _ type: DataType, shape: EmbeddingShape) {
        self.start = start
        self.type = type
        dimension = shape.dimension
        bytes = shape.rowBytes(type)
    }

    /// Adds weight × row to the sums, column by column. Scale · q and bias of int8 are terms of their own: they are as large
    /// as each other, and rounded apart.
    func add(_ row: Int, weight: Double, to sums: UnsafeMutablePointer<Exact>) {
        let from = UnsafeRawPointer(start + row * bytes)
        switch type {
        case .bf16:
            for column in 0..<dimension {
                let bits = UInt32(from.loadUnaligned(fromByteOffset: 2 * column, as: UInt16.self)) << 16
                sums[column].add(weight * Double(Float(bitPattern: bits)))
            }
        case .int8:
            let scale = Double(from.loadUnaligned(fromByteOffset: dimension, as: Float.self))
            let bias = Double(from.loadUnaligned(fromByteOffset: dimension + 4, as: Float.self))
            for column in 0..<dimension {
                sums[column].add(weight * scale * Double(from.load(fromByteOffset: column, as: UInt8.self)))
                sums[column].add(weight * bias)
            }
        case .f32, .f16, .f64:
            for column in 0..<dimension {
                sums[column].add(weight * Double(from.loadUnaligned(fromByteOffset: 4 * column, as: Float.self)))
            }
        }
    }

    /// The exclusive or of a row's 64-bit words, the last filled up with zeros.
    func fold(_ row: Int) -> UInt64 {
        let from = UnsafeRawPointer(start + row * bytes)
        var all: UInt64 = 0
        var offset = 0
        while offset + 8 <= bytes {
            all ^= from.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset += 8
        }
        for (place, byte) in (offset..<bytes).enumerated() {
            all ^= UInt64(from.load(fromByteOffset: byte, as: UInt8.self)) << (8 * UInt64(place))
        }
        return all
    }
}
