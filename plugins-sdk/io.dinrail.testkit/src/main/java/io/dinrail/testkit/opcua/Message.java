package io.dinrail.testkit.opcua;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One message of a server, with its chunks as they came (OPC 10000-6, 6.7.2).
 *
 * @param chunks at least one; all but the last are intermediate.
 * @param plain whether what it says can be read.
 */
record Message(List<byte[]> chunks, boolean plain) {
    static final int SIZE_AT = 4;
    static final int CHANNEL_AT = 8;
    static final int SEQUENCE_AT = 16;
    static final int REQUEST_AT = 20;
    private static final int BODY_AT = 24;
    private static final int HEADER = 8;
    private static final int LARGEST_CHUNK = 16 * 1024 * 1024;
    private static final int MOST_CHUNKS = 10_000;

    static Message read(DataInputStream in, boolean plain) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        do {
            chunks.add(chunk(in));
        } while (chunks.get(chunks.size() - 1)[3] == 'C' && chunks.size() < MOST_CHUNKS);
        return new Message(chunks, plain);
    }

    private static byte[] chunk(DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            throw new IOException("the server closed the connection");
        }
        int size = at(header, SIZE_AT);
        if (size < HEADER || size > LARGEST_CHUNK) {
            throw new IOException("the server itself announced " + size + " bytes");
        }
        byte[] chunk = java.util.Arrays.copyOf(header, size);
        in.readFully(chunk, HEADER, size - HEADER);
        return chunk;
    }

    /** @return a copy of the first chunk. */
    byte[] first() {
        return chunks.get(0).clone();
    }

    Message withFirst(byte[] chunk) {
        List<byte[]> others = new ArrayList<>(chunks);
        others.set(0, chunk);
        return new Message(others, plain);
    }

    boolean is(String type) {
        return new String(chunks.get(0), 0, 3, US_ASCII).equals(type);
    }

    /** @return whether it has a number of a request, and a body that can be read. */
    boolean isReadable() {
        return plain && is("MSG") && chunks.get(0).length > BODY_AT + 4;
    }

    boolean hasRequest() {
        return is("MSG") && chunks.get(0).length >= BODY_AT;
    }

    int size() {
        return chunks.stream().mapToInt(chunk -> chunk.length).sum();
    }

    Answer answer() {
        long request = hasRequest() ? at(chunks.get(0), REQUEST_AT) & 0xFFFF_FFFFL : 0;
        return new Answer(service(), request, size());
    }

    Service service() {
        if (is("ACK") || is("OPN")) {
            return is("ACK") ? Service.ACKNOWLEDGE : Service.OPEN_CHANNEL;
        }
        // all standard types have the four-byte form of a node id in namespace 0
        byte[] chunk = chunks.get(0);
        return isReadable() && chunk[BODY_AT] == 1 && chunk[BODY_AT + 1] == 0
                ? Service.of(little(chunk).getShort(BODY_AT + 2) & 0xFFFF)
                : Service.OTHER;
    }

    /** @return where the number of the service stands; empty if it can't be told. */
    OptionalInt serviceAt() {
        return isReadable() && service() != Service.OTHER ? OptionalInt.of(BODY_AT + 2) : OptionalInt.empty();
    }

    /** @return where the handle of the request stands; empty if it can't be told. */
    OptionalInt handleAt() {
        return serviceAt().isPresent() ? OptionalInt.of(BODY_AT + 4 + Long.BYTES) : OptionalInt.empty();
    }

    /** @return where what the service itself says begins, which is behind its header; empty if it can't be told. */
    OptionalInt contentAt() {
        if (handleAt().isEmpty()) {
            return OptionalInt.empty();
        }
        byte[] chunk = chunks.get(0);
        int diagnostics = handleAt().getAsInt() + 2 * Integer.BYTES;
        int texts = diagnostics + 1;
        int end = texts + Integer.BYTES + 3;
        // neither diagnostics, nor texts, nor an additional header: no server sends any unless it is asked for them
        return end <= chunk.length && chunk[diagnostics] == 0 && at(chunk, texts) <= 0
                ? OptionalInt.of(end)
                : OptionalInt.empty();
    }

    static int at(byte[] chunk, int index) {
        return little(chunk).getInt(index);
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
