package io.github.fapipack.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.grantmanagement.Database;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of consents, on each kind of database. */
@ParameterizedClass
@MethodSource("databases")
class ConsentTableTest {
  private static final String REALM = "realm";
  private static final String CONSENT = "urn:bank:A/1";
  private static final String CLIENT = "client";
  private static final String ISSUER = "https://as.example/realms/r";
  private static final long DAY = 86_400;

  @Parameter Database database;

  private final AtomicLong clock = new AtomicLong(1_000_000);

  static Stream<Database> databases() {
    return Stream.<Supplier<Database>>of(Database::h2, Database::postgres).map(Supplier::get);
  }

  @BeforeEach
  void empty() {
    database.run(entities -> entities.createQuery("delete from ConsentEntity").executeUpdate());
  }

  private <T> T with(Function<ConsentTable, T> work) {
    return database.inTransaction(entities -> work.apply(new ConsentTable(entities, clock::get)));
  }

  private <T> T outbox(Function<OutboxTable, T> work) {
    return database.inTransaction(entities -> work.apply(new OutboxTable(entities, clock::get)));
  }

  private void inOutbox(Consumer<OutboxTable> work) {
    outbox(
        table -> {
          work.accept(table);
          return null;
        });
  }

  private void on(Consumer<ConsentTable> work) {
    with(
        table -> {
          work.accept(table);
          return null;
        });
  }

  private KnownConsent known() {
    return find(REALM, CONSENT).orElseThrow();
  }

  private Optional<KnownConsent> find(String realmId, String consentId) {
    return with(table -> table.find(realmId, consentId));
  }

  private List<String> realmsDue() {
    return outbox(OutboxTable::realmsDue);
  }

  private List<KnownConsent> due() {
    return outbox(table -> table.due(REALM, 10));
  }

  private List<Untold> untold() {
    return outbox(OutboxTable::untold);
  }

  private void name() {
    on(table -> table.ensure(REALM, CONSENT, CLIENT, ISSUER));
  }

  @Test
  void aConsentIsKnownOnceItWasNamedAndOnlyUnderItsExactId() {
    name();
    name();

    assertThat(known())
        .isEqualTo(
            new KnownConsent(REALM, CONSENT, CLIENT, ISSUER, 1_000_000, null, null, null, 0));
    assertThat(find(REALM, "urn:bank:a/1")).isEmpty();
    assertThat(find("another", CONSENT)).isEmpty();
  }

  @Test
  void whatTheUserEndsIsTriedAtTheServiceUntilItKnows() {
    name();
    clock.addAndGet(10);
    on(table -> table.end(REALM, CONSENT, EndedBy.USER));

    assertThat(realmsDue()).containsExactly(REALM);
    KnownConsent due = due().get(0);
    assertThat(due.endedBy()).isEqualTo(EndedBy.USER);
    assertThat(due.endedAt()).isEqualTo(1_000_010);
    inOutbox(table -> table.attempt(due, clock.get() + 60));
    assertThat(due()).isEmpty();
    assertThat(untold()).containsExactly(new Untold(REALM, 1, 1_000_010));

    clock.addAndGet(60);
    assertThat(due().get(0).attempts()).isEqualTo(1);
    inOutbox(table -> table.told(REALM, CONSENT));
    assertThat(due()).isEmpty();
    assertThat(untold()).isEmpty();
    assertThat(known().toldAt()).isEqualTo(1_000_070);
  }

  @Test
  void theFirstToEndAConsentIsTheOneWhoHas() {
    name();
    on(table -> table.end(REALM, CONSENT, EndedBy.USER));
    clock.addAndGet(10);
    on(table -> table.end(REALM, CONSENT, EndedBy.ADMINISTRATOR));

    assertThat(known().endedBy()).isEqualTo(EndedBy.USER);
    assertThat(known().endedAt()).isEqualTo(1_000_000);
  }

  @Test
  void theServiceIsNotToldWhatItSaysItself() {
    name();
    on(table -> table.end(REALM, CONSENT, EndedBy.BANK));
    assertThat(realmsDue()).isEmpty();
    assertThat(known().toldAt()).isEqualTo(1_000_000);
  }

  @Test
  void theServiceIsNotToldAnyMoreWhenItSaysSoItself() {
    name();
    on(table -> table.end(REALM, CONSENT, EndedBy.USER));
    on(table -> table.end(REALM, CONSENT, EndedBy.BANK));
    assertThat(realmsDue()).isEmpty();
    assertThat(known().endedBy()).isEqualTo(EndedBy.USER);
  }

  @Test
  void rowsAreDeletedWhenNobodyNeedsThem() {
    name();
    assertThat(after(DAY - 1)).isZero();
    assertThat(after(1)).isEqualTo(1);

    name();
    on(table -> table.keepFor(REALM, CONSENT, clock.get() + 10 * DAY));
    assertThat(after(11 * DAY - 1)).isZero();
    assertThat(after(1)).isEqualTo(1);

    name();
    on(table -> table.keepFor(REALM, CONSENT, null));
    assertThat(after(10_000 * DAY)).isZero();
    on(table -> table.end(REALM, CONSENT, EndedBy.CLIENT));
    assertThat(after(10_000 * DAY)).as("as long as the service does not know").isZero();
    inOutbox(table -> table.told(REALM, CONSENT));
    assertThat(after(30 * DAY - 1)).isZero();
    assertThat(after(1)).isEqualTo(1);
  }

  @Test
  void aRowIsKeptForAnAuthorizationThatBeginsLater() {
    name();
    clock.addAndGet(DAY - 1);
    name();
    assertThat(after(DAY - 1)).isZero();
    assertThat(after(1)).isEqualTo(1);
  }

  private int after(long seconds) {
    clock.addAndGet(seconds);
    return with(table -> table.prune(100));
  }

  @Test
  void whoEndsAConsentWaitsForTheGrantThatIsBeingCreated() throws Exception {
    name();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> end =
          with(
              table -> {
                assertThat(table.hold(REALM, CONSENT)).isPresent();
                Future<?> waiting =
                    other.submit(
                        () ->
                            on(
                                ending -> {
                                  ending.hold(REALM, CONSENT);
                                  ending.end(REALM, CONSENT, EndedBy.BANK);
                                }));
                assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
                return waiting;
              });
      end.get(30, TimeUnit.SECONDS);
      assertThat(known().hasEnded()).isTrue();
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void whatBelongsToARealmEndsWithIt() {
    name();
    on(table -> table.ensure("another", CONSENT, CLIENT, ISSUER));
    int deleted = with(table -> table.deleteAll(REALM));
    assertThat(deleted).isEqualTo(1);
    assertThat(find("another", CONSENT)).isPresent();
  }
}
