package io.dinrail.connector.opcua.internal;

import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;

/**
 * A connection with an active session.
 *
 * @param client the library's.
 * @param own the certificate that was shown; empty without security.
 */
record Line(OpcUaClient client, Optional<OwnCertificate> own) {}
