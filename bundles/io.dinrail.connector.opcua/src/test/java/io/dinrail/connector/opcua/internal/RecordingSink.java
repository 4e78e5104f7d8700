package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.DeviceAlarm;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SampleSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what was reported, in order. */
final class RecordingSink implements SampleSink<OpcuaPoint> {
    final List<Report<OpcuaPoint>> reports = new CopyOnWriteArrayList<>();
    final List<String> losses = new CopyOnWriteArrayList<>();
    final List<DeviceAlarm> alarms = new CopyOnWriteArrayList<>();
    final List<OpcuaPoint> complete = new CopyOnWriteArrayList<>();

    @Override
    public void report(List<Report<OpcuaPoint>> batch) {
        reports.addAll(batch);
    }

    @Override
    public void alarm(OpcuaPoint point, DeviceAlarm alarm) {
        alarms.add(alarm);
    }

    @Override
    public void alarmsComplete(OpcuaPoint point) {
        complete.add(point);
    }

    @Override
    public void lost(String reason) {
        losses.add(reason);
    }

    List<Sample> of(OpcuaPoint point) {
        return reports.stream()
                .filter(report -> report.point().equals(point))
                .map(Report::sample)
                .toList();
    }
}
