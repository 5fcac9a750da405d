package io.github.fapipack.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.github.fapipack.request.HttpTarget;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import java.io.IOException;
import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.dpop.DPoP;
import org.keycloak.util.JsonSerialization;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * {@code htu} of a DPoP proof reads as the URI of the request if it is the same after normalization
 * (RFC 9449 4.3): Keycloak compares the two as they are written, and offers no hook there, so this
 * tells its JSON mapper.
 */
@Clause("RFC9449 4.3-13")
public abstract class ProofTarget {

  @JsonProperty("htu")
  @JsonDeserialize(using = Reader.class)
  @SuppressWarnings("UnusedVariable") // read by Jackson alone
  private String httpUri;

  private ProofTarget() {}

  /** Called once, before the first proof is read. */
  static void install() {
    JsonSerialization.mapper.addMixIn(DPoP.class, ProofTarget.class);
  }

  /** What cannot be compared stays as it is, and is Keycloak's to refuse. */
  static final class Reader extends StdDeserializer<String> {

    private static final long serialVersionUID = 1L;

    Reader() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
      String sent = json.getValueAsString();
      KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
      if (sent == null
          || session == null
          || session.getContext().getRealm() == null
          || RealmRules.of(session).isEmpty()) {
        return sent;
      }
      URI requested = session.getContext().getUri().getAbsolutePath();
      return isSame(sent, requested) ? requested.toString() : sent;
    }

    private static boolean isSame(String sent, URI requested) {
      try {
        return HttpTarget.areSame(URI.create(sent), requested);
      } catch (IllegalArgumentException e) {
        return false;
      }
    }
  }
}
