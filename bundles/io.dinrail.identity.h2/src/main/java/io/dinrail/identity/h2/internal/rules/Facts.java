package io.dinrail.identity.h2.internal.rules;

import java.util.List;

/**
 * What the variables of rules stand for on one connection.
 *
 * <p>Values are as found: whatever binds them leaves out those that hold {@code /}, {@code +}, {@code #} or a control character.
 */
public interface Facts {
    /** @return {@code %u}, {@code {username}}: the name without its organisation. */
    String name();

    /** @return {@code {org_short_id}}. */
    String organisation();

    /** @return {@code %c}, {@code {client_id}}; empty while there is none. */
    String clientId();

    /**
     * Looks an attribute of the device register up.
     *
     * @param variable {@code fleet}, {@code gateway}, {@code site} or {@code child}.
     * @return its values; empty if it has none.
     */
    List<String> attribute(String variable);

    /**
     * Looks a claim of a temporary token up.
     *
     * @param name the claim's, such as {@code email}.
     * @return its values; empty if there is none.
     */
    List<String> claim(String name);
}
