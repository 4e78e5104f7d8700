package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/** Finds a server's endpoint and connects to it. */
final class Dialling {
    private static final long HANG_UP_MILLIS = 800;

    private final String name;
    private final OpcuaSettings settings;
    private final ClientThreads threads;
    private final Failures failures;

    Dialling(String name, OpcuaSettings settings, ClientThreads threads, Failures failures) {
        this.name = name;
        this.settings = settings;
        this.threads = threads;
        this.failures = failures;
    }

    /** @throws ConnectorException if there is no session within twice the timeout; nothing goes on trying then. */
    OpcUaClient dial() throws ConnectorException {
        try {
            resolve();
            List<EndpointDescription> offered =
                    failures.await(DiscoveryClient.getEndpoints(settings.endpoint(), this::configure));
            OpcUaClient client = OpcUaClient.create(config(choose(offered)), this::configure);
            try {
                return failures.await(client.connectAsync());
            } catch (ConnectorException e) {
                hangUp(client);
                throw e;
            }
        } catch (UaException | IllegalStateException e) {
            throw failures.failed(e);
        }
    }

    /** Closes the session if the server still answers, and the connection in any case; waits under a second. */
    static void hangUp(OpcUaClient client) {
        try {
            client.disconnectAsync().get(HANG_UP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            drop(client);
        } catch (InterruptedException e) {
            drop(client);
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the connection without another word, and so that the library doesn't make it again; doesn't wait. */
    static void drop(OpcUaClient client) {
        // the connection first, or else ending the session would wait for it to come back
        client.getTransport().disconnect();
        client.disconnectAsync();
    }

    // here, for the library would block one of its few threads with it, and names no host
    private void resolve() throws ConnectorException {
        try {
            InetAddress.getByName(settings.host());
        } catch (UnknownHostException e) {
            throw failures.lost("can't be connected: no address is known for this host");
        }
    }

    private void configure(OpcTcpClientTransportConfigBuilder transport) {
        threads.configure(transport);
        transport.setConnectTimeout(timeout()).setAcknowledgeTimeout(timeout());
    }

    private OpcUaClientConfig config(EndpointDescription endpoint) {
        return OpcUaClientConfig.builder()
                .setApplicationName(LocalizedText.english("Dinrail connector " + name))
                .setApplicationUri("urn:dinrail:connector:opcua")
                .setProductUri("urn:dinrail")
                .setSessionName(() -> "dinrail-" + name)
                // many servers report a name that is known to nobody here
                .setEndpoint(EndpointUtil.updateUrl(endpoint, settings.host(), settings.port()))
                // compares what was discovered with what is met; without security either may be forged
                .setSessionEndpointValidationEnabled(false)
                .setRequestTimeout(timeout())
                .setKeepAliveTimeout(timeout())
                .setKeepAliveFailuresAllowed(Unsigned.uint(0))
                .build();
    }

    private EndpointDescription choose(List<EndpointDescription> offered) throws ConnectorException {
        return offered.stream()
                .filter(endpoint ->
                        TransportProfile.TCP_UASC_UABINARY.getUri().equals(endpoint.getTransportProfileUri()))
                .filter(endpoint -> SecurityPolicy.None.getUri().equals(endpoint.getSecurityPolicyUri()))
                .filter(Dialling::letsAnybodyIn)
                .findFirst()
                .orElseThrow(() -> failures.lost("offers no endpoint without security for an anonymous user, only "
                        + offered.stream().map(Dialling::shown).collect(Collectors.joining(", "))));
    }

    private static boolean letsAnybodyIn(EndpointDescription endpoint) {
        return endpoint.getUserIdentityTokens() != null
                && Arrays.stream(endpoint.getUserIdentityTokens())
                        .anyMatch(policy -> policy.getTokenType() == UserTokenType.Anonymous);
    }

    private static String shown(EndpointDescription endpoint) {
        String policy = String.valueOf(endpoint.getSecurityPolicyUri());
        return policy.substring(policy.indexOf('#') + 1) + "/" + endpoint.getSecurityMode();
    }

    private UInteger timeout() {
        return Unsigned.uint(settings.timeout().toMillis());
    }
}
