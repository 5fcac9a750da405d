package io.github.fapipack.authority;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/**
 * A response that caches may keep, though not for long: what a cache has does not tell of a
 * revocation (RFC 5019 6.2).
 *
 * @param tag the entity tag
 */
record Publication(String type, String tag) {

  private static final Duration KEPT = Duration.ofMinutes(5);

  Response response(KeycloakSession session, byte[] content, Instant modified, Instant validUntil) {
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    Instant until = now.plus(KEPT).isBefore(validUntil) ? now.plus(KEPT) : validUntil;
    long seconds = Math.max(0, Duration.between(now, until).toSeconds());
    String sent = session.getContext().getRequestHeaders().getHeaderString("If-None-Match");
    EntityTag entityTag = new EntityTag(tag);
    boolean known = sent != null && sent.contains("\"" + tag + "\"");
    return (known ? Response.notModified() : Response.ok(content, type))
        .tag(entityTag)
        .lastModified(Date.from(modified))
        .expires(Date.from(until))
        .header("Cache-Control", "public, max-age=" + seconds + ", no-transform, must-revalidate")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
