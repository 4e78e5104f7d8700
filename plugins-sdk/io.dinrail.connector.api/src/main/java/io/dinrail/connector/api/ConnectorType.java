package io.dinrail.connector.api;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of connector, registered as a service with the property {@link #TYPE}. Every configuration {@code io.dinrail.connector.<type>~<name>} then
 * becomes one instance; the host creates it, and creates it anew after a failure that the instance itself can't mend.
 */
@ConsumerType
public interface ConnectorType {
    /** Service property: the word in the configuration's PID, such as {@code modbus}. */
    String TYPE = "dinrail.connector.type";

    /**
     * Makes an instance that is not yet open; must not connect or block.
     *
     * @param name the instance's name, for messages and thread names.
     * @param settings its configuration; a key that nobody asks for is refused by the host as unknown.
     * @return the instance.
     * @throws SettingException if a setting is refused; the host shows it with file and line and tries again when the file changes.
     */
    Connector<?> create(String name, Settings settings);

    /**
     * Makes an instance that is not yet open; must not connect or block. This is what the host calls; a type that counts or keeps something implements
     * it, and lets the other one call it with {@link ConnectorContext#none()}.
     *
     * @param name the instance's name, for messages and thread names.
     * @param settings its configuration; a key that nobody asks for is refused by the host as unknown.
     * @param context what the host gives to it.
     * @return the instance.
     * @throws SettingException if a setting is refused; the host shows it with file and line and tries again when the file changes.
     */
    default Connector<?> create(String name, Settings settings, ConnectorContext context) {
        return create(name, settings);
    }

    /** @return columns of the tags file beside the common ones, in lower case. */
    default Set<String> columns() {
        return Set.of();
    }
}
