package io.github.fapipack.grantmanagement;

import static io.github.fapipack.grantmanagement.Store.CLIENT;
import static io.github.fapipack.grantmanagement.Store.REALM;
import static io.github.fapipack.grantmanagement.Store.USER;
import static io.github.fapipack.grantmanagement.Store.details;
import static io.github.fapipack.grantmanagement.Store.objects;
import static io.github.fapipack.grantmanagement.Store.scopes;
import static io.github.fapipack.grantmanagement.Store.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.grantmanagement.Grants.Consented;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored comes back, on each kind of database. */
@ParameterizedClass
@MethodSource("databases")
class GrantTableTest {

  @Parameter Database database;

  private Store store;

  static Stream<Database> databases() {
    return Stream.<java.util.function.Supplier<Database>>of(Database::h2, Database::postgres)
        .map(java.util.function.Supplier::get);
  }

  @BeforeEach
  void empty() {
    database.run(entities -> entities.createQuery("delete from GrantEntity").executeUpdate());
    store = new Store(database);
  }

  @Test
  void aGrantComesBackAsItWasStored() {
    Consented consented =
        new Consented(
            Set.of("openid", "pay\u00e9"),
            Set.of("email", "https://claims.example/a b"),
            objects(
                "{'type':'payment','amount':0.10,'limit':12345678901234567890,'to':['\u65e5']}"),
            2_000_000L);

    Grant grant = store.create(consented);

    assertThat(store.find(grant.id())).contains(grant);
    assertThat(grant.scopes()).isEqualTo(consented.scopes());
    assertThat(grant.claims()).isEqualTo(consented.claims());
    assertThat(grant.authorizationDetails().get(0).get("amount").asText()).isEqualTo("0.10");
    assertThat(grant.createdAt()).isEqualTo(1_000_000);
    assertThat(grant.generation()).isZero();
  }

  @Test
  void aGrantIsFoundByTheExactIdOfItsConsent() {
    Grant grant = store.create(ofConsent("urn:bank:A", null));
    store.create(scopes("a"));

    assertThat(grant.consentId()).isEqualTo("urn:bank:A");
    assertThat(grant.managed()).isFalse();
    assertThat(ofConsent("urn:bank:A")).contains(grant);
    assertThat(ofConsent("urn:bank:a")).isEmpty();
    assertThat(store.<Boolean>with(t -> t.findOfConsent("another", "urn:bank:A").isPresent()))
        .isFalse();
    assertThat(store.change(grant.id(), GrantChange.VOID_TOKENS, null).orElseThrow().consentId())
        .isEqualTo("urn:bank:A");
    assertThat(store.<Boolean>with(t -> t.hold(Store.REALM, grant.id()).isPresent())).isTrue();
  }

  @Test
  void consentsAreThoseOfActiveGrants() {
    store.create(ofConsent("one", null));
    store.create(ofConsent("two", store.clock.get() + 10));
    store.create("another", Store.USER, ofConsent("three", null));
    assertThat(consents(Store.CLIENT, null)).containsExactlyInAnyOrder("one", "two");
    assertThat(consents(null, Store.USER)).containsExactlyInAnyOrder("one", "two", "three");
    store.clock.addAndGet(10);
    assertThat(consents(Store.CLIENT, Store.USER)).containsExactly("one");
  }

  @Test
  void consentsOfTheBankDoNotCountAgainstTheLimit() {
    Store small = new Store(database, new GrantLimits(1_000, 1));
    small.create(ofConsent("one", null));
    small.create(ofConsent("two", null));
    small.create(scopes("a"));

    assertThatThrownBy(() -> small.create(scopes("b"))).isInstanceOf(GrantLimitExceeded.class);
    small.create(ofConsent("three", null));
  }

  private static Consented ofConsent(String consentId, Long expiresAt) {
    return new Consented(Set.of("accounts"), Set.of(), List.of(), expiresAt, consentId, false);
  }

  private Optional<Grant> ofConsent(String consentId) {
    return store.with(table -> table.findOfConsent(Store.REALM, consentId));
  }

  private List<String> consents(String client, String user) {
    return store.with(table -> table.consents(Store.REALM, client, user));
  }

  @Test
  void mergingAddsAndMovesOnAGeneration() {
    Grant grant = store.create(scopes("a", "b"));
    store.clock.addAndGet(5);

    Grant merged = store.change(grant.id(), GrantChange.MERGE, scopes("b", "c")).orElseThrow();

    assertThat(merged.scopes()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(merged.generation()).isEqualTo(1);
    assertThat(merged.validFrom()).isZero();
    assertThat(merged.lastUpdated()).isEqualTo(grant.createdAt() + 5);
    assertThat(merged.createdAt()).isEqualTo(grant.createdAt());
    assertThat(store.find(grant.id())).contains(merged);
  }

  @Test
  void replacingLeavesNothingOfBefore() {
    Grant grant = store.create(scopes("a", "b"));

    Grant replaced =
        store.change(grant.id(), GrantChange.REPLACE, details("{'type':'t'}")).orElseThrow();

    assertThat(replaced.scopes()).isEmpty();
    assertThat(replaced.authorizationDetails()).hasSize(1);
    assertThat(replaced.validFrom()).isEqualTo(1);
    assertThat(store.find(grant.id())).contains(replaced);
  }

  @Test
  void anExpiredGrantIsNotFoundChangedOrRevoked() {
    Grant grant = store.create(until(1_000_010L));
    store.clock.set(1_000_009);
    assertThat(store.find(grant.id())).isPresent();

    store.clock.set(1_000_010);

    assertThat(store.find(grant.id())).isEmpty();
    assertThat(store.change(grant.id(), GrantChange.MERGE, scopes("a"))).isEmpty();
    assertThat(store.delete(grant.id())).isFalse();
    assertThat(store.list(CLIENT, null)).isEmpty();
  }

  @Test
  void expiredGrantsArePrunedInBatches() {
    IntStream.range(0, 5).forEach(i -> store.create(until(1_000_010L)));
    Grant living = store.create(until(1_000_020L));
    store.create(until(null));
    store.clock.set(1_000_010);

    List<Integer> batches =
        IntStream.range(0, 4).mapToObj(i -> store.with(table -> table.deleteExpired(2))).toList();

    assertThat(batches).containsExactly(2, 2, 1, 0);
    assertThat(store.find(living.id())).isPresent();
    assertThat(store.rows()).isEqualTo(2);
  }

  @Test
  void aGrantOfAnotherRealmIsNotFound() {
    Grant grant = store.create(scopes("a"));

    assertThat(store.<Boolean>with(table -> table.find("other", grant.id()).isPresent())).isFalse();
    assertThat(store.<Boolean>with(table -> table.delete("other", grant.id()))).isFalse();
    assertThat(
            store.<Boolean>with(
                table ->
                    table.change("other", grant.id(), GrantChange.MERGE, scopes("b")).isPresent()))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0000", "a", "%2F", "'; drop table FAPI_GRANT; --", "\ud800"})
  void whatIsNoIdIsNotFound(String id) {
    assertThat(store.find(id)).isEmpty();
    assertThat(store.find(id.repeat(100_000))).isEmpty();
    assertThat(store.delete(id)).isFalse();
  }

  @Test
  void aGrantHasALimitedSize() {
    Store small = new Store(database, new GrantLimits(100, 10));
    Grant grant = small.create(scopes("a"));

    assertThatThrownBy(() -> small.create(scopes("x".repeat(100))))
        .isInstanceOfSatisfying(
            GrantLimitExceeded.class,
            e -> assertThat(e.limit()).isEqualTo(GrantLimitExceeded.Limit.SIZE));
    assertThatThrownBy(() -> small.change(grant.id(), GrantChange.MERGE, scopes("y".repeat(95))))
        .isInstanceOf(GrantLimitExceeded.class);
    assertThat(small.find(grant.id())).contains(grant);
  }

  @Test
  void aLargeGrantIsStoredWhole() {
    Grant grant = store.create(details("{'type':'t','text':'" + "\u00e9".repeat(32_000) + "'}"));

    assertThat(store.find(grant.id())).contains(grant);
  }

  @Test
  void aUserGivesAClientALimitedNumberOfGrants() {
    Store few = new Store(database, new GrantLimits(1000, 2));
    few.create(scopes("a"));
    few.create(until(1_000_010L));

    assertThatThrownBy(() -> few.create(scopes("c")))
        .isInstanceOfSatisfying(
            GrantLimitExceeded.class,
            e -> assertThat(e.limit()).isEqualTo(GrantLimitExceeded.Limit.COUNT));
    few.create("other", USER, scopes("a"));
    few.create(CLIENT, "other", scopes("a"));
    few.clock.set(1_000_010); // one has expired
    few.create(scopes("c"));
  }

  @Test
  void grantsAreListedLatestFirstAndInPages() {
    Grant first = store.create(scopes("a"));
    store.clock.incrementAndGet();
    Grant second = store.create(scopes("a"));
    store.clock.incrementAndGet();
    Grant third = store.create("other", USER, scopes("a"));

    assertThat(store.list(null, USER)).containsExactly(third, second, first);
    assertThat(store.list(CLIENT, null)).containsExactly(second, first);
    assertThat(store.list(CLIENT, USER)).containsExactly(second, first);
    assertThat(store.<List<Grant>>with(table -> table.list(REALM, null, USER, 1, 1)))
        .containsExactly(second);
  }

  @Test
  void allOfAUserAClientOrARealmCanBeDeleted() {
    store.create(CLIENT, USER, scopes("a"));
    store.create(CLIENT, "other", scopes("a"));
    store.create("other", USER, until(5L));
    store.create("other", "other", scopes("a"));

    assertThat(store.<Integer>with(table -> table.deleteAll(REALM, CLIENT, USER))).isEqualTo(1);
    assertThat(store.<Integer>with(table -> table.deleteAll(REALM, null, USER))).isEqualTo(1);
    assertThat(store.<Integer>with(table -> table.deleteAll(REALM, CLIENT, null))).isEqualTo(1);
    assertThat(store.<Integer>with(table -> table.deleteAll("none", null, null))).isZero();
    assertThat(store.<Integer>with(table -> table.deleteAll(REALM, null, null))).isEqualTo(1);
    assertThat(store.rows()).isZero();
  }
}
