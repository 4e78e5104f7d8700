package io.dinrail.broker.internal.protocol;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Makes packets that may be sent, of every type and with every property. */
final class RandomPackets {
    private static final String[] TEXTS = {
        "", "a", "häß", "\uD83D\uDE00 smile", "x".repeat(300), "日本", "\uFEFFb", "\u0001"
    };

    private final Random random;
    private final MqttVersion version;
    private final Role sender;

    RandomPackets(Random random, MqttVersion version, Role sender) {
        this.random = random;
        this.version = version;
        this.sender = sender;
    }

    Packet next() {
        PacketType type = pick(Arrays.stream(PacketType.values())
                .filter(each -> each.mayBeSentBy(sender) && each != PacketType.CONNECT)
                .filter(each -> version.hasProperties() || each != PacketType.AUTH)
                .filter(each -> version.hasProperties() || each != PacketType.DISCONNECT || sender == Role.CLIENT)
                .toList());
        return switch (type) {
            case CONNECT -> connect();
            case CONNACK -> connack();
            case PUBLISH -> publish();
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> new Acknowledgement(type, id(), reason(type), properties(type));
            case SUBSCRIBE -> new Subscribe(id(), list(this::subscription), properties(type));
            case SUBACK -> new Suback(id(), list(() -> subackReason()), properties(type));
            case UNSUBSCRIBE -> new Unsubscribe(id(), list(this::filter), properties(type));
            case UNSUBACK ->
                new Unsuback(id(), version.hasProperties() ? list(() -> reason(type)) : List.of(), properties(type));
            case PINGREQ -> Ping.REQUEST;
            case PINGRESP -> Ping.RESPONSE;
            case DISCONNECT -> new Disconnect(reason(type), properties(type));
            case AUTH -> auth();
        };
    }

    Connect connect() {
        boolean named = random.nextBoolean();
        boolean secret = random.nextBoolean() && (named || version.hasProperties());
        return new Connect(
                version,
                "c" + text(),
                random.nextBoolean(),
                random.nextInt(65_536),
                random.nextBoolean() ? Optional.of(will()) : Optional.empty(),
                named ? Optional.of(text()) : Optional.empty(),
                secret ? Optional.of(bytes()) : Optional.empty(),
                withMethod(Place.CONNECT));
    }

    private Will will() {
        return new Will(
                topic(), bytes(), pick(Arrays.asList(Qos.values())), random.nextBoolean(), properties(Place.WILL));
    }

    private Connack connack() {
        ReasonCode reason = version.hasProperties()
                ? reason(PacketType.CONNACK)
                : ReasonCode.ofReturnCode(random.nextInt(6)).orElseThrow();
        boolean present = reason == ReasonCode.SUCCESS && version != MqttVersion.V3_1 && random.nextBoolean();
        return new Connack(present, reason, properties(PacketType.CONNACK));
    }

    private Publish publish() {
        Qos qos = pick(Arrays.asList(Qos.values()));
        boolean once = qos == Qos.AT_MOST_ONCE;
        return new Publish(
                topic(),
                Unpooled.wrappedBuffer(bytes()),
                qos,
                random.nextBoolean(),
                !once && random.nextBoolean(),
                once ? 0 : id(),
                properties(PacketType.PUBLISH));
    }

    private Auth auth() {
        Properties properties = Properties.builder()
                .text(Property.AUTHENTICATION_METHOD, text())
                .binary(Property.AUTHENTICATION_DATA, bytes())
                .build();
        return new Auth(ReasonCode.CONTINUE_AUTHENTICATION, properties);
    }

    private ReasonCode reason(PacketType type) {
        if (!version.hasProperties()) {
            return ReasonCode.SUCCESS;
        }
        Place place = Place.of(type, sender);
        return pick(Arrays.stream(ReasonCode.values())
                .filter(each -> each.mayStandIn(place))
                .toList());
    }

    private ReasonCode subackReason() {
        return version.hasProperties()
                ? reason(PacketType.SUBACK)
                : pick(List.of(ReasonCode.SUCCESS, ReasonCode.GRANTED_QOS_2, ReasonCode.UNSPECIFIED_ERROR));
    }

    private Subscription subscription() {
        Qos qos = pick(Arrays.asList(Qos.values()));
        if (!version.hasProperties()) {
            return new Subscription(filter(), qos);
        }
        boolean shared = random.nextBoolean();
        return new Subscription(
                (shared ? "$share/g/" : "") + filter(),
                qos,
                !shared && random.nextBoolean(),
                random.nextBoolean(),
                pick(Arrays.asList(RetainHandling.values())));
    }

    private Properties withMethod(Place place) {
        Properties properties = properties(place);
        return properties.has(Property.AUTHENTICATION_METHOD)
                ? properties
                : properties.without(Property.AUTHENTICATION_DATA);
    }

    private Properties properties(PacketType type) {
        return properties(Place.of(type, sender));
    }

    private Properties properties(Place place) {
        PropertiesBuilder builder = Properties.builder();
        if (!version.hasProperties()) {
            return Properties.NONE;
        }
        for (Property property : Property.values()) {
            boolean repeats = property.mayRepeatIn(place);
            for (int i = random.nextInt(repeats ? 4 : 2); property.mayStandIn(place) && i > 0; i--) {
                add(builder, property);
            }
        }
        return builder.build();
    }

    private void add(PropertiesBuilder builder, Property property) {
        switch (property.form()) {
            case BYTE -> builder.number(property, random.nextInt(2));
            case TWO_BYTES -> builder.number(property, id());
            case FOUR_BYTES -> builder.number(property, 1L + (random.nextInt() & 0xFFFF_FFFEL));
            case VARIABLE -> builder.number(property, 1 + random.nextInt(VariableInteger.HIGHEST));
            case TEXT -> builder.text(property, property == Property.RESPONSE_TOPIC ? topic().text() : text());
            case BINARY -> builder.binary(property, bytes());
            case PAIR -> builder.user(text(), text());
        }
    }

    private TopicName topic() {
        return TopicName.of("t/" + text());
    }

    private String filter() {
        return pick(List.of("#", "+/a", text() + "/+/#", "a/b/c"));
    }

    private int id() {
        return 1 + random.nextInt(65_535);
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 20_000 : 40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> List<T> list(Supplier<T> one) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            list.add(one.get());
        }
        return list;
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
