package io.github.fapipack.introspection;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.OptionalDouble;
import org.keycloak.models.KeycloakSession;

/**
 * Which responses the caller of the introspection endpoint accepts, by its {@code Accept} header.
 *
 * @param jwt whether it accepts the signed JWT of RFC 9701
 * @param preferred whether it names that JWT and does not prefer JSON
 */
public record IntrospectionAccept(boolean jwt, boolean preferred) {

  /** The media type of RFC 9701. */
  static final String MEDIA_TYPE = "application/token-introspection+jwt";

  private static final MediaType JWT = new MediaType("application", "token-introspection+jwt");

  public static IntrospectionAccept of(KeycloakSession session) {
    HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
    return of(headers.getAcceptableMediaTypes());
  }

  public static IntrospectionAccept of(List<MediaType> accepted) {
    if (accepted.isEmpty()) {
      return new IntrospectionAccept(true, false);
    }
    double named = quality(accepted.stream().filter(type -> is(type, JWT)).toList()).orElse(-1);
    double json =
        quality(
                accepted.stream()
                    .filter(type -> is(type, MediaType.APPLICATION_JSON_TYPE))
                    .toList())
            .orElse(0);
    boolean any =
        accepted.stream()
            .anyMatch(
                type -> type.isWildcardSubtype() && type.isCompatible(JWT) && quality(type) > 0);
    return new IntrospectionAccept(named > 0 || (any && named != 0), named > 0 && named >= json);
  }

  private static boolean is(MediaType type, MediaType wanted) {
    return type.getType().equalsIgnoreCase(wanted.getType())
        && type.getSubtype().equalsIgnoreCase(wanted.getSubtype());
  }

  private static OptionalDouble quality(List<MediaType> types) {
    return types.stream().mapToDouble(IntrospectionAccept::quality).max();
  }

  private static double quality(MediaType type) {
    try {
      return Double.parseDouble(type.getParameters().getOrDefault("q", "1"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
