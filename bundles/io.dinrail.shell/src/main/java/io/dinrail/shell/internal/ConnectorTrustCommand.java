package io.dinrail.shell.internal;

import io.dinrail.connector.api.Connectors;
import io.dinrail.connector.api.PeerCertificate;
import io.dinrail.identity.api.Role;
import io.dinrail.json.api.Json;
import io.dinrail.json.api.JsonObject;
import io.dinrail.model.api.TagValue;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

@Needs(Role.ENGINEER)
@Command(
        scope = "dinrail",
        name = "connector-trust",
        description = "Lists the certificates of a connector's devices, or accepts one that waits in quarantine")
final class ConnectorTrustCommand extends PlatformCommand {
    @Argument(name = "name", description = "The connector", required = true)
    @Completion(ConnectorNames.class)
    private String name;

    @Option(
            name = "--accept",
            description = "The SHA-256 fingerprint of the certificate to accept, as the device shows it")
    private @Nullable String accept;

    @Option(name = "--json", description = "Print one JSON value and nothing else")
    private boolean json;

    @Override
    String recorded() {
        return accept == null ? "" : name + " " + accept;
    }

    @Override
    void run(Call call) throws Exception {
        Connectors connectors = call.services().require(Connectors.class);
        if (accept != null) {
            connectors.trust(name, accept);
        }
        List<PeerCertificate> peers = connectors.peers(name);
        if (json) {
            call.out()
                    .println(Json.write(new TagValue.Array(
                            peers.stream().map(ConnectorTrustCommand::object).toList())));
        } else if (accept != null) {
            call.out().println("trusted " + PeerCertificate.plain(accept));
        } else {
            print(peers, call);
        }
    }

    private static void print(List<PeerCertificate> peers, Call call) {
        ShellTable table = new ShellTable().emptyTableText("none");
        List.of("fingerprint", "state", "subject", "issuer", "from", "until", "remark")
                .forEach(table::column);
        peers.forEach(peer -> table.addRow()
                .addContent(
                        peer.fingerprint(),
                        state(peer),
                        peer.subject(),
                        peer.issuer(),
                        Shown.cell(peer.notBefore()),
                        Shown.cell(peer.notAfter()),
                        Shown.cell(peer.remark())));
        table.print(call.out());
    }

    private static TagValue object(PeerCertificate peer) {
        return new JsonObject()
                .put("fingerprint", peer.fingerprint())
                .put("state", state(peer))
                .put("subject", peer.subject())
                .put("issuer", peer.issuer())
                .put("notBefore", peer.notBefore())
                .put("notAfter", peer.notAfter())
                .putOrNull("remark", Shown.text(peer.remark()))
                .toValue();
    }

    private static String state(PeerCertificate peer) {
        return peer.trusted() ? "trusted" : "quarantined";
    }
}
