package io.github.fapipack.requestobject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.Garbage;
import io.github.fapipack.introspection.IntrospectionAccept;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.request.RequestObjectAudience;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Claims of a request object, and what a caller of the introspection endpoint says it takes. */
class RequestObjectGarbageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ISSUER = "https://as.example/token";

  @Property(tries = 3000)
  void claimsAreAcceptedOrRefused(@ForAll("claims") String json) {
    JsonNode claims = read(json);
    RequestObject object =
        new RequestObject(null, JSON.createObjectNode(), claims, "invalid_request_object");
    try {
      LimitRequestObjectLifetime.checkTimes(object, 3600, 1_700_000_000L);
      assertThat(claims.path("exp").longValue()).isGreaterThan(1_700_000_000L);
    } catch (Refusal refused) {
      assertThat(refused.getError()).isEqualTo("invalid_request_object");
    }
    if (RequestObjectAudience.names(claims.path("aud"), ISSUER)) {
      assertThat(claims.path("aud").toString()).contains(ISSUER);
    }
  }

  @Property(tries = 2000)
  void acceptableTypesAreWeighed(@ForAll("mediaTypes") List<MediaType> accepted) {
    IntrospectionAccept accept = IntrospectionAccept.of(accepted);

    assertThat(accept.jwt() || !accept.preferred()).isTrue();
  }

  private static JsonNode read(String json) {
    try {
      JsonNode read = JSON.readTree(json);
      Assume.that(read != null && read.isObject());
      return read;
    } catch (JsonProcessingException unreadable) {
      Assume.that(false);
      throw new AssertionError(unreadable);
    }
  }

  @Provide
  Arbitrary<String> claims() {
    return Garbage.object("aud", "exp", "nbf", "iat", "jti");
  }

  @Provide
  Arbitrary<List<MediaType>> mediaTypes() {
    return Combinators.combine(
            Arbitraries.of("*", "application", "APPLICATION", "text", ""),
            Arbitraries.of("*", "json", "token-introspection+jwt", "*+jwt", ""),
            Arbitraries.of(
                "", "0", "1", "0.5", "-1", "2", "x", "NaN", "Infinity", "1e999", "0x1p3", "\u0661"))
        .as((type, subtype, q) -> new MediaType(type, subtype, Map.of("q", q)))
        .list()
        .ofMaxSize(5);
  }
}
