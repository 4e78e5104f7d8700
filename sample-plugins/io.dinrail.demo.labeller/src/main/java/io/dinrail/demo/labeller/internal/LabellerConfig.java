package io.dinrail.demo.labeller.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code io.dinrail.demo.labeller}. */
@ObjectClassDefinition(name = "Dinrail demo labeller")
@interface LabellerConfig {
    @AttributeDefinition(description = "TCP port on loopback, 0 for any; the property dinrail.demo.opcua.port wins.")
    int port() default 14840;
}
