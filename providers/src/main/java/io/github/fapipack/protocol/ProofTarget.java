package io.github.fapipack.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.github.fapipack.keycloak.JsonReading;
import io.github.fapipack.request.HttpTarget;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import java.io.IOException;
import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.dpop.DPoP;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Makes {@code htu} of a DPoP proof equal to the URI of the request if both are the same after
 * normalization (RFC 9449 4.3). Keycloak compares the two literally and offers no hook there, so
 * this mix-in changes how Keycloak's JSON mapper reads the claim.
 */
@Clause("RFC9449 4.3-13")
public abstract class ProofTarget {

  @JsonProperty("htu")
  @JsonDeserialize(using = Reader.class)
  @SuppressWarnings("UnusedVariable") // only Jackson reads it
  private String httpUri;

  private ProofTarget() {}

  /** Called once, before the first proof is read. */
  static void install() {
    JsonReading.change(DPoP.class, ProofTarget.class);
  }

  /** A value that cannot be compared stays unchanged; Keycloak refuses it. */
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
