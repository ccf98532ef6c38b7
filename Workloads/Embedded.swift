/// The YAML that ships, embedded, so that a copied executable works alone.
public enum Shipped {
    /// Shapes first: suites name them.
    public static var files: [(name: String, text: String)] {
        [
            ("shapes_kernels.yaml", PackageResources.shapes_kernels_yaml),
            ("shapes_ceilings.yaml", PackageResources.shapes_ceilings_yaml),
            ("shapes_embedding.yaml", PackageResources.shapes_embedding_yaml),
            ("shapes_dlrm_tables.yaml", PackageResources.shapes_dlrm_tables_yaml),
            ("suite_quick.yaml", PackageResources.suite_quick_yaml),
            ("suite_standard.yaml", PackageResources.suite_standard_yaml),
            ("suite_smoke.yaml", PackageResources.suite_smoke_yaml),
            ("suite_ceilings.yaml", PackageResources.suite_ceilings_yaml),
            ("suite_embedding.yaml", PackageResources.suite_embedding_yaml),
            ("suite_dlrm.yaml", PackageResources.suite_dlrm_yaml),
        ].map { ($0.0, String(decoding: $0.1, as: UTF8.self)) }
    }
}
