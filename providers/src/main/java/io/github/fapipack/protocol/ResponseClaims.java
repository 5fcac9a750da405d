package io.github.fapipack.protocol;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.fapipack.rule.Clause;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.representations.AuthorizationResponseToken;
import org.keycloak.util.JsonSerialization;

/**
 * Corrects the JWT of a signed authorization response. It names its issuer once (JARM 2.1):
 * Keycloak writes {@code iss} as a claim of the JWT and again as the parameter of RFC 9207, and
 * strict clients refuse duplicate members. And it expires soon: Keycloak uses the lifetime of
 * codes. Keycloak offers no hook where that JWT is created, so this mix-in changes how Keycloak's
 * JSON mapper writes it.
 */
@Clause({"JARM 2.1-2.1", "JARM 2.1-2.2", "JARM 2.1-2.3"})
abstract class ResponseClaims {

  /** In seconds; the longest that JARM recommends. */
  private static final int LONGEST_LIFETIME = 600;

  private ResponseClaims() {}

  /** Called once, before the first response is written. */
  static void install() {
    JsonSerialization.mapper.addMixIn(AuthorizationResponseToken.class, ResponseClaims.class);
  }

  @JsonAnyGetter
  @JsonSerialize(using = Parameters.class)
  abstract Map<String, Object> getOtherClaims();

  @JsonSerialize(using = Expiry.class)
  abstract Long getExp();

  /** The expiry of the response, limited to the maximum. */
  static final class Expiry extends JsonSerializer<Long> {

    @Override
    public void serialize(Long expires, JsonGenerator json, SerializerProvider serializers)
        throws IOException {
      json.writeNumber(Math.min(expires, Time.currentTimeSeconds() + LONGEST_LIFETIME));
    }
  }

  /** The response parameters without those that are claims of the JWT already. */
  static final class Parameters extends JsonSerializer<Map<String, Object>> {

    private static final Set<String> CLAIMS = Set.of("iss", "aud", "exp");

    @Override
    public void serialize(
        Map<String, Object> parameters, JsonGenerator json, SerializerProvider serializers)
        throws IOException {
      for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
        if (!CLAIMS.contains(parameter.getKey()) && parameter.getValue() != null) {
          serializers.defaultSerializeField(parameter.getKey(), parameter.getValue(), json);
        }
      }
    }
  }
}
