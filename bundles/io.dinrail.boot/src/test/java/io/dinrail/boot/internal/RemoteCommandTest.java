package io.dinrail.boot.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program behind {@code dinrail run}, the door and the commands, over a real ssh connection. */
final class RemoteCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private SshServer server;
    private Secrets secrets;

    @BeforeEach
    void open() throws Exception {
        secrets = new Secrets(folder.resolve("secrets"));
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        new SshDoor(secrets, Duration.ofMillis(10)).bindServer(server);
        new SshCommands(new EchoSessions()).bindServer(server);
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        server.stop(true);
    }

    @Test
    void outputIsOutputAndSuccessIsZero() throws Exception {
        assertThat(run(secrets, "echo hello")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("echo hello");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void aFailureIsOneSentenceOnTheErrorStreamAndStatusOne() throws Exception {
        assertThat(run(secrets, "fail")).isEqualTo(1);
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8)).isEqualTo("fail is not possible\n");
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        Secrets foreign = new Secrets(folder.resolve("foreign"));
        new KeyFiles(foreign).complete();
        // The right host, so that the refusal is the server's.
        foreign.write(KeyFiles.HOST + ".pub", Files.readAllBytes(secrets.file(KeyFiles.HOST + ".pub")));

        assertThatThrownBy(() -> run(foreign, "echo hello")).isInstanceOf(IOException.class);
        assertThat(out.size()).isZero();
    }

    @Test
    void anotherHostIsNotTrusted() throws Exception {
        Secrets foreign = new Secrets(folder.resolve("foreign"));
        new KeyFiles(foreign).complete();
        foreign.write(KeyFiles.ADMIN, Files.readAllBytes(secrets.file(KeyFiles.ADMIN)));

        assertThatThrownBy(() -> run(foreign, "echo hello")).isInstanceOf(IOException.class);
    }

    private int run(Secrets with, String line) throws Exception {
        return RunClient.run("127.0.0.1", server.getPort(), with, line, out, err);
    }
}
