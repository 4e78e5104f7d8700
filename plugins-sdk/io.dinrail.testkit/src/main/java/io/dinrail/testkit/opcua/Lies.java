package io.dinrail.testkit.opcua;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Answers that are spoilt and yet whole: what a server says wrongly rather than not at all. */
final class Lies {
    private static final int BAD_SESSION_ID_INVALID = 0x80250000;
    private static final int BAD_TOO_MANY_OPERATIONS = 0x80100000;
    private static final int BAD_SERVICE_UNSUPPORTED = 0x800B0000;
    private static final int BAD_INTERNAL_ERROR = 0x80020000;

    private Lies() {}

    /** @param before what was answered last to the same service. */
    static Message tell(Misbehaviour lie, Message right, Message before) {
        return switch (lie) {
            case UNKNOWN_TYPE ->
                changed(right, chunk -> chunk.put(0, (byte) 'X').put(1, (byte) 'Y'));
            case SIZE_TOO_LONG -> changed(right, chunk -> chunk.putInt(Message.SIZE_AT, chunk.capacity() + 4));
            case SIZE_ABSURD -> changed(right, chunk -> chunk.putInt(Message.SIZE_AT, Integer.MAX_VALUE));
            case SIZE_OF_NOTHING -> changed(right, chunk -> chunk.putInt(Message.SIZE_AT, 0));
            case ABORTED -> aborted(right);
            case WRONG_CHANNEL -> right.is("ACK") ? right : added(right, Message.CHANNEL_AT, 1000);
            case WRONG_SEQUENCE -> right.hasRequest() ? added(right, Message.SEQUENCE_AT, 1000) : right;
            case UNKNOWN_REQUEST -> right.hasRequest() ? added(right, Message.REQUEST_AT, 100_000) : right;
            case ANSWERS_ANOTHER -> right.hasRequest() ? renumbered(before, right) : right;
            default -> inside(lie, right);
        };
    }

    private static Message inside(Misbehaviour lie, Message right) {
        return switch (lie) {
            case WRONG_HANDLE -> at(right, right.handleAt(), (chunk, at) -> chunk.putInt(at, chunk.getInt(at) + 1000));
            case WRONG_SERVICE ->
                at(
                        right,
                        right.serviceAt(),
                        (chunk, at) -> chunk.putShort(at, (short) other(right).number()));
            case FEWER_RESULTS -> at(right, right.contentAt(), (chunk, at) -> chunk.putInt(at, chunk.getInt(at) - 1));
            case NO_RESULTS -> at(right, right.contentAt(), (chunk, at) -> chunk.putInt(at, -1));
            case COUNT_ABSURD -> at(right, right.contentAt(), (chunk, at) -> chunk.putInt(at, 2_000_000_000));
            case MORE_RESULTS -> withOneMore(right);
            case FORGETS_SESSION -> fault(right, BAD_SESSION_ID_INVALID);
            case BUSY -> fault(right, BAD_TOO_MANY_OPERATIONS);
            case UNSUPPORTED -> fault(right, BAD_SERVICE_UNSUPPORTED);
            default -> published(lie, right);
        };
    }

    private static Message published(Misbehaviour lie, Message right) {
        OptionalInt subscription =
                right.service() == Service.CREATE_SUBSCRIPTION ? right.contentAt() : OptionalInt.empty();
        OptionalInt publication = right.service() == Service.PUBLISH ? right.contentAt() : OptionalInt.empty();
        return switch (lie) {
            case ABSURDLY_OFTEN -> at(right, subscription, (chunk, at) -> revised(chunk, at, 0, 0));
            case ABSURDLY_SELDOM -> at(right, subscription, (chunk, at) -> revised(chunk, at, 1e300, -1));
            case ANOTHER_SUBSCRIPTION -> at(right, publication, (chunk, at) -> chunk.putInt(at, 987_654));
            case JUMPS_AHEAD ->
                at(right, publication, (chunk, at) -> {
                    int number = at + 2 * Integer.BYTES + Math.max(0, chunk.getInt(at + 4)) * Integer.BYTES + 1;
                    chunk.putInt(number, chunk.getInt(number) + 5000);
                });
            default -> right;
        };
    }

    private static void revised(ByteBuffer chunk, int at, double interval, int count) {
        chunk.putDouble(at + 4, interval).putInt(at + 12, count).putInt(at + 16, count);
    }

    private static Service other(Message right) {
        return right.service() == Service.CLOSE_SESSION ? Service.READ : Service.CLOSE_SESSION;
    }

    private static Message withOneMore(Message right) {
        if (right.contentAt().isEmpty()) {
            return right;
        }
        int at = right.contentAt().getAsInt();
        byte[] first = right.first();
        byte[] more = Arrays.copyOf(first, first.length + 1);
        int behind = at + Integer.BYTES;
        System.arraycopy(first, behind, more, behind + 1, first.length - behind);
        more[behind] = 0; // an empty data value, or the first byte of a good status
        ByteBuffer chunk = Message.little(more);
        chunk.putInt(at, chunk.getInt(at) + 1).putInt(Message.SIZE_AT, more.length);
        return right.withFirst(more);
    }

    private static Message fault(Message right, int code) {
        if (right.handleAt().isEmpty()) {
            return right;
        }
        int handle = right.handleAt().getAsInt();
        byte[] fault = Arrays.copyOf(right.first(), handle + 2 * Integer.BYTES + 1 + Integer.BYTES + 3);
        Arrays.fill(fault, handle + 8, fault.length, (byte) 0);
        fault[3] = 'F';
        Message.little(fault)
                .putShort(right.serviceAt().getAsInt(), (short) Service.FAULT.number())
                .putInt(handle + 4, code)
                .putInt(handle + 9, -1)
                .putInt(Message.SIZE_AT, fault.length);
        return new Message(java.util.List.of(fault), right.plain());
    }

    /** OPC 10000-6, 6.7.3: a final chunk that says why there is no more. */
    private static Message aborted(Message right) {
        if (!right.hasRequest() || !right.plain()) {
            return right;
        }
        byte[] chunk = Arrays.copyOf(right.first(), 32);
        chunk[3] = 'A';
        Message.little(chunk)
                .putInt(Message.SIZE_AT, chunk.length)
                .putInt(24, BAD_INTERNAL_ERROR)
                .putInt(28, -1);
        return new Message(java.util.List.of(chunk), true);
    }

    private static Message renumbered(Message before, Message right) {
        byte[] now = right.first();
        byte[] chunk = before.first();
        System.arraycopy(
                now, Message.CHANNEL_AT, chunk, Message.CHANNEL_AT, Message.REQUEST_AT + 4 - Message.CHANNEL_AT);
        return before.chunks().size() == 1 ? before.withFirst(chunk) : right;
    }

    private static Message added(Message right, int index, int number) {
        return changed(right, chunk -> chunk.putInt(index, chunk.getInt(index) + number));
    }

    /** Changes what stands at a place. */
    private interface Change {
        void make(ByteBuffer chunk, int at);
    }

    private static Message at(Message right, OptionalInt place, Change change) {
        return place.isEmpty() ? right : changed(right, chunk -> change.make(chunk, place.getAsInt()));
    }

    private static Message changed(Message right, Consumer<ByteBuffer> change) {
        byte[] first = right.first();
        change.accept(Message.little(first));
        return right.withFirst(first);
    }
}
