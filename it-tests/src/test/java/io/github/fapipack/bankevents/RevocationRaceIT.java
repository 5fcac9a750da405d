package io.github.fapipack.bankevents;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.testing.BankRealm;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After the answer to a revocation no token of the consent is issued. */
@Tag("alone")
class RevocationRaceIT {
  private static BankRealm bank;

  @BeforeAll
  static void start() {
    bank = BankRealm.create("fapi2-security-profile", BankRealm.BY_SCOPE);
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  private static RevocationRace race() {
    return new RevocationRace(
        bank, client -> client, Revoker.of(bank.realm(), SenderConstraint.DPOP));
  }

  @Test
  @Accepts(by = "BankRevocation", value = "CB 4-1")
  @Rejects(by = "BankRevocation", value = "CB 4-1")
  void noneOfManyRevokedConsentsGivesATokenAfterwards() throws Exception {
    race().run(Integer.getInteger("race.consents", 150));
  }

  @Test
  @Rejects(by = "BankRevocation", value = "CB 4-1")
  void aCodeThatIsRedeemedAtTheSameMomentGivesNothingThatLasts() throws Exception {
    race().redeem(Integer.getInteger("race.codes", 30));
  }
}
