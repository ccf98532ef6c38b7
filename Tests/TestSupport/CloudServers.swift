import Foundation

/// What stands for the metadata services of four clouds: their answers as documented, with identifiers that must not be
/// repeated planted in them.
public enum CloudServers {
    public typealias Answer = @Sendable (String) -> LocalServer.Reply

    static func line(_ head: String) -> String { head.components(separatedBy: "\r\n").first ?? "" }

    static func has(_ head: String, _ header: String) -> Bool {
        head.components(separatedBy: "\r\n").dropFirst().contains { $0.lowercased() == header.lowercased() }
    }

    /// Version 2 alone: 401 to whoever brings no token.
    public static let amazon: Answer = amazon(with: [:])

    /// - Parameter with: answers in the place of the usual ones, by path.
    public static func amazon(with other: [String: LocalServer.Reply]) -> Answer {
        { head in
            let words = line(head).split(separator: " ").map(String.init)
            guard words.count == 3 else { return .http(400, "") }
            if let reply = other[words[1]] { return reply }
            if words[1] == "/latest/api/token" {
                guard words[0] == "PUT", has(head, "X-aws-ec2-metadata-token-ttl-seconds: 60") else {
                    return .http(words[0] == "PUT" ? 400 : 405, "")
                }
                return .http(200, "AQAEAtokentokentokentoken==", headers: ["Server: EC2ws"])
            }
            guard has(head, "X-aws-ec2-metadata-token: AQAEAtokentokentokentoken==") else { return .http(401, "") }
            switch words[1] {
            case "/latest/dynamic/instance-identity/document": return .http(200, document, type: "application/json")
            case "/latest/meta-data/instance-life-cycle": return .http(200, "spot")
            default: return .http(404, "<?xml version=\"1.0\"?><html><title>404 - Not Found</title></html>")
            }
        }
    }

    private static let document = """
        {
          "accountId" : "PLANTED-012345678901",
          "architecture" : "x86_64",
          "availabilityZone" : "eu-central-1a",
          "billingProducts" : null,
          "devpayProductCodes" : null,
          "marketplaceProductCodes" : null,
          "imageId" : "ami-0abcdef1234567890",
          "instanceId" : "i-PLANTED567890abcdef0",
          "instanceType" : "c7i.4xlarge",
          "kernelId" : null,
          "pendingTime" : "2026-11-23T09:12:07Z",
          "privateIp" : "10.0.0.77",
          "ramdiskId" : null,
          "region" : "eu-central-1",
          "version" : "2017-09-30"
        }
        """

    public static let google: Answer = { head in
        guard has(head, "Metadata-Flavor: Google") else { return .http(403, "") }
        let values = [
            "zone": "projects/PLANTED-4711/zones/us-central1-a",
            "machine-type": "projects/PLANTED-4711/machineTypes/n2-standard-8", "scheduling/preemptible": "FALSE",
            "image": "projects/PLANTED-project/global/images/debian-12-bookworm-v20261110",
            "cpu-platform": "Intel Ice Lake", "id": "PLANTED-987654321",
        ]
        let path = line(head).split(separator: " ").dropFirst().first ?? ""
        let prefix = "/computeMetadata/v1/"
        let key = path.hasPrefix(prefix + "instance/") ? String(path.dropFirst(prefix.count + 9)) : ""
        if path == prefix + "project/project-id" {
            return .http(200, "PLANTED-project", headers: ["Metadata-Flavor: Google"])
        }
        guard let value = values[key] else { return .http(404, "") }
        return .http(
            200, value, type: "application/text",
            headers: ["Metadata-Flavor: Google", "Server: Metadata Server for VM"])
    }

    public static let azure: Answer = azure(priority: "Spot")

    public static func azure(priority: String) -> Answer {
        { head in
            guard line(head).hasPrefix("GET /metadata/instance?api-version=") else { return .http(404, "") }
            guard has(head, "Metadata: true") else { return .http(400, "{\"error\":\"Bad request\"}") }
            return chunked(instance(priority: priority))
        }
    }

    /// In two pieces, as the service does send it.
    private static func chunked(_ body: String) -> LocalServer.Reply {
        let bytes = Array(body.utf8)
        let half = bytes.count / 2
        let pieces = [bytes[..<half], bytes[half...]].map { piece in
            String(piece.count, radix: 16) + "\r\n" + String(decoding: piece, as: UTF8.self) + "\r\n"
        }
        return .text(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
                + pieces.joined() + "0\r\n\r\n")
    }

    private static func instance(priority: String) -> String {
        """
        {"compute": {"azEnvironment": "AzurePublicCloud", "evictionPolicy": "", "location": "westeurope",
          "name": "PLANTED-name", "offer": "ubuntu-24_04-lts", "osProfile": {"adminUsername": "PLANTED-admin",
          "computerName": "planted-host"}, "osType": "Linux", "priority": "\(priority)", "provider": "Microsoft.Compute",
          "publisher": "Canonical", "resourceGroupName": "PLANTED-group",
          "resourceId": "/subscriptions/PLANTED-subscription/resourceGroups/PLANTED-group",
          "sku": "server", "storageProfile": {"dataDisks": [], "imageReference": {"id": "", "offer": "ubuntu-24_04-lts",
          "publisher": "Canonical", "sku": "server", "version": "latest"}}, "subscriptionId": "PLANTED-subscription",
          "tags": "owner:PLANTED", "version": "24.04.202611", "vmId": "PLANTED-vm",
          "vmScaleSetName": "", "vmSize": "Standard_D8s_v5", "zone": "2"},
         "network": {"interface": [{"ipv4": {"ipAddress": [{"privateIpAddress": "10.0.0.77", "publicIpAddress": ""}]},
          "macAddress": "02FEEDFACADE"}]}}
        """
    }

    public static let oracle: Answer = { head in
        guard line(head).hasPrefix("GET /opc/v2/instance/ ") else { return .http(404, "") }
        guard has(head, "Authorization: Bearer Oracle") else { return .http(403, "") }
        return .http(
            200,
            """
            {"availabilityDomain": "PLANTED:PHX-AD-1", "faultDomain": "FAULT-DOMAIN-3",
             "compartmentId": "ocid1.compartment.oc1..PLANTED", "displayName": "PLANTED-display",
             "hostname": "planted-host", "id": "ocid1.instance.oc1.phx.PLANTED", "image": "ocid1.image.oc1.phx.public",
             "metadata": {"ssh_authorized_keys": "ssh-ed25519 PLANTED"}, "region": "phx",
             "canonicalRegionName": "us-phoenix-1", "ociAdName": "phx-ad-1", "shape": "VM.Standard.E4.Flex",
             "shapeConfig": {"maxVnicAttachments": 2, "memoryInGBs": 16.0, "networkingBandwidthInGbps": 1.0, "ocpus": 1.0},
             "state": "Running", "tenantId": "ocid1.tenancy.oc1..PLANTED", "timeCreated": 1795000000000}
            """, type: "application/json")
    }
}
