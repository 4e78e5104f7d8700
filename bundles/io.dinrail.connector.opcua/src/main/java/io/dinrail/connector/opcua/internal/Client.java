package io.dinrail.connector.opcua.internal;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;
import org.eclipse.milo.opcua.sdk.client.typetree.DataTypeManagerFactory;
import org.eclipse.milo.opcua.sdk.client.typetree.DataTypeTreeFactory;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.core.util.Unit;
import org.eclipse.milo.opcua.stack.transport.client.ClientApplicationContext;
import org.jspecify.annotations.Nullable;

/**
 * The library's client with one session on one connection. The library's own would open sessions again and again by itself; here the host decides when,
 * and a session can go on over another connection.
 */
final class Client extends OpcUaClient {
    private final Wire wire;
    private volatile @Nullable OpcUaSession session;

    Client(OpcUaClientConfig config, Wire wire) {
        super(config, wire);
        this.wire = wire;
        // a server may have thousands of types, and be asked for two of them
        setDataTypeTreeFactory(DataTypeTreeFactory.lazy());
        setDynamicDataTypeManagerFactory(DataTypeManagerFactory.lazy());
    }

    Wire wire() {
        return wire;
    }

    void use(OpcUaSession active) {
        session = active;
    }

    Optional<OpcUaSession> session() {
        return Optional.ofNullable(session);
    }

    @Override
    public CompletableFuture<OpcUaSession> getSessionAsync() {
        OpcUaSession active = session;
        return active == null
                ? CompletableFuture.failedFuture(new UaException(StatusCodes.Bad_SessionClosed))
                : CompletableFuture.completedFuture(active);
    }

    /** @return the header of a request in the session. */
    RequestHeader header() {
        OpcUaSession active = session;
        return newRequestHeader(active == null ? NodeId.NULL_VALUE : active.getAuthenticationToken());
    }

    /** @return the header of a request in the session that the server may take longer to answer. */
    RequestHeader header(UInteger timeout) {
        OpcUaSession active = session;
        return newRequestHeader(active == null ? NodeId.NULL_VALUE : active.getAuthenticationToken(), timeout);
    }

    /** Sends a request whose answer is of this kind. */
    <A extends UaResponseMessageType> CompletableFuture<A> ask(UaRequestMessageType request, Class<A> answer) {
        return wire.sendRequestMessage(request).thenApply(answer::cast);
    }

    CompletableFuture<Unit> connectWire() {
        return wire.connect(new Application());
    }

    /** What the secure channel wants to know. */
    private final class Application implements ClientApplicationContext {
        @Override
        public EndpointDescription getEndpoint() {
            return getConfig().getEndpoint();
        }

        @Override
        public Optional<KeyPair> getKeyPair() {
            return getConfig().getKeyPair();
        }

        @Override
        public Optional<X509Certificate> getCertificate() {
            return getConfig().getCertificate();
        }

        @Override
        public Optional<X509Certificate[]> getCertificateChain() {
            return getConfig().getCertificateChain();
        }

        @Override
        public CertificateValidator getCertificateValidator() {
            return getConfig().getCertificateValidator();
        }

        @Override
        public EncodingContext getEncodingContext() {
            return getStaticEncodingContext();
        }

        @Override
        public UInteger getRequestTimeout() {
            return getConfig().getRequestTimeout();
        }
    }
}
