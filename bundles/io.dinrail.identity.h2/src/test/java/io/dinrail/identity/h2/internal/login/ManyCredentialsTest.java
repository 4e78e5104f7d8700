package io.dinrail.identity.h2.internal.login;

import static io.dinrail.identity.h2.internal.login.BooksFixture.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dinrail.identity.api.CredentialOrder;
import io.dinrail.identity.api.CredentialOrder.SecretChoice;
import io.dinrail.identity.api.IdentityException;
import io.dinrail.identity.api.IdentityException.Reason;
import io.dinrail.identity.api.Issued;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManyCredentialsTest {
    private static final int MANY = 10_000;
    private BooksFixture books;

    @BeforeEach
    void start() throws Exception {
        books = new BooksFixture();
    }

    @AfterEach
    void close() {
        books.close();
    }

    @Test
    void tenThousandAreIssuedInOneGoAndInTheirOrder() throws Exception {
        List<Issued> issued = books.credentials.issueAll(ANNA, orders(MANY));

        assertThat(issued).hasSize(MANY);
        assertThat(new HashSet<>(issued.stream().map(Issued::secret).toList())).hasSize(MANY);
        books.restart();
        for (int i = 0; i < MANY; i += 1111) {
            assertThat(issued.get(i).credential().name()).isEqualTo("press-" + i);
            assertThat(books.opens("press-" + i, issued.get(i).secret())).isTrue();
        }
        assertThat(books.roster.count("default", "device")).isEqualTo(MANY);
        assertThat(books.events()).hasSize(MANY).startsWith("ISSUED press-0 device");
    }

    @Test
    void theLogNamesEveryOneInFewEntries() throws Exception {
        books.credentials.issueAll(ANNA, orders(1000));

        Set<String> named = new HashSet<>();
        books.trail.forEach(entry -> named.addAll(List.of(entry.split(" "))));
        assertThat(books.trail).hasSizeLessThan(20).allMatch(entry -> entry.length() < 1100);
        assertThat(named)
                .containsAll(
                        IntStream.range(0, 1000).mapToObj(i -> "press-" + i).toList());
    }

    @Test
    void allOrNoneAndTheRefusalNamesThePlace() throws Exception {
        books.credentials.issueAll(ANNA, orders(1));
        List<CredentialOrder> taken = List.of(device("a"), device("press-0"), device("b"));
        List<CredentialOrder> twice = List.of(device("a"), device("b"), device("a"));
        List<CredentialOrder> refused = List.of(device("a"), device("b"), device("+"));

        assertThat(refusal(taken))
                .hasMessageStartingWith("number 2 of the list: ")
                .extracting(IdentityException::reason)
                .isEqualTo(Reason.TAKEN);
        assertThat(refusal(twice)).hasMessageStartingWith("number 3 of the list: ");
        assertThat(refusal(refused)).hasMessageStartingWith("number 3 of the list: ");
        assertThat(refusal(Collections.nCopies(100_001, device("a")))).hasMessageContaining("in parts");
        assertThat(refusal(chosen(101))).hasMessageContaining("at most 100 passwords");
        assertThat(books.credentials.issueAll(ANNA, List.of())).isEmpty();
        assertThat(books.credentials.list()).hasSize(1);
        books.restart();
        assertThat(books.credentials.list()).hasSize(1);
        assertThat(books.events()).hasSize(1);
    }

    @Test
    void whatTheStoreRefusesInTheMiddleLeavesNothing() throws Exception {
        books.sql("alter table credential add constraint c check (name <> 'press-7')");

        assertThat(refusal(orders(10)).reason()).isEqualTo(Reason.STORE);
        assertThat(books.credentials.list()).isEmpty();
        books.restart();
        assertThat(books.credentials.list()).isEmpty();
    }

    @Test
    void oneNameIsIssuedOnceHoweverManyAskAndNeverOpensAfterItsEnd() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(many.submit(this::issueProveAndRevoke));
            }
            int issued = 0;
            for (Future<Integer> each : running) {
                issued += each.get();
            }
            assertThat(issued).isPositive();
            long told = books.events().stream()
                    .filter(event -> event.startsWith("ISSUED"))
                    .count();
            assertThat(told).isEqualTo(issued);
            for (int i = 0; i < books.events().size(); i++) {
                assertThat(books.events().get(i)).startsWith(i % 2 == 0 ? "ISSUED" : "REVOKED");
            }
            assertThat(books.credentials.list()).isEmpty();
        } finally {
            many.shutdownNow();
        }
    }

    private int issueProveAndRevoke() throws IdentityException {
        int issued = 0;
        for (int i = 0; i < 50; i++) {
            try {
                String secret = books.credentials.issue(ANNA, device("press-1")).secret();
                issued++;
                Proof proof = books.prove("press-1", secret);
                assertThat(proof).isInstanceOf(Proof.Proven.class);
                books.credentials.revoke(ANNA, "press-1");
                assertThat(((Proof.Proven) proof).holds().getAsBoolean()).isFalse();
                assertThat(books.opens("press-1", secret)).isFalse();
            } catch (IdentityException e) {
                assertThat(e.reason()).isEqualTo(Reason.TAKEN);
            }
        }
        return issued;
    }

    private IdentityException refusal(List<CredentialOrder> orders) {
        return catchThrowableOfType(IdentityException.class, () -> books.credentials.issueAll(ANNA, orders));
    }

    private static List<CredentialOrder> orders(int count) {
        return IntStream.range(0, count).mapToObj(i -> device("press-" + i)).toList();
    }

    private static List<CredentialOrder> chosen(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new CredentialOrder(
                        "p-" + i,
                        Optional.empty(),
                        List.of(),
                        "",
                        Optional.empty(),
                        new SecretChoice.Chosen("correct horse battery")))
                .toList();
    }

    private static CredentialOrder device(String login) {
        return CredentialOrder.of(login, "device");
    }
}
