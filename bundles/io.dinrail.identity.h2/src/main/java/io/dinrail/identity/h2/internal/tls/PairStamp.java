package io.dinrail.identity.h2.internal.tls;

import io.dinrail.identity.h2.internal.secrets.SecretsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tells one state of the plant's two files from another without reading them.
 *
 * @param files size, time and identity of each; empty texts for what isn't there.
 * @param largest the size of the larger.
 */
record PairStamp(List<String> files, long largest) {
    static final PairStamp NONE = new PairStamp(List.of("", ""), 0);
    private static final long MOST = 1 << 20;

    static PairStamp of(SecretsFolder folder) {
        List<Path> paths = Stream.of(".pem", ".key")
                .map(end -> folder.file(PlantServer.NAME + end))
                .toList();
        return new PairStamp(
                paths.stream().map(PairStamp::stamp).toList(),
                paths.stream().mapToLong(path -> path.toFile().length()).max().orElse(0));
    }

    void checkSizes() throws GeneralSecurityException {
        if (largest > MOST) {
            throw new GeneralSecurityException("a file is larger than 1 MiB");
        }
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return is.size() + " " + is.lastModifiedTime() + " " + is.fileKey();
        } catch (IOException e) {
            return "";
        }
    }
}
