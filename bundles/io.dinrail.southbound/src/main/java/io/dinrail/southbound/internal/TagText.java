package io.dinrail.southbound.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file as UTF-8 and nothing else, with or without a byte order mark. */
final class TagText {
    private static final long MOST_BYTES = 64L << 20;
    private static final String MARK = "\uFEFF";

    private TagText() {}

    static String read(Path file, String shown) throws TagsFileException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new TagsFileException(shown + " is larger than 64 MiB");
            }
            return withoutMark(decode(Files.readAllBytes(file), shown));
        } catch (NoSuchFileException e) {
            throw new TagsFileException(shown + " is missing: write it, with the columns device, tag and address");
        } catch (IOException e) {
            throw new TagsFileException(shown + " can't be read: " + e);
        }
    }

    static String withoutMark(String text) {
        return text.startsWith(MARK) ? text.substring(1) : text;
    }

    private static String decode(byte[] bytes, String shown) throws TagsFileException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new TagsFileException(shown + ", line " + line(bytes, in.position()) + ": the file is not UTF-8");
        }
        return out.flip().toString();
    }

    private static long line(byte[] bytes, int position) {
        long line = 1;
        for (int i = 0; i < position; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
