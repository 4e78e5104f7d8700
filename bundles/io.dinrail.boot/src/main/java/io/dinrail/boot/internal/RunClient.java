package io.dinrail.boot.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.io.input.NoCloseInputStream;
import org.apache.sshd.common.util.io.output.NoCloseOutputStream;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * The program behind {@code dinrail run}: one command in the running instance, output to stdout, failure to stderr. Ends with
 * 0 when the command succeeded, 1 when it failed and 3 when no instance answers. Runs outside OSGi.
 */
public final class RunClient {
    private static final int FAILED = 1;
    private static final int NOBODY = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The one command that reads its standard input. */
    private static final String ASKS = "person-password";

    private RunClient() {}

    /** @param args host, port, secrets folder, command line. */
    public static void main(String[] args) {
        int status;
        try {
            status = run(
                    args[0], Integer.parseInt(args[1]), new Secrets(Path.of(args[2])), args[3], System.out, System.err);
        } catch (IOException | GeneralSecurityException e) {
            System.err.println(
                    "No answer from the instance at " + args[0] + ":" + args[1] + ": " + e.getMessage() + ".");
            status = NOBODY;
        }
        // Not a return: the client's threads may still be on their way out.
        System.exit(status);
    }

    static int run(String host, int port, Secrets secrets, String line, OutputStream out, OutputStream err)
            throws IOException, GeneralSecurityException {
        try (SshClient client = SshClient.setUpDefaultClient()) {
            Path known = secrets.file(KeyFiles.HOST + ".pub");
            client.setServerKeyVerifier((session, address, key) -> isHost(known, key));
            CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, Duration.ofMinutes(1));
            CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
            client.start();
            try (ClientSession session =
                    client.connect("admin", host, port).verify(PATIENCE).getSession()) {
                session.addPublicKeyIdentity(KeyFiles.pair(secrets.file(KeyFiles.ADMIN)));
                session.auth().verify(PATIENCE);
                return exec(session, line, out, err);
            }
        }
    }

    private static int exec(ClientSession session, String line, OutputStream out, OutputStream err) throws IOException {
        try (ChannelExec channel = session.createExecChannel(line)) {
            // Not for the others: a loop that reads lines and runs a command for each keeps its lines.
            if (line.contains(ASKS)) {
                channel.setIn(new NoCloseInputStream(System.in));
            }
            channel.setOut(new NoCloseOutputStream(out));
            channel.setErr(new NoCloseOutputStream(err));
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 0);
            Integer status = channel.getExitStatus();
            return status != null && status == 0 ? 0 : FAILED;
        }
    }

    private static boolean isHost(Path known, PublicKey key) {
        try {
            return Files.exists(known) && KeyFiles.contains(known, key);
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }
}
