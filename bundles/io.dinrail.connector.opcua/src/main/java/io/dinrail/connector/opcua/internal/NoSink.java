package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.SampleSink;
import java.util.List;

/** Nobody to report to yet. */
final class NoSink implements SampleSink<OpcuaPoint> {
    @Override
    public void report(List<Report<OpcuaPoint>> reports) {}

    @Override
    public void lost(String reason) {}
}
