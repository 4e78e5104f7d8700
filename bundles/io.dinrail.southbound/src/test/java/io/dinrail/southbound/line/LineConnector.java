package io.dinrail.southbound.line;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dinrail.connector.api.Connector;
import io.dinrail.connector.api.ConnectorContext;
import io.dinrail.connector.api.ConnectorException;
import io.dinrail.connector.api.ConnectorException.Reason;
import io.dinrail.connector.api.Sample;
import io.dinrail.connector.api.SettingException;
import io.dinrail.connector.api.TagSpec;
import io.dinrail.model.api.TagValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks {@code get a} and hears {@code 42}; says {@code set a 42} and hears {@code ok}; whatever else it hears is a refusal. */
final class LineConnector implements Connector<String> {
    private final int port;
    private final int timeoutMillis;
    private final ConnectorContext context;
    private @Nullable Socket socket;
    private @Nullable BufferedReader in;

    LineConnector(int port, int timeoutMillis, ConnectorContext context) {
        this.port = port;
        this.timeoutMillis = timeoutMillis;
        this.context = context;
    }

    @Override
    public String point(TagSpec tag) {
        if (!tag.address().matches("[a-z]+")) {
            throw new SettingException("address", "'" + tag.address() + "' is no place: write a word such as level");
        }
        return tag.address();
    }

    @Override
    public void open() throws ConnectorException {
        Socket fresh = new Socket();
        socket = fresh;
        try {
            fresh.connect(new InetSocketAddress("127.0.0.1", port), timeoutMillis);
            fresh.setSoTimeout(timeoutMillis);
            in = new BufferedReader(new InputStreamReader(fresh.getInputStream(), US_ASCII));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public List<Sample> read(List<String> points) throws ConnectorException {
        List<Sample> samples = new ArrayList<>();
        for (String point : points) {
            String answer = ask("get " + point);
            samples.add(
                    answer.matches("-?\\d{1,9}")
                            ? Sample.good(TagValue.of(Long.parseLong(answer)))
                            : Sample.bad(answer.isEmpty() ? "empty-answer" : answer));
        }
        return samples;
    }

    @Override
    public void write(String point, TagValue value) throws ConnectorException {
        String answer = ask("set " + point + " " + value);
        if (!answer.equals("ok")) {
            context.meter().refused(answer);
            throw ConnectorException.refused(answer, "port " + port + " refuses " + point + ": " + answer);
        }
    }

    private String ask(String question) throws ConnectorException {
        long began = System.nanoTime();
        try {
            if (socket == null || in == null) {
                throw new IOException("is not connected");
            }
            context.meter().requested(question.length() + 1);
            socket.getOutputStream().write((question + "\n").getBytes(US_ASCII));
            String answer = in.readLine();
            if (answer == null) {
                throw new IOException("closed the connection");
            }
            context.meter().answered(answer.length() + 1, System.nanoTime() - began);
            return answer;
        } catch (SocketTimeoutException e) {
            context.meter().timedOut();
            throw lost(e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private ConnectorException lost(IOException e) {
        return new ConnectorException(Reason.LOST, "port " + port + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        in = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
