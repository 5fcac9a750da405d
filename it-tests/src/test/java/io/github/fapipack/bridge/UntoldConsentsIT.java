package io.github.fapipack.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.grantmanagement.PostgresServer;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import io.github.fapipack.monitoring.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Administrators learn of consents of whose end the bank's consent service does not know. */
class UntoldConsentsIT {
  private static final String CONSENT = "urn:bank:1";
  private static final String DEAD = "https://localhost:1/consents";
  private static final long DAY = 86_400;

  private TestRealm realm;
  private String realmId;
  private boolean isDeleted;

  @BeforeEach
  void importRealm() {
    ObjectNode export = (ObjectNode) TestRealm.export("fapi2-security-profile");
    export.withObject("/attributes").put(ServiceSettings.ADDRESS, DEAD);
    realm = TestRealm.create(PostgresServer.get().server(), export);
    realmId = realm.admin().realm(realm.name()).path("id").asText();
  }

  @AfterEach
  void deleteRealm() {
    if (!isDeleted) {
      realm.close();
    }
  }

  /** A consent that a user has ended so many seconds ago. */
  private void ended(long ago) {
    long time = Instant.now().getEpochSecond() - ago;
    PostgresServer.get()
        .database()
        .run(
            entities -> {
              ConsentTable table = new ConsentTable(entities, () -> time);
              table.ensure(realmId, CONSENT, "client", realm.issuer().toString());
              table.end(realmId, CONSENT, EndedBy.USER);
            });
  }

  private Optional<KnownConsent> stored() {
    return PostgresServer.get()
        .database()
        .inTransaction(
            entities ->
                new ConsentTable(entities, () -> Instant.now().getEpochSecond())
                    .find(realmId, CONSENT));
  }

  private String report() {
    return realm.admin().get("/" + realm.name() + "/fapi/report").toString();
  }

  private static Await await() {
    return Await.atMost(Duration.ofSeconds(60)).every(Duration.ofMillis(300));
  }

  @Test
  void theDoctorFindsWhatTheBankDoesNotLearnWithinADay() {
    ended(DAY - 3_600);
    assertThat(report()).doesNotContain("consents have ended here");
    PostgresServer.get()
        .database()
        .run(entities -> new ConsentTable(entities, () -> 0).deleteAll(realmId));

    ended(DAY + 60);

    assertThat(report()).contains("the consent service does not know that 1 consents have ended");
  }

  @Test
  @Rejects(by = "ConsentOutbox", value = "CB 4-2")
  void metricsSaySinceWhenTheBankDoesNotKnow() {
    Map<String, String> labels = Map.of("realm", realm.name());
    await()
        .until(
            "the metric of a bank that knows all",
            () -> Scrape.of(realm.server()).value("fapi_consents_untold", labels),
            value -> value.filter(count -> count == 0).isPresent());

    ended(7_200);

    await()
        .until(
            "the metric of a bank that does not know",
            () -> Scrape.of(realm.server()).value("fapi_consents_untold_age_seconds", labels),
            value -> value.filter(age -> age > 7_000).isPresent());
  }

  @Test
  void aServiceThatDoesNotAnswerIsTriedAgainAndAgain() {
    ended(0);

    await().until("a second attempt", this::stored, row -> row.orElseThrow().attempts() >= 2);
    assertThat(stored().orElseThrow().toldAt()).isNull();
    assertThat(PostgresServer.get().log()).contains("was not told that a consent has ended");
  }

  @Test
  void nothingIsLeftOfARealmThatIsDeleted() {
    ended(0);
    realm.close();
    isDeleted = true;

    await().until("no row", this::stored, Optional::isEmpty);
  }

  @Test
  void aConsentThatNobodyHasAuthorisedIsForgottenAfterADay() {
    long time = Instant.now().getEpochSecond() - DAY - 60;
    PostgresServer.get()
        .database()
        .run(
            entities ->
                new ConsentTable(entities, () -> time)
                    .ensure(realmId, CONSENT, "client", realm.issuer().toString()));

    await().until("no row", this::stored, Optional::isEmpty);
  }
}
