package io.github.fapipack.request;

import io.github.fapipack.keycloak.ParameterNames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCProviderConfig;
import org.keycloak.utils.StringUtil;

/**
 * The maximum size of parameters, from the server's options. Keycloak refuses longer parameters
 * without naming the limit, and often without naming the parameter.
 */
public final class ParameterLimits {

  /** Parameters that Keycloak knows but does not parse itself. */
  private static final Set<String> UNLIMITED =
      Set.of("client_assertion", "client_assertion_type", "client_secret", "request", "max_age");

  private final OIDCProviderConfig options;

  private ParameterLimits(OIDCProviderConfig options) {
    this.options = options;
  }

  /** The limits of the server. */
  public static ParameterLimits of(KeycloakSession session) {
    return new ParameterLimits(
        ((OIDCLoginProtocol)
                session.getProvider(LoginProtocol.class, OIDCLoginProtocol.LOGIN_PROTOCOL))
            .getConfig());
  }

  /**
   * The first parameter of an authorization request that exceeds a limit: one sentence that repeats
   * no value.
   *
   * @param sent text of each parameter, in a form or a request object
   */
  public Optional<String> fault(Map<String, String> sent) {
    Optional<String> known =
        sent.entrySet().stream()
            .filter(parameter -> isKnown(parameter.getKey()))
            .filter(parameter -> !UNLIMITED.contains(parameter.getKey()))
            .filter(parameter -> length(parameter) > limit(parameter.getKey()))
            .map(parameter -> sentence(parameter.getKey()))
            .findFirst();
    return known.or(() -> faultOfOthers(others(sent)));
  }

  /** The sentence for a parameter of a token request that is too long. */
  public String sentence(String name) {
    return tooLong(name, limit(name));
  }

  private Optional<String> faultOfOthers(Map<String, String> others) {
    if (others.size() > options.getAdditionalReqParamsMaxNumber()) {
      return Optional.of(
          "the request has more than %d parameters that are not of OpenID Connect; send fewer"
              .formatted(options.getAdditionalReqParamsMaxNumber()));
    }
    return others.entrySet().stream()
        .filter(parameter -> length(parameter) > options.getAdditionalReqParamsMaxSize())
        .map(parameter -> tooLong(parameter.getKey(), options.getAdditionalReqParamsMaxSize()))
        .findFirst()
        .or(() -> faultOfAll(others));
  }

  private Optional<String> faultOfAll(Map<String, String> others) {
    int most = options.getAdditionalReqParamsMaxOverallSize();
    return others.entrySet().stream().mapToLong(ParameterLimits::length).sum() > most
        ? Optional.of(
            "the parameters that are not of OpenID Connect have more than %d characters together; send fewer"
                .formatted(most))
        : Optional.empty();
  }

  private static Map<String, String> others(Map<String, String> sent) {
    return sent.entrySet().stream()
        .filter(parameter -> !isKnown(parameter.getKey()) && !parameter.getValue().isBlank())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static boolean isKnown(String name) {
    return ParameterNames.areOfAuthorization(name);
  }

  private int limit(String name) {
    return options.getMaxLengthForTheParameter(name, false);
  }

  private static int length(Map.Entry<String, String> parameter) {
    return StringUtil.removeControlCharacters(parameter.getValue()).length();
  }

  private static String tooLong(String name, int limit) {
    return "parameter %s is too long; send at most %d characters".formatted(name, limit);
  }
}
