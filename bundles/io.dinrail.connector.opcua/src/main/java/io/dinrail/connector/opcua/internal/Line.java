package io.dinrail.connector.opcua.internal;

import java.util.Optional;

/**
 * A connection with an active session.
 *
 * @param client speaks over it.
 * @param own the certificate that was shown; empty without security.
 * @param reactivated whether the session was made on a connection before this.
 */
record Line(Client client, Optional<OwnCertificate> own, boolean reactivated) {}
