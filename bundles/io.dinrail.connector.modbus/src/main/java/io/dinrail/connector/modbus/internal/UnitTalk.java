package io.dinrail.connector.modbus.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.modbus.internal.wire.Wire;

/**
 * What a talk with a unit needs.
 *
 * @param target the endpoint, for messages.
 * @param window how many requests may be in flight.
 * @param wire the connection.
 * @param plan which points are read together.
 * @param lessons what was learnt.
 * @param patience how long to wait.
 * @param counting where to count.
 */
record UnitTalk(
        String target,
        int window,
        Wire wire,
        ReadPlan plan,
        Lessons lessons,
        Patience patience,
        MeterCounting counting) {
    /** @return that this unit failed, and others may not. */
    ConnectorException failed(int unit, String what) {
        return new ConnectorException(Reason.LANE, target + " unit " + unit + ": " + what);
    }
}
