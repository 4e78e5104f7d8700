package io.dinrail.broker.internal.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * A load on any MQTT server: {@code LoadMain PORT SERVER-PID SCENARIO [MESSAGES]}. Prints one line: messages received a second, microseconds of the server's
 * CPU a message, and what else the scenario is about. Who is to log in stands in LOAD_LOGIN and LOAD_PASSWORD. {@code itests/measure-broker} runs it.
 */
public final class LoadMain {
    private static final int SIZE = 64;
    private static final int WINDOW = 100;
    private static final int QUEUED_SIZE = 200;
    private static final int TICKS = 100;

    private final int port;
    private final long server;
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final LongAdder received = new LongAdder();
    private final List<Channel> channels = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();

    private LoadMain(int port, long server) {
        this.port = port;
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        LoadMain load = new LoadMain(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        String[] words = arguments[2].split("-");
        long messages = arguments.length > 3 ? Long.parseLong(arguments[3]) : 200_000;
        String result = switch (words[0]) {
            case "fanin" -> load.flow(10, 1, false, true, qos(words), messages);
            case "pairs" -> load.flow(10, 10, true, true, qos(words), messages);
            case "kept" -> load.flow(10, 10, true, false, qos(words), messages);
            case "fanout" -> load.flow(1, Integer.parseInt(words[2]), false, true, qos(words), messages);
            case "retained" -> load.retained(messages);
            case "queue" -> load.queue(messages);
            case "latency" -> load.latency(qos(words), (int) messages);
            case "connects" -> load.connects((int) messages);
            case "idle" -> load.idle((int) messages);
            default -> throw new IllegalArgumentException("no scenario " + arguments[2]);
        };
        System.out.println(arguments[2] + ' ' + result);
        System.exit(0);
    }

    /** As in {@code fanin-1}: the second word. */
    private static int qos(String[] words) {
        return Integer.parseInt(words[1]);
    }

    private String flow(int publishers, int subscribers, boolean paired, boolean clean, int qos, long messages)
            throws Exception {
        CountDownLatch ready = new CountDownLatch(publishers + subscribers);
        CountDownLatch done = new CountDownLatch(publishers);
        String run = "r" + System.nanoTime();
        for (int i = 0; i < subscribers; i++) {
            String filter = paired ? run + "/" + i : run + "/#";
            connect(new Subscriber(run + "s" + i, clean, filter, qos, ready, received, nothing -> {}));
        }
        List<Publisher> all = new ArrayList<>();
        for (int i = 0; i < publishers; i++) {
            Publisher publisher = new Publisher(run + "p" + i, run + "/" + i, qos, SIZE, WINDOW, ready, done);
            all.add(publisher);
            connect(publisher);
        }
        await(ready);
        long each = messages / publishers;
        long expected = each * publishers * (paired ? 1 : subscribers);
        long cpu = cpu();
        long begin = System.nanoTime();
        all.forEach(publisher -> publisher.go(each));
        long last = settle(expected);
        double seconds = (last - begin) / 1e9;
        double micros = (cpu() - cpu) * 1e6 / TICKS / Math.max(1, received.sum());
        return String.format(
                Locale.ROOT,
                "%.0f msg/s, %.2f us CPU/msg, %d of %d arrived, %s acknowledged",
                received.sum() / seconds,
                micros,
                received.sum(),
                expected,
                done.getCount() == 0 ? "all" : "not all");
    }

    /** Waits until all have come, or none for two seconds, and answers when the last came. */
    private long settle(long expected) throws InterruptedException {
        long last = System.nanoTime();
        long before = 0;
        while (before < expected && System.nanoTime() - last < TimeUnit.SECONDS.toNanos(2)) {
            TimeUnit.MILLISECONDS.sleep(1);
            long now = received.sum();
            if (now > before) {
                before = now;
                last = System.nanoTime();
            }
        }
        return last;
    }

    /** So many topics are published to be kept, then one subscriber wants them all. */
    private String retained(long topics) throws Exception {
        String run = "k" + System.nanoTime();
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Publisher publisher = new Publisher(run, run, 1, SIZE, WINDOW, ready, done) {
            @Override
            byte[] topic(long number) {
                return (run + '/' + number % 100 + '/' + number).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            boolean retained() {
                return true;
            }
        };
        connect(publisher);
        await(ready);
        long begin = System.nanoTime();
        publisher.go(topics);
        if (!done.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("not all retained messages were acknowledged");
        }
        double kept = (System.nanoTime() - begin) / 1e9;
        CountDownLatch subscribed = new CountDownLatch(1);
        long asked = System.nanoTime();
        connect(new Subscriber(run + "s", true, run + "/#", 1, subscribed, received, nothing -> {}));
        double told = (settle(topics) - asked) / 1e9;
        return String.format(
                Locale.ROOT,
                "%.0f kept/s, %.0f told/s, %d of %d arrived",
                topics / kept,
                received.sum() / told,
                received.sum(),
                topics);
    }

    /** Fills the queue of a session whose client is away; it stays on the server. */
    private String queue(long messages) throws Exception {
        CountDownLatch subscribed = new CountDownLatch(1);
        Channel absent = start(new Subscriber("absent", false, "queue", 1, subscribed, received, nothing -> {}));
        await(subscribed);
        absent.close().sync();
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Publisher publisher = new Publisher("fills", "queue", 1, QUEUED_SIZE, 10 * WINDOW, ready, done);
        connect(publisher);
        await(ready);
        long begin = System.nanoTime();
        publisher.go(messages);
        if (!done.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("not all messages were acknowledged");
        }
        return String.format(Locale.ROOT, "%.0f queued/s", messages / ((System.nanoTime() - begin) / 1e9));
    }

    private String latency(int qos, int rate) throws Exception {
        int pairs = 10;
        int seconds = 10;
        CountDownLatch ready = new CountDownLatch(2 * pairs);
        CountDownLatch done = new CountDownLatch(pairs);
        long[] took = new long[rate * seconds + 1];
        AtomicInteger next = new AtomicInteger();
        LongConsumer keep = nanos -> took[Math.min(next.getAndIncrement(), took.length - 1)] = nanos;
        List<Publisher> all = new ArrayList<>();
        String run = "l" + System.nanoTime();
        for (int i = 0; i < pairs; i++) {
            connect(new Subscriber(run + "s" + i, true, run + "/" + i, qos, ready, received, keep));
            Publisher publisher = new Publisher(run + "p" + i, run + "/" + i, qos, SIZE, WINDOW, ready, done);
            all.add(publisher);
            connect(publisher);
        }
        await(ready);
        long cpu = cpu();
        long begin = System.nanoTime();
        for (int i = 0; i < rate * seconds; i++) {
            long due = begin + i * 1_000_000_000L / rate;
            while (System.nanoTime() < due) {
                TimeUnit.MICROSECONDS.sleep(100);
            }
            all.get(i % pairs).go(1);
        }
        settle((long) rate * seconds);
        double micros = (cpu() - cpu) * 1e6 / TICKS / Math.max(1, received.sum());
        int count = Math.min(next.get(), took.length);
        Arrays.sort(took, 0, count);
        return String.format(
                Locale.ROOT,
                "p50 %d us, p99 %d us, p99.9 %d us, %.2f us CPU/msg, %d arrived",
                took[count / 2] / 1000,
                took[(int) (count * 0.99)] / 1000,
                took[(int) (count * 0.999)] / 1000,
                micros,
                count);
    }

    private String connects(int count) throws Exception {
        Semaphore together = new Semaphore(100);
        CountDownLatch all = new CountDownLatch(count);
        long cpu = cpu();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            together.acquire();
            start(new LoadClient("c" + names.incrementAndGet(), true) {
                @Override
                void packet(int type, int first, io.netty.buffer.ByteBuf in, int end) {
                    if (type == CONNACK) {
                        write(context.alloc().buffer(2).writeShort(0xE000));
                        context.flush();
                        context.close();
                        together.release();
                        all.countDown();
                    }
                }
            });
        }
        all.await(60, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return String.format(
                Locale.ROOT,
                "%.0f connects/s, %.1f us CPU/connect",
                count / seconds,
                (cpu() - cpu) * 1e6 / TICKS / count);
    }

    private String idle(int count) throws Exception {
        long before = memory();
        CountDownLatch ready = new CountDownLatch(count);
        Semaphore together = new Semaphore(200);
        for (int i = 0; i < count; i++) {
            together.acquire();
            channels.add(start(new Subscriber("i" + i, true, "idle/" + i, 0, ready, received, nothing -> {}) {
                @Override
                void packet(int type, int first, io.netty.buffer.ByteBuf in, int end) {
                    super.packet(type, first, in, end);
                    if (type == SUBACK) {
                        together.release();
                    }
                }
            }));
        }
        ready.await(120, TimeUnit.SECONDS);
        TimeUnit.SECONDS.sleep(3);
        return String.format(
                Locale.ROOT, "%d connections, %d bytes of resident memory each", count, (memory() - before) / count);
    }

    private void connect(LoadClient client) throws InterruptedException {
        channels.add(start(client));
    }

    private Channel start(LoadClient client) throws InterruptedException {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(client)
                .connect("127.0.0.1", port)
                .sync()
                .channel();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(latch.getCount() + " clients are not ready");
        }
    }

    private long cpu() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + server + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + server + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
