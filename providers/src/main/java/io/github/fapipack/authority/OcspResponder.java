package io.github.fapipack.authority;

import io.github.fapipack.keycloak.ServerState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/**
 * Answers OCSP requests from the list, so that a revocation counts at once on every node. A signed
 * response is kept until the state changes: strangers cause one signature for each certificate, and
 * none for numbers that were never issued. For those the response is <em>unauthorized</em> (RFC
 * 6960 2.3), since the responder has nothing to say.
 */
final class OcspResponder {

  private static final int MOST_KEPT = 20_000;

  private static final ServerState<Map<String, OcspAnswer>> KEPT =
      new ServerState<>(() -> Collections.synchronizedMap(new Kept()));

  /** Forgets what was not asked for longest. */
  private static final class Kept extends LinkedHashMap<String, OcspAnswer> {
    private static final long serialVersionUID = 1L;

    Kept() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, OcspAnswer> eldest) {
      return size() > MOST_KEPT;
    }
  }

  private OcspResponder() {}

  /** Empty if the certificate is none of this authority. */
  static Optional<OcspAnswer> answer(KeycloakSession session, OcspQuestion question) {
    Optional<IssuingKey> issuer =
        IssuingKeys.of(session).stream().filter(question::isAbout).findFirst();
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    IssuingKey key = issuer.get();
    String realmId = session.getContext().getRealm().getId();
    return question
        .serial()
        .flatMap(Transactions.table(session, realmId)::row)
        .filter(row -> row.issuerId.equals(key.id()))
        .map(IssuedEntity::read)
        .map(
            issued ->
                kept(
                    realmId + question.fingerprint(),
                    issued,
                    () -> OcspAnswer.sign(key, question, issued)));
  }

  private static OcspAnswer kept(String id, Issued issued, Supplier<OcspAnswer> signed) {
    OcspAnswer known = KEPT.get().get(id);
    if (known == null || !known.isCurrent(issued)) {
      known = signed.get();
      KEPT.get().put(id, known);
    }
    return known;
  }
}
