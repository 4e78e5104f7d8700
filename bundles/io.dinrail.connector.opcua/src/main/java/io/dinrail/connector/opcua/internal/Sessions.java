package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.eclipse.milo.opcua.sdk.client.identity.SignedIdentityToken;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityAlgorithm;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.eclipse.milo.opcua.stack.core.types.structured.SignedSoftwareCertificate;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.Namespaces;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.eclipse.milo.opcua.stack.core.util.SignatureUtil;

/** The services of OPC 10000-4, 5.6: makes a session on a connection, goes on with one that was made on another, and closes it. */
final class Sessions {
    private static final int NONCE = 32;
    private static final int MOST_NAMESPACES = 65_535;
    /** How long the server keeps a session without a connection, and what it would have reported in it, in milliseconds. */
    private static final double KEPT = 120_000;

    private static final long GOODBYE_MILLIS = 700;

    private final Client client;
    private final OpcUaClientConfig config;
    private final Failures failures;

    Sessions(Client client, Failures failures) {
        this.client = client;
        this.config = client.getConfig();
        this.failures = failures;
    }

    /** Makes a new session and uses it. */
    void open() throws ConnectorException {
        ByteString nonce = NonceUtil.generateNonce(NONCE);
        CreateSessionResponse made = failures.await(client.ask(request(nonce), CreateSessionResponse.class));
        try {
            prove(made, nonce);
        } catch (UaException e) {
            throw failures.failed(e);
        }
        OpcUaSession session = new OpcUaSession(
                made.getAuthenticationToken(),
                made.getSessionId(),
                config.getSessionName().get(),
                made.getRevisedSessionTimeout(),
                made.getMaxRequestMessageSize(),
                made.getServerCertificate(),
                made.getServerSoftwareCertificates());
        session.setServerNonce(made.getServerNonce());
        activate(session);
    }

    /** Goes on with a session over this connection; it must have been made with the same certificate and login. */
    void activate(OpcUaSession session) throws ConnectorException {
        ActivateSessionRequest request;
        try {
            SignedIdentityToken identity =
                    config.getIdentityProvider().getIdentityToken(config.getEndpoint(), session.getServerNonce());
            request = new ActivateSessionRequest(
                    client.newRequestHeader(session.getAuthenticationToken()),
                    signature(session.getServerNonce()),
                    new SignedSoftwareCertificate[0],
                    config.getSessionLocaleIds(),
                    ExtensionObject.encode(client.getStaticEncodingContext(), identity.getToken()),
                    identity.getSignature());
        } catch (Exception e) { // so the library declares it
            throw failures.failed(e);
        }
        ActivateSessionResponse active = failures.await(client.ask(request, ActivateSessionResponse.class));
        session.setServerNonce(active.getServerNonce());
        client.use(session);
        learnNamespaces();
    }

    /** Closes the session and all that the server keeps for it; waits under a second. */
    void close() {
        if (client.session().isEmpty()) {
            return;
        }
        try {
            client.ask(new CloseSessionRequest(client.header(), true), CloseSessionResponse.class)
                    .get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // the server closes it by itself after a while
        }
    }

    private CreateSessionRequest request(ByteString nonce) throws ConnectorException {
        return new CreateSessionRequest(
                client.newRequestHeader(),
                new ApplicationDescription(
                        config.getApplicationUri(),
                        config.getProductUri(),
                        config.getApplicationName(),
                        ApplicationType.Client,
                        null,
                        null,
                        null),
                null,
                config.getEndpoint().getEndpointUrl(),
                config.getSessionName().get(),
                nonce,
                ownCertificate(),
                KEPT,
                config.getMaxResponseMessageSize());
    }

    private ByteString ownCertificate() throws ConnectorException {
        try {
            return config.getCertificate().isPresent()
                    ? ByteString.of(config.getCertificate().get().getEncoded())
                    : ByteString.NULL_VALUE;
        } catch (CertificateEncodingException e) {
            throw failures.failed(e);
        }
    }

    // the server signs what it can't have known before: it has the key to the certificate that was trusted
    private void prove(CreateSessionResponse made, ByteString nonce) throws UaException {
        if (SecurityPolicy.None.getUri().equals(config.getEndpoint().getSecurityPolicyUri())) {
            return;
        }
        X509Certificate trusted = serverCertificate();
        List<X509Certificate> shown =
                CertificateUtil.decodeCertificates(made.getServerCertificate().bytesOrEmpty());
        if (shown.isEmpty() || !shown.get(0).equals(trusted)) {
            throw new UaException(
                    StatusCodes.Bad_CertificateInvalid, "the session shows another certificate than the endpoint");
        }
        byte[] own = config.getCertificate()
                .map(Sessions::encoded)
                .orElseThrow(() -> new UaException(StatusCodes.Bad_ConfigurationError, "there is no own certificate"));
        SignatureUtil.verify(
                SecurityAlgorithm.fromUri(made.getServerSignature().getAlgorithm()),
                trusted,
                joined(own, nonce.bytesOrEmpty()),
                made.getServerSignature().getSignature().bytesOrEmpty());
    }

    private SignatureData signature(ByteString serverNonce) throws UaException {
        SecurityPolicy policy = SecurityPolicy.fromUri(config.getEndpoint().getSecurityPolicyUri());
        if (policy == SecurityPolicy.None) {
            return new SignatureData(null, null);
        }
        byte[] signed = SignatureUtil.sign(
                policy.getAsymmetricSignatureAlgorithm(),
                config.getKeyPair().map(KeyPair::getPrivate).orElseThrow(),
                ByteBuffer.wrap(joined(encoded(serverCertificate()), serverNonce.bytesOrEmpty())));
        return new SignatureData(policy.getAsymmetricSignatureAlgorithm().getUri(), ByteString.of(signed));
    }

    private X509Certificate serverCertificate() throws UaException {
        return CertificateUtil.decodeCertificates(
                        config.getEndpoint().getServerCertificate().bytesOrEmpty())
                .get(0);
    }

    // a server that restarted may have put them in another order
    private void learnNamespaces() throws ConnectorException {
        ReadValueId array =
                new ReadValueId(NodeIds.Server_NamespaceArray, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE);
        DataValue[] answers = failures.await(client.ask(
                        new ReadRequest(client.header(), 0.0, TimestampsToReturn.Neither, new ReadValueId[] {array}),
                        ReadResponse.class))
                .getResults();
        if (answers == null
                || answers.length != 1
                || !(answers[0].value().value() instanceof String[] uris)
                || uris.length > MOST_NAMESPACES) {
            throw failures.lost("its namespaces can't be read");
        }
        client.getNamespaceTable().update(table -> {
            table.clear();
            table.put(Unsigned.ushort(0), Namespaces.OPC_UA);
            for (int i = 1; i < uris.length; i++) {
                String uri = String.valueOf(uris[i]);
                // the first of two with one name is the one that is found
                if (!table.containsValue(uri)) {
                    table.put(Unsigned.ushort(i), uri);
                }
            }
        });
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was decoded from these bytes", e);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
