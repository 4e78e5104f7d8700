package io.dinrail.broker.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dinrail.broker.internal.protocol.MalformedPacket;
import io.dinrail.broker.internal.protocol.Properties;
import io.dinrail.broker.internal.protocol.Qos;
import io.dinrail.broker.internal.protocol.TopicName;
import io.dinrail.broker.internal.protocol.Will;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionRecordTest {
    private static final SessionRecord WHOLE = new SessionRecord(
            "press@org",
            1_700_000_000_000L,
            3_600,
            1_800_000_000_000L,
            true,
            Map.of("a/+", 5L, "$share/g/b", 1L),
            Optional.of(new Will(TopicName.of("gone"), new byte[] {1, 2}, Qos.EXACTLY_ONCE, true, Properties.NONE)));

    @Test
    void whatWasWrittenIsRead() throws MalformedPacket {
        assertThat(SessionRecord.decoded(WHOLE.encoded())).isEqualTo(WHOLE);
    }

    @Test
    void aRecordOfTheFirstVersionIsRead() throws MalformedPacket {
        String first = "01" + "00000001" + "70" + "0000018bcfe56800" + "0000000000000e10" + "0000000000000000"
                + "00000001" + "0000000000000005" + "00000003" + "612f2b" + "00";
        SessionRecord read = SessionRecord.decoded(HexFormat.of().parseHex(first));
        assertThat(read)
                .isEqualTo(new SessionRecord(
                        "p", 1_700_000_000_000L, 3_600, 0, false, Map.of("a/+", 5L), Optional.empty()));
    }

    @Test
    void aRecordOfALaterVersionIsNotGuessed() {
        byte[] later = WHOLE.encoded();
        later[0]++;
        assertThatThrownBy(() -> SessionRecord.decoded(later)).hasMessageContaining("later version");
    }
}
