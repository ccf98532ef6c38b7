/// The YAML that ships, embedded, so that a copied executable works alone.
public enum Shipped {
    /// Shapes first, because suites name them; last the suite that includes others.
    public static var files: [(name: String, text: String)] {
        [
            ("shapes_kernels.yaml", PackageResources.shapes_kernels_yaml),
            ("shapes_ceilings.yaml", PackageResources.shapes_ceilings_yaml),
            ("shapes_embedding.yaml", PackageResources.shapes_embedding_yaml),
            ("shapes_resnet50.yaml", PackageResources.shapes_resnet50_yaml),
            ("shapes_bert.yaml", PackageResources.shapes_bert_yaml),
            ("shapes_dlrm.yaml", PackageResources.shapes_dlrm_yaml),
            ("shapes_dlrm_tables.yaml", PackageResources.shapes_dlrm_tables_yaml),
            ("shapes_deepbench.yaml", PackageResources.shapes_deepbench_yaml),
            ("suite_quick.yaml", PackageResources.suite_quick_yaml),
            ("suite_standard.yaml", PackageResources.suite_standard_yaml),
            ("suite_scenarios.yaml", PackageResources.suite_scenarios_yaml),
            ("suite_scenarios_long.yaml", PackageResources.suite_scenarios_long_yaml),
            ("suite_smoke.yaml", PackageResources.suite_smoke_yaml),
            ("suite_ceilings.yaml", PackageResources.suite_ceilings_yaml),
            ("suite_embedding.yaml", PackageResources.suite_embedding_yaml),
            ("suite_dlrm.yaml", PackageResources.suite_dlrm_yaml),
            ("suite_resnet50_layers.yaml", PackageResources.suite_resnet50_layers_yaml),
            ("suite_bert_gemms.yaml", PackageResources.suite_bert_gemms_yaml),
            ("suite_deepbench.yaml", PackageResources.suite_deepbench_yaml),
            ("suite_scaling.yaml", PackageResources.suite_scaling_yaml),
            ("suite_full.yaml", PackageResources.suite_full_yaml),
        ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
    }
}
