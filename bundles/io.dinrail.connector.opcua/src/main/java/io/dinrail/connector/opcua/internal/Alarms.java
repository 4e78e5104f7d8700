package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.DeviceAlarm;
import io.dinrail.connector.api.SampleSink;
import io.dinrail.model.api.Severity;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.jspecify.annotations.Nullable;

/** The conditions of a server (OPC 10000-9) as alarms of the platform; safe for many threads. */
final class Alarms {
    private static final int MOST_CONDITIONS = 10_000;

    /** What is asked of each event, in this order. */
    private enum Field {
        EVENT_ID("EventId"),
        EVENT_TYPE("EventType"),
        SOURCE_NAME("SourceName"),
        TIME("Time"),
        MESSAGE("Message"),
        SEVERITY("Severity"),
        CONDITION(""),
        CONDITION_NAME("ConditionName"),
        BRANCH("BranchId"),
        RETAIN("Retain"),
        ACKNOWLEDGED("AckedState/Id"),
        ACTIVE("ActiveState/Id");

        private final String path;

        Field(String path) {
            this.path = path;
        }

        /** Of the base of all event types; what a type doesn't have is null. */
        SimpleAttributeOperand operand() {
            if (path.isEmpty()) {
                return new SimpleAttributeOperand(
                        NodeIds.ConditionType, new QualifiedName[0], AttributeId.NodeId.uid(), null);
            }
            QualifiedName[] names = Arrays.stream(path.split("/"))
                    .map(name -> new QualifiedName(0, name))
                    .toArray(QualifiedName[]::new);
            return new SimpleAttributeOperand(type(), names, AttributeId.Value.uid(), null);
        }

        private NodeId type() {
            return switch (this) {
                case CONDITION_NAME, BRANCH, RETAIN -> NodeIds.ConditionType;
                case ACKNOWLEDGED -> NodeIds.AcknowledgeableConditionType;
                case ACTIVE -> NodeIds.AlarmConditionType;
                default -> NodeIds.BaseEventType;
            };
        }
    }

    /** What an acknowledgement has to name. */
    private record Known(NodeId condition, ByteString event) {}

    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_CONDITIONS;
        }
    };

    private final Clock clock;

    Alarms(Clock clock) {
        this.clock = clock;
    }

    /** @return the filter that lets conditions pass, and the marks of a refresh. */
    static ExtensionObject filter(Client client) {
        SimpleAttributeOperand[] fields =
                Arrays.stream(Field.values()).map(Field::operand).toArray(SimpleAttributeOperand[]::new);
        return ExtensionObject.encode(
                client.getStaticEncodingContext(), new EventFilter(fields, new ContentFilter(null)));
    }

    /** Asks the server to report every condition that stands; a server that doesn't know how only reports changes. */
    void refresh(Session session, UInteger subscription) throws ConnectorException {
        try {
            session.call(
                    new CallMethodRequest(NodeIds.ConditionType, NodeIds.ConditionType_ConditionRefresh, new Variant[] {
                        new Variant(subscription)
                    }));
        } catch (ConnectorException e) {
            if (e.reason() != ConnectorException.Reason.REFUSED) {
                throw e;
            }
        }
    }

    /** Takes an event, and tells what it means. */
    void take(OpcuaPoint point, Variant @Nullable [] fields, Client client, SampleSink<OpcuaPoint> sink) {
        if (fields == null || fields.length != Field.values().length) {
            return;
        }
        Object type = value(fields, Field.EVENT_TYPE);
        if (NodeIds.RefreshEndEventType.equals(type)) {
            sink.alarmsComplete(point);
        } else if (value(fields, Field.CONDITION) instanceof NodeId condition
                && value(fields, Field.EVENT_ID) instanceof ByteString event
                // a branch is a former state that waits for its acknowledgement
                && !(value(fields, Field.BRANCH) instanceof NodeId branch && branch.isNotNull())) {
            DeviceAlarm alarm = alarm(name(condition, client), fields);
            synchronized (known) {
                known.put(alarm.condition(), new Known(condition, event));
            }
            sink.alarm(point, alarm);
        }
    }

    /** @return the call that acknowledges a condition; empty if none of that name was reported. */
    Optional<CallMethodRequest> acknowledgement(String condition, String note) {
        synchronized (known) {
            return Optional.ofNullable(known.get(condition))
                    .map(found -> new CallMethodRequest(
                            found.condition,
                            NodeIds.AcknowledgeableConditionType_Acknowledge,
                            new Variant[] {new Variant(found.event), new Variant(LocalizedText.english(note))}));
        }
    }

    private DeviceAlarm alarm(String condition, Variant[] fields) {
        boolean active = value(fields, Field.ACTIVE) instanceof Boolean state
                ? state
                // a condition that is no alarm stands as long as it is of interest
                : Boolean.TRUE.equals(value(fields, Field.RETAIN));
        return new DeviceAlarm(
                condition,
                text(fields, Field.SOURCE_NAME),
                severity(value(fields, Field.SEVERITY)),
                message(fields),
                active,
                Boolean.TRUE.equals(value(fields, Field.ACKNOWLEDGED)),
                value(fields, Field.TIME) instanceof DateTime time ? time.getJavaInstant() : clock.instant());
    }

    private static String message(Variant[] fields) {
        String message =
                value(fields, Field.MESSAGE) instanceof LocalizedText text && text.text() != null ? text.text() : "";
        return message.isEmpty() ? text(fields, Field.CONDITION_NAME) : message;
    }

    /** @return the name with its namespace's URI, which stays when the server restarts. */
    private static String name(NodeId condition, Client client) {
        return condition.expanded(client.getNamespaceTable()).toParseableString();
    }

    // OPC 10000-5: 1 is the least urgent, 1000 the most
    private static Severity severity(@Nullable Object raw) {
        int severity = raw instanceof Number number ? number.intValue() : 0;
        if (severity > 800) {
            return Severity.CRITICAL;
        }
        if (severity > 600) {
            return Severity.MAJOR;
        }
        return severity > 300 ? Severity.WARNING : Severity.INFO;
    }

    private static String text(Variant[] fields, Field field) {
        return value(fields, field) instanceof String text ? text : "";
    }

    private static @Nullable Object value(Variant[] fields, Field field) {
        Variant variant = fields[field.ordinal()];
        return variant == null ? null : variant.value();
    }
}
