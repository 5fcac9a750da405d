package io.github.fapipack.it.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A consent before a client has lodged it. */
public final class ConsentDraft {
  private final ObjectNode document = Json.object();

  private ConsentDraft(ObjectNode members) {
    document.put("consent_id", "urn:bank:" + UUID.randomUUID());
    document.put("status", "awaiting_authorisation");
    document.put("kind", "accounts");
    document.setAll(members);
  }

  /** The consent of a client, about which nothing else is said. */
  public static ConsentDraft of(String clientId) {
    return new ConsentDraft(Json.object().put("client_id", clientId));
  }

  /** The consent with these members of the document; id, status and kind have defaults. */
  public static ConsentDraft of(ObjectNode members) {
    return new ConsentDraft(members);
  }

  /** A consent to read accounts for 90 days: purpose, two permissions, two accounts. */
  public static ConsentDraft forAccounts(String clientId) {
    return of(clientId)
        .expires(Duration.ofDays(90))
        .purpose("en", "See all accounts in one place")
        .permission("ACCOUNTS_READ", "Names and numbers of your accounts")
        .permission("BALANCES_READ", "Balances of your accounts")
        .account("current", "Current account", "DE02100100109307118603", "1234.50", "EUR")
        .account("savings", "Savings account", "DE02300209000106531065", "98765.43", "EUR")
        .with("choose", "many");
  }

  /** Any member of the document; null removes it. */
  public ConsentDraft with(String member, Object value) {
    if (value == null) {
      document.remove(member);
    } else {
      document.set(member, Json.tree(value));
    }
    return this;
  }

  /** Its id. */
  public ConsentDraft id(String id) {
    return with("consent_id", id);
  }

  /** Its end, from now. */
  public ConsentDraft expires(Duration fromNow) {
    return with("expires_at", Instant.now().plus(fromNow).getEpochSecond());
  }

  /** What the data are for, in one more language. */
  public ConsentDraft purpose(String language, String text) {
    document.withObject("/purpose").put(language, text);
    return this;
  }

  /** One more permission, with an English name. */
  public ConsentDraft permission(String code, String name) {
    document
        .withArray("permissions")
        .addObject()
        .put("code", code)
        .putObject("name")
        .put("en", name);
    return this;
  }

  /** One more row to show, in English. */
  public ConsentDraft fact(String name, String value) {
    ObjectNode fact = document.withArray("facts").addObject();
    fact.putObject("name").put("en", name);
    fact.putObject("value").put("und", value);
    return this;
  }

  /** One more account of whoever asks. */
  public ConsentDraft account(
      String id, String name, String number, String amount, String currency) {
    document
        .withArray("accounts")
        .addObject()
        .put("id", id)
        .put("name", name)
        .put("number", number)
        .putObject("balance")
        .put("amount", amount)
        .put("currency", currency);
    return this;
  }

  /** The document, to be lodged by a client. */
  public ObjectNode json() {
    return document();
  }

  ObjectNode document() {
    return document.deepCopy();
  }
}
