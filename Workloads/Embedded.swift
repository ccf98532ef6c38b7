public enum Workloads { public static let quick = PackageResources.suite_quick_yaml }
