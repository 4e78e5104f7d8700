package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/** Finds a server's endpoint and connects to it. */
final class Dialling {
    private static final long HANG_UP_MILLIS = 800;

    private final Setup setup;
    private final OpcuaSettings settings;
    private final Failures failures;
    private final Identities identities;
    private final ServerTrust trust;

    Dialling(Setup setup, Failures failures) {
        this.setup = setup;
        this.settings = setup.settings();
        this.failures = failures;
        this.identities = new Identities(
                settings.login(), settings.security(), setup.platform().secrets());
        this.trust =
                new ServerTrust(setup.trust(), setup.name(), setup.platform().clock());
    }

    /** @throws ConnectorException if there is no session within twice the timeout; nothing goes on trying then. */
    Line dial() throws ConnectorException {
        try {
            resolve();
            // many servers report a name that is known to nobody here
            EndpointDescription endpoint = EndpointUtil.updateUrl(
                    choose(failures.await(DiscoveryClient.getEndpoints(settings.endpoint(), this::configure))),
                    settings.host(),
                    settings.port());
            Optional<OwnCertificate> own = identify(endpoint);
            OpcUaClient client = OpcUaClient.create(config(endpoint, own), this::configure);
            try {
                return new Line(failures.await(client.connectAsync()), own);
            } catch (ConnectorException e) {
                hangUp(client);
                throw e;
            }
        } catch (Identities.Refused e) {
            throw failures.lost(String.valueOf(e.getMessage()));
        } catch (IOException | GeneralSecurityException e) {
            throw failures.lost("the own certificate or login can't be read: " + e.getMessage());
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
        setup.platform().threads().configure(transport);
        transport.setConnectTimeout(timeout()).setAcknowledgeTimeout(timeout());
    }

    private OpcUaClientConfig config(EndpointDescription endpoint, Optional<OwnCertificate> own)
            throws Identities.Refused, IOException, GeneralSecurityException {
        OpcUaClientConfigBuilder config = OpcUaClientConfig.builder()
                .setApplicationName(LocalizedText.english("Dinrail connector " + setup.name()))
                .setApplicationUri(own.map(OwnCertificate::applicationUri).orElseGet(OwnCertificates::uriOfThisMachine))
                .setProductUri("urn:dinrail")
                .setSessionName(() -> "dinrail-" + setup.name())
                .setEndpoint(endpoint)
                // compares what was discovered with what is met; the certificate has told more already
                .setSessionEndpointValidationEnabled(false)
                .setCertificateValidator(trust)
                .setIdentityProvider(identities.provider(endpoint, trust))
                .setRequestTimeout(timeout())
                .setKeepAliveTimeout(timeout())
                .setKeepAliveFailuresAllowed(Unsigned.uint(0));
        own.ifPresent(certificate -> config.setKeyPair(certificate.keys())
                .setCertificate(certificate.certificate())
                .setCertificateChain(new X509Certificate[] {certificate.certificate()}));
        return config.build();
    }

    /** Asks for the server's certificate before a word is said to whoever it is, and shows the own one only to who is trusted. */
    private Optional<OwnCertificate> identify(EndpointDescription endpoint)
            throws UaException, IOException, GeneralSecurityException {
        if (settings.security().isNone()) {
            return Optional.empty();
        }
        ByteString shown = endpoint.getServerCertificate();
        if (shown == null || shown.bytesOrEmpty().length == 0) {
            throw new UaException(StatusCodes.Bad_CertificateInvalid, "shows no certificate");
        }
        trust.validateCertificateChain(
                CertificateUtil.decodeCertificates(shown.bytesOrEmpty()),
                endpoint.getServer().getApplicationUri(),
                new String[] {settings.host()});
        return Optional.of(setup.platform().certificates().current());
    }

    private EndpointDescription choose(List<EndpointDescription> offered) throws ConnectorException {
        return offered.stream()
                .filter(endpoint ->
                        TransportProfile.TCP_UASC_UABINARY.getUri().equals(endpoint.getTransportProfileUri()))
                .filter(settings.security()::fits)
                .filter(identities::isTakenBy)
                .findFirst()
                .orElseThrow(() -> failures.lost("offers no endpoint with " + settings.security() + " for "
                        + settings.login() + ", only "
                        + offered.stream().map(Dialling::shown).distinct().collect(Collectors.joining(", "))));
    }

    private static String shown(EndpointDescription endpoint) {
        String policy = String.valueOf(endpoint.getSecurityPolicyUri());
        UserTokenPolicy[] users = endpoint.getUserIdentityTokens();
        return policy.substring(policy.indexOf('#') + 1) + "/" + endpoint.getSecurityMode() + " for "
                + (users == null
                        ? "nobody"
                        : Arrays.stream(users)
                                .map(user -> String.valueOf(user.getTokenType()))
                                .distinct()
                                .collect(Collectors.joining(" or ")));
    }

    private UInteger timeout() {
        return Unsigned.uint(settings.timeout().toMillis());
    }
}
