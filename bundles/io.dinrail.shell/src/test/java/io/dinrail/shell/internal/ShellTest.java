package io.dinrail.shell.internal;

import io.dinrail.alert.api.Alerts;
import io.dinrail.alert.api.RuleBook;
import io.dinrail.command.api.CommandRouter;
import io.dinrail.connector.api.ConnectedTags;
import io.dinrail.connector.api.Connectors;
import io.dinrail.device.api.DeviceRegister;
import io.dinrail.event.api.LiveReadings;
import io.dinrail.identity.api.Audit;
import io.dinrail.identity.api.ClientCertificates;
import io.dinrail.identity.api.Credentials;
import io.dinrail.identity.api.People;
import org.junit.jupiter.api.AfterEach;

/** A shell with everything installed, on fakes. */
abstract class ShellTest {
    final TestShell shell = new TestShell();
    final FakeDevices devices = new FakeDevices();
    final FakeCredentials credentials = new FakeCredentials();
    final FakeSouthbound southbound = new FakeSouthbound();
    final FakeReadings readings = new FakeReadings();
    final FakeRouter router = new FakeRouter();
    final FakeAlerting alerting = new FakeAlerting();
    final FakeIdentity identity = new FakeIdentity();
    final FakePeople people = new FakePeople();
    final FakeCertificates certificates = new FakeCertificates();
    final FakeAudit audit = new FakeAudit();

    ShellTest() {
        shell.framework.add(DeviceRegister.class, devices);
        shell.framework.add(Credentials.class, credentials);
        identity.into(shell);
        shell.framework.add(People.class, people);
        shell.framework.add(ClientCertificates.class, certificates);
        shell.framework.add(Audit.class, audit);
        shell.framework.add(Connectors.class, southbound);
        shell.framework.add(ConnectedTags.class, southbound.tags());
        shell.framework.add(LiveReadings.class, readings);
        shell.framework.add(CommandRouter.class, router);
        shell.framework.add(RuleBook.class, alerting);
        shell.framework.add(Alerts.class, alerting.alerts());
    }

    @AfterEach
    void close() {
        shell.close();
    }
}
