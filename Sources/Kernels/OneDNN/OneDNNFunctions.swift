import COneDNN
import DynamicLibrary

/// The functions that are the same in oneDNN 2 and 3, looked up once.
struct OneDNNFunctions {
    let engineCreate: assay_dnnl_engine_create
    let engineDestroy: assay_dnnl_engine_destroy
    let streamCreate: assay_dnnl_stream_create
    let streamWait: assay_dnnl_stream_wait
    let streamDestroy: assay_dnnl_stream_destroy
    let memoryCreate: assay_dnnl_memory_create
    let memoryDestroy: assay_dnnl_memory_destroy
    let layoutSize: assay_dnnl_memory_desc_get_size
    let layoutsEqual: assay_dnnl_memory_desc_equal
    let attributesCreate: assay_dnnl_primitive_attr_create
    let attributesDestroy: assay_dnnl_primitive_attr_destroy
    let reorderCreate: assay_dnnl_reorder_primitive_desc_create
    let query: assay_dnnl_primitive_desc_query
    let queryLayout: assay_dnnl_primitive_desc_query_md
    let descriptionDestroy: assay_dnnl_primitive_desc_destroy
    let primitiveCreate: assay_dnnl_primitive_create
    let primitiveExecute: assay_dnnl_primitive_execute
    let primitiveDestroy: assay_dnnl_primitive_destroy

    init(_ library: DynamicLibrary) throws(LibraryError) {
        func find<Function>(_ name: String, _ type: Function.Type) throws(LibraryError) -> Function {
            try library.function("dnnl_" + name, as: type)
        }
        engineCreate = try find("engine_create", assay_dnnl_engine_create.self)
        engineDestroy = try find("engine_destroy", assay_dnnl_engine_destroy.self)
        streamCreate = try find("stream_create", assay_dnnl_stream_create.self)
        streamWait = try find("stream_wait", assay_dnnl_stream_wait.self)
        streamDestroy = try find("stream_destroy", assay_dnnl_stream_destroy.self)
        memoryCreate = try find("memory_create", assay_dnnl_memory_create.self)
        memoryDestroy = try find("memory_destroy", assay_dnnl_memory_destroy.self)
        layoutSize = try find("memory_desc_get_size", assay_dnnl_memory_desc_get_size.self)
        layoutsEqual = try find("memory_desc_equal", assay_dnnl_memory_desc_equal.self)
        attributesCreate = try find("primitive_attr_create", assay_dnnl_primitive_attr_create.self)
        attributesDestroy = try find("primitive_attr_destroy", assay_dnnl_primitive_attr_destroy.self)
        reorderCreate = try find("reorder_primitive_desc_create", assay_dnnl_reorder_primitive_desc_create.self)
        query = try find("primitive_desc_query", assay_dnnl_primitive_desc_query.self)
        queryLayout = try find("primitive_desc_query_md", assay_dnnl_primitive_desc_query_md.self)
        descriptionDestroy = try find("primitive_desc_destroy", assay_dnnl_primitive_desc_destroy.self)
        primitiveCreate = try find("primitive_create", assay_dnnl_primitive_create.self)
        primitiveExecute = try find("primitive_execute", assay_dnnl_primitive_execute.self)
        primitiveDestroy = try find("primitive_destroy", assay_dnnl_primitive_destroy.self)
    }
}

/// The functions that differ between the majors, which is how layouts and operations are described.
enum OneDNNGeneration {
    case two(OneDNN2Functions)
    case three(OneDNN3Functions)
}

struct OneDNN2Functions {
    let layoutByStrides: assay_dnnl_memory_desc_init_by_strides
    let layoutByTag: assay_dnnl_memory_desc_init_by_tag
    let matmul: assay_dnnl_matmul_desc_init
    let forward: assay_dnnl_convolution_forward_desc_init
    let backwardData: assay_dnnl_convolution_backward_data_desc_init
    let backwardWeights: assay_dnnl_convolution_backward_weights_desc_init
    let setScales: assay_dnnl_primitive_attr_set_output_scales
    let descriptionCreate: assay_dnnl_primitive_desc_create

    init(_ library: DynamicLibrary) throws(LibraryError) {
        func find<Function>(_ name: String, _ type: Function.Type) throws(LibraryError) -> Function {
            try library.function("dnnl_" + name, as: type)
        }
        layoutByStrides = try find("memory_desc_init_by_strides", assay_dnnl_memory_desc_init_by_strides.self)
        layoutByTag = try find("memory_desc_init_by_tag", assay_dnnl_memory_desc_init_by_tag.self)
        matmul = try find("matmul_desc_init", assay_dnnl_matmul_desc_init.self)
        forward = try find("convolution_forward_desc_init", assay_dnnl_convolution_forward_desc_init.self)
        backwardData = try find(
            "convolution_backward_data_desc_init", assay_dnnl_convolution_backward_data_desc_init.self)
        backwardWeights = try find(
            "convolution_backward_weights_desc_init", assay_dnnl_convolution_backward_weights_desc_init.self)
        setScales = try find("primitive_attr_set_output_scales", assay_dnnl_primitive_attr_set_output_scales.self)
        descriptionCreate = try find("primitive_desc_create", assay_dnnl_primitive_desc_create.self)
    }
}

struct OneDNN3Functions {
    let layoutByStrides: assay_dnnl_memory_desc_create_with_strides
    let layoutByTag: assay_dnnl_memory_desc_create_with_tag
    let layoutDestroy: assay_dnnl_memory_desc_destroy
    let matmul: assay_dnnl_matmul_primitive_desc_create
    let forward: assay_dnnl_convolution_forward_primitive_desc_create
    let backwardData: assay_dnnl_convolution_backward_data_primitive_desc_create
    let backwardWeights: assay_dnnl_convolution_backward_weights_primitive_desc_create
    let setScalesMask: assay_dnnl_primitive_attr_set_scales_mask

    init(_ library: DynamicLibrary) throws(LibraryError) {
        func find<Function>(_ name: String, _ type: Function.Type) throws(LibraryError) -> Function {
            try library.function("dnnl_" + name, as: type)
        }
        layoutByStrides = try find("memory_desc_create_with_strides", assay_dnnl_memory_desc_create_with_strides.self)
        layoutByTag = try find("memory_desc_create_with_tag", assay_dnnl_memory_desc_create_with_tag.self)
        layoutDestroy = try find("memory_desc_destroy", assay_dnnl_memory_desc_destroy.self)
        matmul = try find("matmul_primitive_desc_create", assay_dnnl_matmul_primitive_desc_create.self)
        forward = try find(
            "convolution_forward_primitive_desc_create", assay_dnnl_convolution_forward_primitive_desc_create.self)
        backwardData = try find(
            "convolution_backward_data_primitive_desc_create",
            assay_dnnl_convolution_backward_data_primitive_desc_create.self)
        backwardWeights = try find(
            "convolution_backward_weights_primitive_desc_create",
            assay_dnnl_convolution_backward_weights_primitive_desc_create.self)
        setScalesMask = try find("primitive_attr_set_scales_mask", assay_dnnl_primitive_attr_set_scales_mask.self)
    }
}
