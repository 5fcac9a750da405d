package io.github.fapipack.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.grantmanagement.Database;
import io.github.fapipack.history.HistoryEntry.Document;
import io.github.fapipack.history.HistoryEntry.Undone;
import io.github.fapipack.history.HistoryEntry.Who;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written down is there later, bounded, on each kind of database. */
@ParameterizedClass
@MethodSource("databases")
class HistoryTableTest {
  private static final String REALM = "realm";
  private static final Who ADA = new Who("1", "ada", "security-admin-console", "master");

  @Parameter Database database;

  private HistoryLimits limits = HistoryLimits.DEFAULT;
  private long clock = 1_000_000;

  static Stream<Database> databases() {
    return Stream.<Supplier<Database>>of(Database::h2, Database::postgres).map(Supplier::get);
  }

  @BeforeEach
  void empty() {
    database.run(entities -> new HistoryTable(entities, limits).deleteAll(REALM));
  }

  private <T> T with(Function<HistoryTable, T> work) {
    return database.inTransaction(entities -> work.apply(new HistoryTable(entities, limits)));
  }

  private HistoryEntry add(String document) {
    HistoryEntry entry =
        new HistoryEntry(
            HistoryTable.newId(), REALM, ++clock, "apply", ADA, "{}", Document.KEPT, null);
    return with(table -> table.add(entry, document));
  }

  private List<HistoryEntry> all() {
    return with(table -> table.list(REALM, 0, 1000));
  }

  private String document(HistoryEntry entry) {
    return with(table -> table.document(REALM, entry.id()).orElse(null));
  }

  /** Text that cannot be packed. */
  private static String noise(int length) {
    StringBuilder text = new StringBuilder();
    new Random(length).ints(length, 'a', 'z').forEach(letter -> text.append((char) letter));
    return text.toString();
  }

  @Test
  void anEntryComesBackWithItsDocument() {
    HistoryEntry entry = add("{\"a\":\"\u00e9\u65e5\"}");

    assertThat(all()).containsExactly(entry);
    assertThat(document(entry)).isEqualTo("{\"a\":\"\u00e9\u65e5\"}");
    assertThat(entry.canBeUndone()).isTrue();
    assertThat(this.<Long>with(table -> table.count(REALM))).isEqualTo(1L);
  }

  @Test
  void theLatestComeFirstAndInPages() {
    HistoryEntry first = add("1");
    HistoryEntry second = add("2");
    HistoryEntry third = add("3");

    assertThat(all()).containsExactly(third, second, first);
    assertThat(this.<List<HistoryEntry>>with(table -> table.list(REALM, 1, 1)))
        .containsExactly(second);
  }

  @Test
  void onlySoManyEntriesAreKept() {
    limits = new HistoryLimits(2, 1000, 1000);
    HistoryEntry first = add("1");
    HistoryEntry second = add("2");
    HistoryEntry third = add("3");

    assertThat(all()).containsExactly(third, second);
    assertThat(document(first)).isNull();
  }

  @Test
  void aDocumentThatIsTooLargeIsNotKeptAndTheEntrySaysSo() {
    limits = new HistoryLimits(10, 100, 1000);
    HistoryEntry entry = add(noise(1000));

    assertThat(all()).containsExactly(entry);
    assertThat(entry.document()).isEqualTo(Document.TOO_LARGE);
    assertThat(entry.canBeUndone()).isFalse();
    assertThat(document(entry)).isNull();
  }

  @Test
  void theDocumentsOfTheOldestEntriesGiveWay() {
    limits = new HistoryLimits(10, 1500, 2500);
    HistoryEntry first = add(noise(1000));
    HistoryEntry second = add(noise(1001));
    HistoryEntry third = add(noise(1002));

    assertThat(all())
        .extracting(HistoryEntry::document)
        .containsExactly(Document.KEPT, Document.KEPT, Document.DROPPED);
    assertThat(document(first)).isNull();
    assertThat(document(second)).isEqualTo(noise(1001));
    assertThat(document(third)).isEqualTo(noise(1002));
  }

  @Test
  void theDocumentOfTenThousandClientsIsKept() {
    StringBuilder large = new StringBuilder("[");
    for (int i = 0; large.length() < 10_000_000; i++) {
      large.append(
          ("{\"where\":{\"kind\":\"client\",\"name\":\"client-%d\",\"id\":\"%s\",\"pointer\":"
                  + "\"/attributes/dpop.bound.access.tokens\"},\"before\":\"false\","
                  + "\"after\":\"true\"},")
              .formatted(i, HistoryTable.newId()));
    }
    HistoryEntry entry = add(large.toString());

    assertThat(entry.document()).isEqualTo(Document.KEPT);
    assertThat(document(entry)).isEqualTo(large.toString());
  }

  @Test
  void whatWasTakenBackSaysByWhomAndIsNotOfferedAgain() {
    HistoryEntry entry = add("1");
    Undone undone = new Undone(2_000_000, "bob", HistoryTable.newId());

    database.run(
        entities -> new HistoryTable(entities, limits).markUndone(REALM, entry.id(), undone));

    HistoryEntry found = with(table -> table.lock(REALM, entry.id())).orElseThrow();
    assertThat(found.undone()).isEqualTo(undone);
    assertThat(found.canBeUndone()).isFalse();
  }

  @Test
  void anEntryOfAnotherRealmIsNotFound() {
    HistoryEntry entry = add("1");

    assertThat(this.<Optional<HistoryEntry>>with(table -> table.find("other", entry.id())))
        .isEmpty();
    assertThat(this.<Optional<String>>with(table -> table.document("other", entry.id()))).isEmpty();
    assertThat(this.<Integer>with(table -> table.deleteAll("other"))).isZero();
    assertThat(this.<Optional<HistoryEntry>>with(table -> table.find(REALM, entry.id())))
        .contains(entry);
  }

  @Test
  void nothingIsLeftOfARealmThatIsDeleted() {
    HistoryEntry entry = add("1");

    assertThat(this.<Integer>with(table -> table.deleteAll(REALM))).isEqualTo(1);
    assertThat(all()).isEmpty();
    assertThat(document(entry)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0000", "a", "%2F", "'; drop table FAPI_HISTORY; --", "\ud800"})
  void whatIsNoIdIsNotFound(String id) {
    assertThat(this.<Optional<HistoryEntry>>with(table -> table.find(REALM, id))).isEmpty();
    assertThat(this.<Optional<HistoryEntry>>with(table -> table.lock(REALM, id.repeat(10_000))))
        .isEmpty();
    assertThat(this.<Optional<String>>with(table -> table.document(REALM, id))).isEmpty();
  }
}
