package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;

/**
 * One connector's cfg file, read.
 *
 * @param endpoint the server's URL.
 * @param host of the endpoint; a server that calls itself otherwise is still reached here.
 * @param port of the endpoint.
 * @param timeout of connecting, and of one request.
 * @param publishingInterval how often the server sends what has changed.
 * @param subscribes whether values are reported by the server rather than polled.
 * @param security of the channel.
 * @param login who logs in.
 */
record OpcuaSettings(
        String endpoint,
        String host,
        int port,
        Duration timeout,
        Duration publishingInterval,
        boolean subscribes,
        Security security,
        Login login) {
    private static final int DEFAULT_PORT = 4840;

    /** @throws SettingException if a setting is refused. */
    static OpcuaSettings of(Settings settings) {
        String endpoint = settings.required("endpoint");
        URI url = url(endpoint);
        return new OpcuaSettings(
                endpoint,
                url.getHost(),
                url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
                settings.period("timeout", Duration.ofSeconds(5)),
                settings.period("publishing.interval", Duration.ofMillis(500)),
                settings.choice("mode", "subscribe", Set.of("subscribe", "poll"))
                        .equals("subscribe"),
                Security.of(settings),
                Login.of(settings));
    }

    private static URI url(String endpoint) {
        try {
            URI url = new URI(endpoint);
            if ("opc.tcp".equals(url.getScheme()) && url.getHost() != null && url.getPort() <= 65_535) {
                return url;
            }
        } catch (URISyntaxException e) {
            // refused below, like any other text that is none
        }
        throw new SettingException("endpoint", "'" + endpoint + "' is no endpoint: write opc.tcp://host:4840/path");
    }
}
