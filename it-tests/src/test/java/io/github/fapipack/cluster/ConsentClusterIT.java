package io.github.fapipack.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.bankevents.RevocationRace;
import io.github.fapipack.bankevents.Revoker;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A consent that is revoked at one node has ended at the other, on PostgreSQL. */
@Tag("alone")
class ConsentClusterIT {
  private static TestCluster cluster;
  private static BankRealm bank;
  private static TestRealm realm;

  @BeforeAll
  static void start() {
    cluster = TestCluster.get();
    bank = BankRealm.create(cluster.one(), "fapi2-security-profile", BankRealm.BY_SCOPE, Map.of());
    realm = bank.realm();
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  private static Revoker revokerAtTwo() {
    return Revoker.of(
        realm, SenderConstraint.DPOP, client -> TestCluster.at(cluster.two(), client));
  }

  private static RevocationRace race() {
    return new RevocationRace(bank, cluster::balanced, revokerAtTwo());
  }

  @Test
  @Rejects(by = "BankRevocation", value = "CB 4-1")
  void whatIsRevokedAtOneNodeHasEndedAtTheOther() {
    FapiClient one = TestCluster.at(cluster.one(), TestClient.in(realm).register());
    LodgedConsent consent = bank.service().lodge(ConsentDraft.of(one.clientId()));
    LodgedConsent pending = bank.service().lodge(ConsentDraft.of(one.clientId()));
    Tokens tokens =
        one.token(
                one.visit(push(one, consent)).as(TestRealm.USERNAME, realm.password()).expectCode())
            .expect();
    one.introspect(tokens.accessToken()).expect();
    Pushed pushed = push(one, pending);

    assertThat(revokerAtTwo().revoke(consent.id())).isEqualTo(204);
    assertThat(revokerAtTwo().revoke(pending.id())).isEqualTo(204);

    assertThat(one.introspect(tokens.accessToken()).expect().path("active").asBoolean(true))
        .isFalse();
    one.refresh(tokens).expectError("invalid_grant");
    one.userinfo(tokens).expectError(401, "invalid_token");
    one.visit(pushed).expectError("invalid_request");
  }

  private static Pushed push(FapiClient client, LodgedConsent consent) {
    return client.par().with("scope", "openid consent:" + consent.id()).expect();
  }

  @Test
  @Accepts(by = "ConsentOutbox", value = "CB 4-2")
  void oneNodeTellsTheBankOnce() {
    FapiClient client = cluster.balanced(TestClient.in(realm).register());
    LodgedConsent consent = bank.service().lodge(ConsentDraft.of(client.clientId()));
    client
        .token(
            client
                .visit(push(client, consent))
                .as(TestRealm.USERNAME, realm.password())
                .expectCode())
        .expect();

    realm.admin().deleteClient(realm.name(), client.clientId());

    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (calls(consent) == 0) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    LockSupport.parkNanos(Duration.ofSeconds(12).toNanos());
    assertThat(calls(consent)).isEqualTo(1);
  }

  private static int calls(LodgedConsent consent) {
    return bank.service().calls(Operation.REVOKE, consent.id()).size();
  }

  @Test
  @Accepts(by = "BankRevocation", value = "CB 4-1")
  @Rejects(by = "BankRevocation", value = "CB 4-1")
  void noneOfTheRevokedConsentsGivesATokenAfterwards() throws Exception {
    // A thousand take four minutes: -Drace.consents=1000.
    race().run(Integer.getInteger("race.consents", 100));
  }

  @Test
  @Rejects(by = "BankRevocation", value = "CB 4-1")
  void aCodeThatIsRedeemedAtTheSameMomentGivesNothingThatLasts() throws Exception {
    race().redeem(Integer.getInteger("race.codes", 50));
  }
}
