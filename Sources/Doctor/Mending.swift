import Model

/// Commands that are true here: with `sudo` unless Assay runs as root, and outside the container where a container cannot
/// do it.
extension Examination {
    private var isContainer: Bool { surroundings.container != nil }

    private var sudo: String { surroundings.isRoot.value == true && !isContainer ? "" : "sudo " }

    /// For settings of the kernel, which a container shares with its host and may not change.
    private var kernelPlace: Mend.Place { isContainer ? .host : .here }

    /// A command that needs root and changes the kernel, a module or a device.
    func asRoot(_ command: String) -> Mend { .command(sudo + command, on: kernelPlace) }

    func write(_ value: String, to path: String) -> Mend {
        .command("echo \(value) | \(sudo)tee \(path)", on: kernelPlace)
    }

    /// A parameter of the kernel's command line.
    func kernelParameter(_ word: String) -> Mend {
        guard surroundings.hasBootConfiguration else {
            return .nothing("the kernel's command line needs \(word), and whoever starts this machine sets it")
        }
        switch distribution {
        case .debian:
            let line = "echo 'GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX \(word)\"'"
            let file = "/etc/default/grub.d/assay.cfg"
            return .command(
                "\(line) | \(sudo)tee \(file) && \(sudo)update-grub && \(sudo)reboot", on: kernelPlace)
        case .fedora: return asRoot("grubby --update-kernel=ALL --args=\(word) && \(sudo)reboot")
        case .arch, .other:
            let edit = "sed -i 's/^GRUB_CMDLINE_LINUX=\"/&\(word) /' /etc/default/grub"
            return asRoot("\(edit) && \(sudo)grub-mkconfig -o /boot/grub/grub.cfg && \(sudo)reboot")
        }
    }

    /// A hypervisor's guest cannot change what it is shown.
    func onHardware(_ what: String, else mend: Mend) -> Mend {
        isGuest ? .nothing("the hypervisor does not pass \(what) on; bare metal has it") : mend
    }

    /// Gives a container a capability that it was started without.
    func grant(_ capability: String) -> Mend {
        switch surroundings.container {
        case "docker", "podman":
            let runtime = surroundings.container ?? "docker"
            return .command("\(runtime) run --cap-add=\(capability) IMAGE assay doctor", on: .host)
        case "kubernetes":
            let path = "/spec/template/spec/containers/0/securityContext"
            let patch =
                #"[{"op":"add","path":"\#(path)","value":{"capabilities":{"add":["\#(capability)"]}}}]"#
            return .command("kubectl patch deployment NAME --type=json -p '\(patch)'", on: .host)
        case .none where surroundings.isFiltered.value == true:
            return .nothing("a seccomp filter refuses it, which whoever started this process has set")
        default: return .nothing("whoever started this process must grant CAP_\(capability)")
        }
    }

    /// Out of a control group that limits what runs in it: `docker` options for a container, a slice of its own elsewhere.
    func unlimited(docker option: String, kubernetes: String) -> Mend {
        switch surroundings.container {
        case "docker", "podman":
            return .command("\(surroundings.container ?? "docker") update \(option) CONTAINER", on: .host)
        case "kubernetes": return .command("kubectl set resources deployment NAME \(kubernetes)", on: .host)
        case .some: return .nothing("the container's own limit: whoever started it can change it")
        case .none where surroundings.hasSystemd:
            return .command("\(sudo)systemd-run --scope --slice=assay.slice assay run standard", on: .here)
        case .none: return .nothing("the control group in which this was started sets it")
        }
    }

    /// Names of the packages by distribution, or the variable that names a file; in a container too it is typed here.
    func install(debian: String, fedora: String, arch: String, variable: String) -> Mend {
        let sudo = surroundings.isRoot.value == true ? "" : "sudo "
        return switch distribution {
        case .debian: .command("\(sudo)apt-get install \(debian)", on: .here)
        case .fedora: .command("\(sudo)dnf install \(fedora)", on: .here)
        case .arch: .command("\(sudo)pacman -S \(arch)", on: .here)
        case .other: .command("export \(variable)=/path/to/library.so", on: .here)
        }
    }

    private enum Distribution { case debian, fedora, arch, other }

    private var distribution: Distribution {
        let name = machine.software.operatingSystem.value?.lowercased() ?? ""
        func isAny(_ words: String...) -> Bool { words.contains { name.contains($0) } }
        if isAny("debian", "ubuntu", "mint", "raspbian") { return .debian }
        if isAny("fedora", "red hat", "centos", "rocky", "alma", "amazon linux", "oracle linux") { return .fedora }
        return isAny("arch linux", "manjaro") ? .arch : .other
    }
}
