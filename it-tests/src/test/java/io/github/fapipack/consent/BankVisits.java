package io.github.fapipack.consent;

import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;

/**
 * A client of a bank that holds the consents, and visits of the bank's user to the consent page.
 */
final class BankVisits implements AutoCloseable {
  private final BankRealm bank;
  private final FapiClient client;

  private BankVisits(BankRealm bank, FapiClient client) {
    this.bank = bank;
    this.client = client;
  }

  /** In a realm of its own, in which a scope names the consent. */
  static BankVisits start() {
    BankRealm bank = BankRealm.create("fapi2-security-profile", BankRealm.BY_SCOPE);
    return new BankVisits(bank, TestClient.in(bank.realm()).register());
  }

  TestRealm realm() {
    return bank.realm();
  }

  ConsentServiceStub service() {
    return bank.service();
  }

  /** What the service calls the user. */
  String subject() {
    return bank.subject();
  }

  FapiClient client() {
    return client;
  }

  LodgedConsent lodge(ConsentDraft draft) {
    return bank.service().lodge(draft);
  }

  /** A consent to read accounts. */
  LodgedConsent lodge() {
    return lodge(ConsentDraft.forAccounts(client.clientId()));
  }

  ConsentVisit ask(LodgedConsent consent) {
    return ask(consent, client.browser());
  }

  ConsentVisit ask(LodgedConsent consent, LoginPage browser) {
    return ConsentVisit.ask(
        bank.realm(), client, browser, par -> par.with("scope", "openid consent:" + consent.id()));
  }

  @Override
  public void close() {
    bank.close();
  }
}
