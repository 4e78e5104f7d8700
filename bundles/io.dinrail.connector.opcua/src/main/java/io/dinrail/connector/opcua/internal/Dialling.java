package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/** Finds a server's endpoint and connects to it. */
final class Dialling {
    /** A thousand long arrays in one answer are more than the library would take by itself. */
    private static final EncodingLimits LIMITS = new EncodingLimits(65_535, 1_024, 32 * 1024 * 1024, 64);

    private final Setup setup;
    private final OpcuaSettings settings;
    private final Failures failures;
    private final Identities identities;
    private final ServerTrust trust;
    private boolean triedInVain;

    Dialling(Setup setup, Failures failures) {
        this.setup = setup;
        this.settings = setup.settings();
        this.failures = failures;
        this.identities = new Identities(
                settings.login(), settings.security(), setup.platform().secrets());
        this.trust =
                new ServerTrust(setup.trust(), setup.name(), setup.platform().clock());
    }

    /**
     * Connects, and goes on with a session that is left over if the server still has it.
     *
     * @throws ConnectorException if there is no session within a few timeouts; nothing goes on trying then.
     */
    Line dial(Optional<Remnant> left) throws ConnectorException {
        try {
            resolve();
            // many servers report a name that is known to nobody here
            EndpointDescription endpoint = EndpointUtil.updateUrl(
                    choose(failures.await(DiscoveryClient.getEndpoints(settings.endpoint(), this::configure))),
                    settings.host(),
                    settings.port());
            Optional<OwnCertificate> own = identify(endpoint);
            OpcTcpClientTransportConfigBuilder transport = OpcTcpClientTransportConfig.newBuilder();
            configure(transport);
            Wire wire =
                    new Wire(transport.build(), new InetSocketAddress(settings.host(), settings.port()), setup.meter());
            return connect(
                    new Client(config(endpoint, own), wire),
                    own,
                    left.filter(old -> old.shown().equals(own)));
        } catch (Identities.Refused e) {
            throw failures.lost(String.valueOf(e.getMessage()));
        } catch (IOException | GeneralSecurityException e) {
            throw failures.lost("the own certificate or login can't be read: " + e.getMessage());
        } catch (UaException | IllegalStateException e) {
            throw failures.failed(e);
        }
    }

    private Line connect(Client client, Optional<OwnCertificate> own, Optional<Remnant> left)
            throws ConnectorException {
        try {
            failures.await(client.connectWire());
            Sessions sessions = new Sessions(client, failures);
            boolean reactivated = left.isPresent() && revives(sessions, left.get());
            if (!reactivated) {
                sessions.open();
            }
            return new Line(client, own, reactivated);
        } catch (ConnectorException e) {
            client.wire().disconnect();
            throw e;
        }
    }

    /** @return whether it was tried in vain to go on with what was left over: it isn't worth another try. */
    boolean hasTriedInVain() {
        return triedInVain;
    }

    // the server may have forgotten it, or restarted
    private boolean revives(Sessions sessions, Remnant left) {
        try {
            sessions.activate(left.session());
            return true;
        } catch (ConnectorException e) {
            triedInVain = true;
            return false;
        }
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
                .setEncodingLimits(LIMITS)
                .setRequestTimeout(timeout());
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
