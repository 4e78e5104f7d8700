package io.dinrail.messaging.bridge.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the bus and the broker are joined. */
@ObjectClassDefinition(name = "Dinrail messaging bridge")
public @interface BridgeConfig {
    /** @return the QoS that readings are published with. */
    @AttributeDefinition(description = "QoS of published readings: 0, 1 or 2")
    int publish_qos() default 0;
}
