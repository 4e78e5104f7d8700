package io.dinrail.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** A login over ssh by key; one connection for many commands. */
final class RemoteShell implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SshClient client = SshClient.setUpDefaultClient();
    private final ClientSession session;

    /** Logs the owner in. */
    RemoteShell(int port, Path key) {
        this(port, "admin", new FileKeyPairProvider(key));
    }

    RemoteShell(int port, String user, KeyIdentityProvider keys) {
        try {
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.setKeyIdentityProvider(keys);
            client.start();
            session = client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession();
            session.auth().verify(PATIENCE);
        } catch (IOException e) {
            client.stop();
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether somebody is let in. */
    static boolean admits(int port, String user, KeyIdentityProvider keys, String... passwords) {
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.setKeyIdentityProvider(keys);
            client.start();
            ClientSession session =
                    client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession();
            for (String password : passwords) {
                session.addPasswordIdentity(password);
            }
            return session.auth().verify(PATIENCE).isSuccess();
        } catch (IOException e) {
            return false;
        }
    }

    Answer run(String command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(PATIENCE);
            if (channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE).contains(ClientChannelEvent.TIMEOUT)) {
                throw new AssertionError(command + " did not end");
            }
            Integer status = channel.getExitStatus();
            return new Answer(status == null ? -1 : status, out.toString(UTF_8), err.toString(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
