package io.dinrail.demo.filler.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code io.dinrail.demo.filler}. */
@ObjectClassDefinition(name = "Dinrail demo filler")
@interface FillerConfig {
    @AttributeDefinition(description = "TCP port on loopback, 0 for any; the property dinrail.demo.modbus.port wins.")
    int port() default 15020;
}
