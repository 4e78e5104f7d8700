package io.dinrail.connector.opcua.internal;

import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.Meter;

/**
 * What one connector instance was made of.
 *
 * @param name of the instance.
 * @param settings of its cfg file.
 * @param platform what it shares with the others.
 * @param trust the certificates of its server.
 * @param meter where its exchanges are counted.
 */
record Setup(String name, OpcuaSettings settings, Platform platform, TrustList trust, Meter meter) {
    static Setup of(String name, OpcuaSettings settings, Platform platform, ConnectorContext context) {
        TrustList trust = new TrustList(context.folder()
                .map(folder -> folder.resolve("peers"))
                .orElseGet(() -> platform.secrets().file("opcua").resolve(name)));
        return new Setup(name, settings, platform, trust, context.meter());
    }
}
