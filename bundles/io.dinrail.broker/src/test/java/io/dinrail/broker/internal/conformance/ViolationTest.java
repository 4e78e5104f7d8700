package io.dinrail.broker.internal.conformance;

import static io.dinrail.broker.internal.conformance.Incoming.CONNACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.dinrail.broker.internal.protocol.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What breaks the protocol ends its connection, with the code that the standard has for it, and disturbs nobody else. */
class ViolationTest {
    @RegisterExtension
    final Bench bench = new Bench();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            10[<MQTT> 04 03 0000 <@c>]                    | the reserved flag
            10[<MQTT> 04 0A 0000 <@c>]                    | the QoS of a will that isn't there
            10[<MQTT> 04 22 0000 <@c>]                    | the flag of a will that isn't there
            10[<MQTT> 04 1E 0000 <@c> <@t> <m>]           | a will of QoS 3
            10[<MQTT> 04 06 0000 <@c> <@/#> <m>]          | a will topic with a wildcard
            10[<MQTT> 04 42 0000 <@c> <p>]                | a password without a user name
            10[<MQTT> 04 82 0000 <@c>]                    | no user name
            10[<MQTT> 04 02 0000]                         | no client id
            10[<MQTT> 04 02 0000 <@c> <more>]             | more than belongs there
            10[<MQTT> 04 02 0000 0002 C328]               | a client id that isn't UTF-8
            10[<MQTT> 04 02 0000 0003 610062]             | a client id with U+0000
            10[<MQTT> 04 02 0000 0003 EDA080]             | a client id with a surrogate
            11[<MQTT> 04 02 0000 <@c>]                    | flags of the first byte
            10 FFFFFFFF 7F                                | a length of five bytes
            F0[00]                                        | a type that isn't there
            """)
    @Statement(
            version = 4,
            value = {
                "MQTT-1.5.3-1",
                "MQTT-1.5.3-2",
                "MQTT-2.2.2-2",
                "MQTT-3.1.2-3",
                "MQTT-3.1.2-22",
                "MQTT-3.1.4-1",
                "MQTT-3.2.2-6",
                "MQTT-4.8.0-1"
            })
    void in311AMalformedConnectIsNotAnswered(String packet, String what) {
        RawClient client = bench.open(4).send(packet + "C000");
        client.expectClosed();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            10[<MQTT> 05 03 0000 00 <@c>]                       | 81    | the reserved flag
            10[<MQTT> 05 0A 0000 00 <@c>]                       | 81    | the QoS of a will that isn't there
            10[<MQTT> 05 22 0000 00 <@c>]                       | 81    | the flag of a will that isn't there
            10[<MQTT> 05 1E 0000 00 <@c> 00 <@t> <m>]           | 81    | a will of QoS 3
            10[<MQTT> 05 06 0000 00 <@c> 00 <@/#> <m>]          | 81 90 | a will topic with a wildcard
            10[<MQTT> 05 82 0000 00 <@c>]                       | 81    | no user name
            10[<MQTT> 05 02 0000 00]                            | 81    | no client id
            10[<MQTT> 05 02 0000 00 <@c> <more>]                | 81    | more than belongs there
            10[<MQTT> 05 02 0000 00 0002 C328]                  | 81    | a client id that isn't UTF-8
            10[<MQTT> 05 02 0000 00 0003 610062]                | 81    | a client id with U+0000
            10[<MQTT> 05 02 0000 [21 0000] <@c>]                | 82    | a receive maximum of 0
            10[<MQTT> 05 02 0000 [27 00000000] <@c>]            | 82    | a packet size of 0
            10[<MQTT> 05 02 0000 [17 02] <@c>]                  | 82    | a flag that is neither 0 nor 1
            10[<MQTT> 05 02 0000 [19 02] <@c>]                  | 82    | another
            10[<MQTT> 05 02 0000 [11 00000001 11 00000001] <@c>]| 82    | a property twice
            10[<MQTT> 05 02 0000 [23 0001] <@c>]                | 81 82 | a property that belongs elsewhere
            10[<MQTT> 05 02 0000 [7F 00] <@c>]                  | 81 82 | a property that isn't there
            10[<MQTT> 05 02 0000 [16 <data>] <@c>]              | 82    | authentication data without a method
            10[<MQTT> 05 02 0000 09 11 00000001 <@c>]           | 81    | a length of properties that isn't theirs
            """)
    @Statement(
            version = 5,
            value = {
                "MQTT-1.5.4-1",
                "MQTT-1.5.4-2",
                "MQTT-3.1.2-3",
                "MQTT-3.1.4-1",
                "MQTT-3.2.2-6",
                "MQTT-3.2.2-7",
                "MQTT-3.2.2-8",
                "MQTT-3.14.0-1",
                "MQTT-4.13.1-1"
            })
    void in5AMalformedConnectIsAnsweredByAConnack(String packet, String codes, String what) {
        RawClient client = bench.open(5).send(packet + "C000");
        Incoming connack = client.next();
        assertThat(connack.type()).as("%s", connack).isEqualTo(CONNACK);
        assertThat(connack.code()).as("code of %s", connack).isIn((Object[]) codes(codes));
        assertThat(connack.bytes()[2]).isZero();
        client.expectClosed();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            36[<@/a> 0001 {00} 'x']        | 81       | QoS 3
            38[<@/a> {00} 'x']             | 81       | DUP at QoS 0
            32[<@/a> 0000 {00} 'x']        | 81 82    | the identifier 0
            30[<@/#> {00} 'x']             | 81 82 90 | a topic name with a wildcard
            30[<@/+> {00} 'x']             | 81 82 90 | another
            30[0002 C328 {00} 'x']         | 81       | a topic name that isn't UTF-8
            30[0003 610062 {00} 'x']       | 81       | a topic name with U+0000
            30[00FF 'a']                   | 81       | a topic name that runs beyond the packet
            32[<@/a> 00]                   | 81       | half an identifier
            41[0001]                       | 81       | flags of PUBACK
            60[0001]                       | 81       | flags of PUBREL
            64[0001]                       | 81       | others
            80[0001 {00} <@/a> 00]         | 81       | flags of SUBSCRIBE
            82[0001 {00}]                  | 82       | no filter
            82[0000 {00} <@/a> 00]         | 81 82    | the identifier 0
            82[0001 {00} <@/a> 03]         | 81 82    | QoS 3
            82[0001 {00} <@/a> 40]         | 81       | reserved bits
            82[0001 {00} <@/a> 80]         | 81       | others
            82[0001 {00} <@/a>]            | 81       | a filter without options
            82[0001 {00} <> 00]            | 81 82 8F | an empty filter
            82[0001 {00} <@/#/a> 00]       | 81 82 8F | # in the middle
            82[0001 {00} <@/a#> 00]        | 81 82 8F | # behind a character
            82[0001 {00} <@/a+> 00]        | 81 82 8F | + behind a character
            82[0001 {00} 0002 C328 00]     | 81       | a filter that isn't UTF-8
            A0[0001 {00} <@/a>]            | 81       | flags of UNSUBSCRIBE
            A2[0001 {00}]                  | 82       | no filter
            A2[0000 {00} <@/a>]            | 81 82    | the identifier 0
            A2[0001 {00} 0002 C328]        | 81       | a filter that isn't UTF-8
            C100                           | 81       | flags of PINGREQ
            C0[00]                         | 81       | a PINGREQ that holds something
            E100                           | 81       | flags of DISCONNECT
            20[00 00 {00}]                 | 81 82    | what only a server sends
            90[0001 {00} 00]               | 81 82    | another
            D000                           | 81 82    | another
            00[00]                         | 81       | a type that isn't there
            30 FFFFFFFF 7F                 | 81       | a length of five bytes
            """)
    @Statement(
            version = 4,
            value = {
                "MQTT-1.5.3-1",
                "MQTT-1.5.3-2",
                "MQTT-2.2.2-2",
                "MQTT-2.3.1-1",
                "MQTT-3.3.1-2",
                "MQTT-3.3.1-4",
                "MQTT-3.3.2-2",
                "MQTT-3.6.1-1",
                "MQTT-3.8.1-1",
                "MQTT-3.8.3-1",
                "MQTT-3.8.3-3",
                "MQTT-3-8.3-4",
                "MQTT-3.10.1-1",
                "MQTT-3.10.3-1",
                "MQTT-3.10.3-2",
                "MQTT-3.14.1-1",
                "MQTT-4.7.1-1",
                "MQTT-4.7.1-2",
                "MQTT-4.7.1-3",
                "MQTT-4.7.3-1",
                "MQTT-4.8.0-1"
            })
    @Statement(
            version = 5,
            value = {
                "MQTT-1.5.4-1",
                "MQTT-1.5.4-2",
                "MQTT-2.1.3-1",
                "MQTT-2.2.1-3",
                "MQTT-3.3.1-2",
                "MQTT-3.3.1-4",
                "MQTT-3.3.2-2",
                "MQTT-3.6.1-1",
                "MQTT-3.8.1-1",
                "MQTT-3.8.3-1",
                "MQTT-3.8.3-2",
                "MQTT-3.8.3-5",
                "MQTT-3.10.1-1",
                "MQTT-3.10.3-1",
                "MQTT-3.10.3-2",
                "MQTT-3.14.1-1",
                "MQTT-3.14.2-1",
                "MQTT-3.14.2-2",
                "MQTT-4.7.0-1",
                "MQTT-4.7.1-1",
                "MQTT-4.7.1-2",
                "MQTT-4.7.3-1",
                "MQTT-4.13.1-1",
                "MQTT-4.13.2-1"
            })
    void whatBreaksTheProtocolEndsTheConnection(String packet, String codes, String what) {
        RawClient witness = bench.connect(5, "witness");
        witness.subscribe("<@/#> 00");
        for (int level : new int[] {4, 5}) {
            RawClient client = bench.connect(level, "c");
            client.send(packet + "C000").expectClosed(codes(codes));
        }
        witness.expectQuiet();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            30[<@/a> [0B 01] 'x']             | 82       | a subscription identifier from a client
            30[<@/a> [01 02] 'x']             | 82       | a flag that is neither 0 nor 1
            30[<@/a> [02 00000001 02 00000001] 'x'] | 82 | a property twice
            30[<@/a> [08 <a/#>] 'x']          | 81 82 90 | a response topic with a wildcard
            30[<@/a> [08 0002 C328] 'x']      | 81       | a response topic that isn't UTF-8
            30[<@/a> [26 <k> 0002 C328] 'x']  | 81       | a user property that isn't UTF-8
            30[<@/a> [11 00000001] 'x']       | 81 82    | a property that belongs elsewhere
            30[<@/a> [26 <k>] 'x']            | 81       | half a property
            30[<@/a> 8000 'x']                | 81       | a length in more bytes than needed
            82[0001 [0B 00] <@/a> 00]         | 82       | the subscription identifier 0
            82[0001 [0B 01 0B 02] <@/a> 00]   | 82       | two of them
            82[0001 00 <@/a> 30]              | 81 82    | retain handling 3
            82[0001 00 <$share/@/@/a> 04]     | 82       | no local on a shared subscription
            82[0001 00 <$share//@/a> 00]      | 81 82 8F | a group without a name
            82[0001 00 <$share/@> 00]         | 81 82 8F | a group without a filter
            82[0001 00 <$share/@+/a> 00]      | 81 82 8F | a name with a wildcard
            40[0001 0F]                       | 81 82    | a code that PUBACK doesn't have
            62[0001 10]                       | 81 82    | a code that PUBREL doesn't have
            E0[03]                            | 81 82    | a code that DISCONNECT doesn't have
            """)
    @Statement(
            version = 5,
            value = {
                "MQTT-1.5.5-1",
                "MQTT-1.5.7-1",
                "MQTT-3.3.2-13",
                "MQTT-3.3.2-14",
                "MQTT-3.3.4-6",
                "MQTT-3.4.2-1",
                "MQTT-3.6.2-1",
                "MQTT-3.8.3-4",
                "MQTT-3.14.2-1",
                "MQTT-4.8.2-1",
                "MQTT-4.8.2-2",
                "MQTT-4.13.1-1"
            })
    void whatBreaksVersion5EndsTheConnection(String packet, String codes, String what) {
        RawClient witness = bench.connect(5, "witness");
        witness.subscribe("<@/#> 00");
        bench.connect(5, "c").send(packet + "C000").expectClosed(codes(codes));
        witness.expectQuiet();
    }

    private static Integer[] codes(String digits) {
        return Arrays.stream(digits.split(" ", -1))
                .map(HexFormat::fromHexDigits)
                .toArray(Integer[]::new);
    }
}
