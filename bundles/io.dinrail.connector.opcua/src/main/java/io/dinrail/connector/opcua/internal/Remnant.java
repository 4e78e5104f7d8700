package io.dinrail.connector.opcua.internal;

import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaSession;

/**
 * What is left of a session whose connection broke: the server may still have it.
 *
 * @param session the session as the server knows it.
 * @param shown the own certificate that it was made with; empty without security.
 */
record Remnant(OpcUaSession session, Optional<OwnCertificate> shown) {}
