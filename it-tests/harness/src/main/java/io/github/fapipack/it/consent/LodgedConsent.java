package io.github.fapipack.it.consent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A consent at the service, with what has become of it. */
public final class LodgedConsent {
  private final ObjectNode document;
  private String authorizationId;
  private JsonNode authorisation = Json.object();
  private JsonNode revocation = Json.object();

  LodgedConsent(ObjectNode document) {
    this.document = document;
  }

  /** Its id. */
  public String id() {
    return document.path("consent_id").asText();
  }

  /** How far it has come, in the words of the contract. */
  public synchronized String status() {
    return document.path("status").asText();
  }

  /** The user who has authorised it; empty if nobody has. */
  public synchronized Optional<String> subject() {
    return Optional.ofNullable(document.path("subject").textValue());
  }

  /** The ids of the accounts that the user chose. */
  public synchronized List<String> chosen() {
    List<String> ids = new ArrayList<>();
    authorisation.path("accounts").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  /** What was sent with the authorisation; empty if there was none. */
  public synchronized JsonNode authorisation() {
    return authorisation;
  }

  /** What was sent with the revocation; empty if there was none. */
  public synchronized JsonNode revocation() {
    return revocation;
  }

  /** Changes any member of the document; null removes it. */
  public synchronized LodgedConsent set(String member, Object value) {
    if (value == null) {
      document.remove(member);
    } else {
      document.set(member, Json.tree(value));
    }
    return this;
  }

  /** Changes the status, as when something happens at the bank. */
  public LodgedConsent status(String status) {
    return set("status", status);
  }

  /** Has the user authorise it at the bank, for example in its app. */
  public synchronized LodgedConsent authorise(String subject, List<String> accounts) {
    authorise(Json.object().put("subject", subject).set("accounts", Json.tree(accounts)));
    return this;
  }

  /** The document as the contract defines it; accounts are in it only if a user is named. */
  synchronized ObjectNode document(String issuer, Optional<String> user) {
    ObjectNode copy = document.deepCopy().put("issuer", issuer);
    boolean belongsToUser = user.isPresent() && subject().map(user.get()::equals).orElse(true);
    if (!belongsToUser) {
      copy.remove("accounts");
    } else if (!authorisation.isEmpty()) {
      copy.withArray("accounts")
          .forEach(
              account ->
                  ((ObjectNode) account)
                      .put("chosen", chosen().contains(account.path("id").asText())));
    }
    return copy;
  }

  /** Everything about it, for people. */
  synchronized ObjectNode shown(String issuer) {
    ObjectNode all = document.deepCopy().put("issuer", issuer);
    all.set("authorisation", authorisation);
    all.set("revocation", revocation);
    return all;
  }

  /** Takes an authorisation; false if it is too late for it. */
  synchronized boolean authorise(JsonNode body) {
    String subject = body.path("subject").asText();
    String authorization = body.path("authorization_id").asText("at the bank");
    if (authorization.equals(authorizationId) && subject().filter(subject::equals).isPresent()) {
      return true;
    }
    if (!isWaitingFor(subject) || !offers(body.path("accounts"))) {
      return false;
    }
    authorizationId = authorization;
    authorisation = body;
    document.put("subject", subject).put("status", "authorised");
    return true;
  }

  synchronized void reject(JsonNode body) {
    if (isWaitingFor(body.path("subject").asText())) {
      document.put("status", "rejected");
    }
  }

  synchronized void revoke(JsonNode body) {
    if (revocation.isEmpty()) {
      revocation = body;
    }
    document.put("status", "revoked");
  }

  private boolean isWaitingFor(String user) {
    return status().equals("awaiting_authorisation")
        && subject().map(user::equals).orElse(true)
        && document.path("expires_at").asLong(Long.MAX_VALUE) > Instant.now().getEpochSecond();
  }

  private boolean offers(JsonNode accounts) {
    List<String> offered = document.withArray("accounts").findValuesAsText("id");
    for (JsonNode account : accounts) {
      if (!offered.contains(account.asText())) {
        return false;
      }
    }
    return true;
  }
}
