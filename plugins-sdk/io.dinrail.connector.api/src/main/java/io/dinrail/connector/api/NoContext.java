package io.dinrail.connector.api;

import java.nio.file.Path;
import java.util.Optional;

/** The context of nobody in particular. */
enum NoContext implements ConnectorContext, Meter {
    INSTANCE;

    @Override
    public Meter meter() {
        return this;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.empty();
    }

    @Override
    public void requested(int bytes) {}

    @Override
    public void answered(int bytes, long nanos) {}

    @Override
    public void timedOut() {}

    @Override
    public void invalid(String kind) {}

    @Override
    public void refused(String code) {}
}
