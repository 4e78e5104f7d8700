package io.dinrail.shell.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file on the server that a caller names. The platform reads it with its own rights, so the folder of secrets is out of bounds: what a command says about a
 * file must not tell what is in there.
 *
 * @param path which.
 * @param secrets the folder that is not for reading.
 */
record ServerFile(Path path, Path secrets) {
    static final int DOCUMENT = 1 << 20;

    /** What has no end there would fill the memory, and the environment may hold the master key. */
    private static final List<Path> OF_THE_MACHINE = List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));
    /** Where systemd puts what it was given for the platform, such as the master key. */
    private static final Optional<Path> CREDENTIALS =
            Optional.ofNullable(System.getenv("CREDENTIALS_DIRECTORY")).map(Path::of);

    static Path secrets(Services services) {
        return services.property("dinrail.secrets")
                .map(Path::of)
                .orElseGet(() -> Path.of(services.property("dinrail.data").orElse("data"), "secrets"));
    }

    /** @return the file's text, at most 1 MiB. */
    String text() throws Refused {
        return text(DOCUMENT);
    }

    /** @return the file's text, at most so many bytes. */
    String text(int most) throws Refused {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(most))).toString();
        } catch (CharacterCodingException e) {
            throw new Refused(path + " is no text in UTF-8");
        }
    }

    byte[] bytes(int most) throws Refused {
        try {
            Path real = readable();
            if (Files.size(real) > most) {
                throw new Refused(path + " is larger than " + (most >> 20) + " MiB, more than such a file has");
            }
            return Files.readAllBytes(real);
        } catch (IOException e) {
            throw unreadable();
        }
    }

    /** @return where to read it from. */
    Path readable() throws Refused {
        try {
            Path real = path.toRealPath();
            if (!Files.isRegularFile(real) || OF_THE_MACHINE.stream().anyMatch(real::startsWith)) {
                throw new Refused(path + " is no file that lies on a disk: copy it elsewhere");
            }
            if (CREDENTIALS.filter(real::startsWith).isPresent()) {
                throw new Refused(path + " is a secret of the platform's, which no command reads: copy it elsewhere");
            }
            if (Files.exists(secrets) && real.startsWith(secrets.toRealPath())) {
                throw new Refused(path + " lies in the folder of secrets, which no command reads: copy it elsewhere");
            }
            return real;
        } catch (IOException e) {
            throw unreadable();
        }
    }

    Refused unreadable() {
        return new Refused("can't read " + path + " on the server: give the absolute path of a file there");
    }

    /** Makes the file, which must not be there, for its owner alone from its first byte on. */
    OutputStream create() throws Refused {
        try {
            SeekableByteChannel channel = Files.newByteChannel(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Channels.newOutputStream(channel);
        } catch (FileAlreadyExistsException e) {
            throw new Refused(path + " is there already: name a file that isn't");
        } catch (IOException e) {
            throw new Refused("can't write " + path + " on the server: name a file in a folder that is there");
        }
    }

    void write(String text) throws Refused {
        try (OutputStream out = create()) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new Refused("can't write " + path + " on the server: look whether its disk is full");
        }
    }
}
