package io.dinrail.testkit.opcua;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** One connection through a front, and what is done wrong on it. */
final class FrontConnection {
    private static final byte[] GARBAGE = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII);
    private static final String UNPROTECTED = "http://opcfoundation.org/UA/SecurityPolicy#None";
    private static final int POLICY_AT = 12;
    private static final int ENDLESS_CHUNK = 8_192;

    private final MisbehavingServer front;
    private final Socket near;
    private final Socket far;
    private final Map<Service, Message> before = new EnumMap<>(Service.class);
    private boolean plain;
    /** How many chunks were sent that the server knows nothing of. */
    private int ahead;

    FrontConnection(MisbehavingServer front, Socket near, Socket far) {
        this.front = front;
        this.near = near;
        this.far = far;
    }

    void start() {
        start("opcua-front-requests", this::passRequests);
        start("opcua-front-answers", this::passAnswers);
    }

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    boolean isClosed() {
        return near.isClosed();
    }

    void close() {
        close(near);
        close(far);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    private void passRequests() {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = near.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!front.swallowsRequests()) {
                    far.getOutputStream().write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            // either side went away
        }
        close(near);
        // a line that swallows everything swallows its own end too
        if (!front.swallowsRequests()) {
            close(far);
        }
    }

    private void passAnswers() {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(far.getInputStream()));
            while (true) {
                Message said = Message.read(in, plain);
                plain |= said.is("OPN") && isUnprotected(said.first());
                if (!front.swallowsAnswers()) {
                    answer(said, front.heard(said.answer()));
                }
                before.put(said.service(), said);
            }
        } catch (IOException e) {
            // either side went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(far);
        if (!front.swallowsAnswers()) {
            close(near);
        }
    }

    private static boolean isUnprotected(byte[] opened) {
        int length = Message.at(opened, POLICY_AT);
        return length == UNPROTECTED.length()
                && new String(opened, POLICY_AT + 4, length, US_ASCII).equals(UNPROTECTED);
    }

    private void answer(Message right, Misbehaviour conduct) throws IOException, InterruptedException {
        switch (conduct) {
            case NONE -> send(right);
            case SILENT -> {}
            case CLOSED -> close();
            case GARBAGE -> send(GARBAGE);
            case TRUNCATED -> sendHalf(right);
            case TRUNCATED_AND_CLOSED -> {
                sendHalf(right);
                close();
            }
            case LATE -> {
                Thread.sleep(front.lateness().toMillis());
                send(right);
            }
            case TWICE -> {
                send(right);
                sendAgain(right);
            }
            case FLOODS -> {
                send(right);
                while (true) {
                    sendAgain(right);
                }
            }
            case NEVER_ENDS -> neverEnd(right);
            default -> send(Lies.tell(conduct, right, before.getOrDefault(right.service(), right)));
        }
    }

    private void send(Message message) throws IOException {
        for (byte[] chunk : message.chunks()) {
            byte[] counted = chunk.clone();
            if (ahead > 0 && message.hasRequest() && message.plain()) {
                Message.little(counted).putInt(Message.SEQUENCE_AT, Message.at(chunk, Message.SEQUENCE_AT) + ahead);
            }
            send(counted);
        }
    }

    private void sendAgain(Message message) throws IOException {
        ahead += message.chunks().size();
        send(message);
    }

    private void sendHalf(Message right) throws IOException {
        byte[] first = right.first();
        send(Arrays.copyOf(first, first.length / 2));
    }

    private void neverEnd(Message right) throws IOException {
        if (!right.hasRequest() || !right.plain()) {
            send(right);
            return;
        }
        byte[] chunk = Arrays.copyOf(right.first(), Math.max(right.first().length, ENDLESS_CHUNK));
        chunk[3] = 'C';
        Message.little(chunk).putInt(Message.SIZE_AT, chunk.length);
        Message endless = new Message(java.util.List.of(chunk), true);
        send(endless);
        while (true) {
            sendAgain(endless);
        }
    }

    private void send(byte[] bytes) throws IOException {
        near.getOutputStream().write(bytes);
    }
}
