package io.dinrail.identity.h2.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "::ffff:10.0.0.1, 10.0.0.1",
        "2001:db8::1, 20010db800000000::/64",
        "2001:DB8:0:0:9::1, 20010db800000000::/64",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::1, 0000000000000000::/64",
        "1:2:3:4:5:6:7:8:9, no address",
        "dead:beef, no address",
        "example.com, example.com",
        "'', ''"
    })
    void anAddressStandsForWhatOneAttackerHas(String address, String block) {
        assertThat(AddressBlock.of(address)).isEqualTo(block);
    }
}
