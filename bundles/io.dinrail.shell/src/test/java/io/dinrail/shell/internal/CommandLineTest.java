package io.dinrail.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest extends ShellTest {
    @Test
    void optionsStandBeforeBetweenAndBehindArguments() {
        assertThat(shell.out("dinrail:tag-read --json filler-1 temperature")).startsWith("{");
        assertThat(shell.out("dinrail:tag-read filler-1 --json temperature")).startsWith("{");
        assertThat(shell.out("dinrail:tag-read filler-1 temperature --json")).startsWith("{");
    }

    @Test
    void commandsAreThereWithoutTheirScopeAndInPipes() {
        assertThat(shell.out("status")).startsWith("broker");
        assertThat(shell.out("dinrail:device-add press-1 --type x | cat")).isEqualTo("added device press-1");
        assertThat(shell.out("dinrail:device-add p-2 --type x ; dinrail:device-list --json"))
                .contains("p-2");
    }

    @Test
    void aQuotedNumberStaysAsItWasTyped() {
        assertThat(shell.out("dinrail:device-add '0042'")).isEqualTo("added device 0042");
        assertThat(shell.out("dinrail:device-add 7")).isEqualTo("added device 7");
        assertThat(shell.out("dinrail:device-add 0043")).isEqualTo("added device 0043");
    }

    @Test
    void behindTwoDashesNothingIsAnOption() {
        assertThat(shell.failure("dinrail:device-show -- --json")).startsWith("device id '--json' is refused");
    }

    @Test
    void wrongUseIsAnsweredWithTheUsage() {
        String usage = ": dinrail:device-show ID [--json]";
        assertThat(shell.failure("dinrail:device-show")).isEqualTo("id is missing" + usage);
        assertThat(shell.failure("dinrail:device-show a b")).isEqualTo("'b' is one word too many" + usage);
        assertThat(shell.failure("dinrail:device-show a --all")).isEqualTo("option --all is unknown" + usage);
        assertThat(shell.failure("dinrail:device-add a --fleet"))
                .isEqualTo("option --fleet lacks its value:"
                        + " dinrail:device-add ID [--fleet VALUE] [--gateway VALUE] [--site VALUE] [--type VALUE]");
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(shell.out("dinrail:device-show --help")).isEqualTo("""
                        Shows one device.

                          dinrail:device-show ID [--json]

                          id            The device
                          --json        Print one JSON value and nothing else""");
        assertThat(shell.out("help dinrail:tag-watch")).contains("Prints each new reading until Ctrl-C.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "dinrail:device-show |filler-1,known-1,press-1",
                "dinrail:device-show kn|known-1",
                "dinrail:device-show --json kn|known-1",
                "dinrail:device-show known-1 --|--json",
                "dinrail:device-add x --gateway kn|known-1",
                "dinrail:device-add x --fleet |",
                "dinrail:connector-stop |filler",
                "dinrail:tag-list --connector |filler",
                "dinrail:credential-revoke |scada",
                "dinrail:credential-issue x --rule-set |device",
                "dinrail:person-role |ann",
                "dinrail:person-role ann o|operator",
                "dinrail:acl-explain scada p|publish",
                "dinrail:key-rotate |sk_id_1",
                "dinrail:enrolment-cancel |gw-1",
                "dinrail:certificate-revoke |0a1b",
                "dinrail:ca-distrust |plant",
                "dinrail:acl-import x --org |default,org_abcdefghijkl",
                "dinrail:tag-read |filler-1,press-1",
                "dinrail:tag-read filler-1 |setpoint,temperature",
                "dinrail:tag-read --json press-1 |humidity",
                "dinrail:tag-write filler-1 s|setpoint",
                "dinrail:rule-remove |filler-hot",
                "dinrail:alert-ack |2",
                "dinrail:alert-list --state r|raised",
                "dinrail:command-show |id-0",
                "dinrail:command-send filler-1 re|reboot",
                "dinrail:device-show known-1 |",
            })
    void idsOptionsAndStatesComplete(String line, String expected) {
        shell.out("dinrail:device-add known-1");
        shell.out("dinrail:credential-issue scada");
        shell.out("dinrail:person-add ann");
        shell.out("dinrail:command-send filler-1 reboot");

        assertThat(String.join(",", shell.completions(line)))
                .isEqualTo(Optional.ofNullable(expected).orElse(""));
    }

    @Test
    void withoutACapabilityItsCommandsStayAndSayWhatIsMissing() {
        try (TestShell bare = new TestShell()) {
            assertThat(bare.failure("dinrail:rule-list"))
                    .isEqualTo("alerting is not installed: feature:install dinrail-alerting"
                            + " (if it is, log:display tells why it doesn't run)");
            assertThat(bare.failure("dinrail:device-list")).contains("feature:install dinrail-devices");
            assertThat(bare.failure("dinrail:credential-list")).contains("feature:install dinrail-identity");
            assertThat(bare.failure("dinrail:connector-list")).contains("feature:install dinrail-southbound");
            assertThat(bare.failure("dinrail:command-list")).contains("feature:install dinrail-commands");
            assertThat(bare.failure("dinrail:tag-list")).contains("feature:install dinrail-bus");
            assertThat(bare.failure("dinrail:tag-watch a")).contains("feature:install dinrail-bus");
            assertThat(bare.completions("dinrail:device-show ")).isEmpty();
        }
    }

    @Test
    void theShellForgetsTheCommandsWhenTheBundleStops() {
        shell.withdraw();

        assertThat(shell.failure("dinrail:status")).contains("CommandNotFound");
    }
}
