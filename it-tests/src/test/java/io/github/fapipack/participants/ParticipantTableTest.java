package io.github.fapipack.participants;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.grantmanagement.Database;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The states of software in the database, as lists and administrators make them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParticipantTableTest {
  private List<Database> databases;

  @BeforeAll
  void start() {
    databases = List.of(Database.h2(), Database.postgres());
  }

  @AfterAll
  void stop() {
    databases.forEach(Database::close);
  }

  List<Database> databases() {
    return databases;
  }

  /** The table of a realm of its own. */
  private record Realm(Database database, String id) {
    static Realm in(Database database) {
      return new Realm(database, UUID.randomUUID().toString());
    }

    <T> T with(Function<ParticipantTable, T> work) {
      return database.inTransaction(entities -> work.apply(new ParticipantTable(entities, id)));
    }

    List<StateChange> apply(PublishedList list, ParticipantState missing) {
      ListUpdate update = new ListUpdate(id, list, missing);
      return with(table -> update.apply(table, update.plan(table).organisationIds(), 1));
    }

    ListPlan plan(PublishedList list, ParticipantState missing) {
      return with(table -> new ListUpdate(id, list, missing).plan(table));
    }

    void register(String softwareId) {
      with(
          table -> {
            table.software("softwareId", softwareId).orElseThrow().clientUuid = "c-" + softwareId;
            return null;
          });
    }

    int unfinished() {
      return with(table -> table.unfinished(10).size());
    }

    boolean knows(String softwareId) {
      return with(table -> table.software("softwareId", softwareId).isPresent());
    }

    Map<String, ParticipantState> inactive() {
      return with(ParticipantTable::inactive);
    }

    ParticipantState state(String softwareId) {
      return with(table -> table.software("softwareId", softwareId).orElseThrow().state);
    }
  }

  private static PublishedList list(ParticipantState organisation, ParticipantState software) {
    PublishedList list = new PublishedList();
    list.organisation("o", "Organisation", organisation, "why");
    list.software("s", "o", "Software", software, "why");
    return list;
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void theWorstOfOrganisationAndSoftwareCounts(Database database) {
    Realm realm = Realm.in(database);
    for (ParticipantState organisation : ParticipantState.values()) {
      for (ParticipantState software : ParticipantState.values()) {
        realm.apply(list(organisation, software), ParticipantState.ACTIVE);

        assertThat(realm.state("s")).isEqualTo(ParticipantState.worst(organisation, software));
      }
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void theSameListChangesNothing(Database database) {
    Realm realm = Realm.in(database);
    PublishedList list = list(ParticipantState.SUSPENDED, ParticipantState.ACTIVE);
    realm.apply(list, ParticipantState.WITHDRAWN);

    assertThat(realm.plan(list, ParticipantState.WITHDRAWN).organisationIds()).isEmpty();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("databases")
  void onlyClientsAreEnded(Database database) {
    Realm realm = Realm.in(database);
    realm.apply(list(ParticipantState.ACTIVE, ParticipantState.ACTIVE), ParticipantState.ACTIVE);
    realm.apply(list(ParticipantState.ACTIVE, ParticipantState.WITHDRAWN), ParticipantState.ACTIVE);
    assertThat(realm.unfinished()).isZero();
    realm.apply(list(ParticipantState.ACTIVE, ParticipantState.ACTIVE), ParticipantState.ACTIVE);
    realm.register("s");

    List<StateChange> changes =
        realm.apply(
            list(ParticipantState.ACTIVE, ParticipantState.WITHDRAWN), ParticipantState.ACTIVE);

    assertThat(changes)
        .singleElement()
        .extracting(StateChange::after)
        .isEqualTo(ParticipantState.WITHDRAWN);
    assertThat(realm.unfinished()).isEqualTo(1);
    assertThat(realm.inactive()).isEqualTo(Map.of("c-s", ParticipantState.WITHDRAWN));
    realm.apply(list(ParticipantState.ACTIVE, ParticipantState.ACTIVE), ParticipantState.ACTIVE);
    assertThat(realm.inactive())
        .as("until its grants and sessions have ended")
        .isEqualTo(Map.of("c-s", ParticipantState.WITHDRAWN));
  }

  @ParameterizedTest
  @EnumSource(ParticipantState.class)
  void whatIsMissingGetsTheStateOfTheProfile(ParticipantState missing) {
    Realm realm = Realm.in(databases.get(0));
    realm.apply(list(ParticipantState.ACTIVE, ParticipantState.ACTIVE), missing);

    realm.apply(new PublishedList(), missing);

    assertThat(realm.state("s")).isEqualTo(missing);
    realm.apply(list(ParticipantState.ACTIVE, ParticipantState.ACTIVE), missing);
    assertThat(realm.state("s")).isEqualTo(ParticipantState.ACTIVE);
  }

  @Test
  void nothingIsMissingFromAListWithUnreadableEntries() {
    Realm realm = Realm.in(databases.get(0));
    realm.apply(list(ParticipantState.ACTIVE, ParticipantState.ACTIVE), ParticipantState.REMOVED);
    PublishedList broken = new PublishedList();
    broken.skip();

    realm.apply(broken, ParticipantState.REMOVED);

    assertThat(realm.state("s")).isEqualTo(ParticipantState.ACTIVE);
  }

  @Test
  void organisationsThatLoseAllTheirSoftwareCountAsEnded() {
    Realm realm = Realm.in(databases.get(0));
    PublishedList active = new PublishedList();
    PublishedList ended = new PublishedList();
    for (int i = 0; i < 4; i++) {
      active.organisation("o" + i, null, ParticipantState.ACTIVE, null);
      ended.organisation("o" + i, null, ParticipantState.ACTIVE, null);
      active.software("s" + i, "o" + i, null, ParticipantState.ACTIVE, null);
      ended.software(
          "s" + i,
          "o" + i,
          null,
          i < 2 ? ParticipantState.SUSPENDED : ParticipantState.ACTIVE,
          null);
    }
    realm.apply(active, ParticipantState.ACTIVE);
    assertThat(realm.plan(ended, ParticipantState.ACTIVE).ended()).isZero();
    for (int i = 0; i < 4; i++) {
      realm.register("s" + i);
    }

    ListPlan plan = realm.plan(ended, ParticipantState.ACTIVE);

    assertThat(plan.active()).isEqualTo(4);
    assertThat(plan.ended()).isEqualTo(2);
    assertThat(plan.endsMoreThan(49)).isTrue();
    assertThat(plan.endsMoreThan(50)).isFalse();
  }

  @Test
  void aSingleOrganisationMayAlwaysEnd() {
    assertThat(new ListPlan(List.of("o"), 1, 1).endsMoreThan(1)).isFalse();
    assertThat(new ListPlan(List.of("o", "p"), 2, 2).endsMoreThan(99)).isTrue();
  }

  @Test
  void realmsAreApart() {
    Realm realm = Realm.in(databases.get(0));
    Realm other = Realm.in(databases.get(0));
    realm.apply(list(ParticipantState.SUSPENDED, ParticipantState.ACTIVE), ParticipantState.ACTIVE);
    other.apply(list(ParticipantState.ACTIVE, ParticipantState.ACTIVE), ParticipantState.ACTIVE);

    assertThat(realm.state("s")).isEqualTo(ParticipantState.SUSPENDED);
    assertThat(other.state("s")).isEqualTo(ParticipantState.ACTIVE);
    realm.with(
        table -> {
          table.deleteAll();
          return null;
        });
    assertThat(realm.knows("s")).isFalse();
    assertThat(other.state("s")).isEqualTo(ParticipantState.ACTIVE);
  }
}
