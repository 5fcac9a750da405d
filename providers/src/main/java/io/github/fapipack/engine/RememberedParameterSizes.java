package io.github.fapipack.engine;

import io.github.fapipack.keycloak.ParameterNames;
import io.github.fapipack.request.ReadRequestObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCProviderConfig;

/**
 * The server's settings of OpenID Connect, with a cache of the maximum length of parameters (in
 * characters). Keycloak reads its configuration twice for every parameter of every request.
 */
public final class RememberedParameterSizes extends OIDCProviderConfig {

  /** Only known parameter names are cached, so that senders cannot fill the memory. */
  private static final Set<String> USUAL =
      Stream.concat(
              ParameterNames.ofAuthorization().stream(),
              Stream.of(
                  OAuth2Constants.GRANT_TYPE,
                  OAuth2Constants.CODE,
                  OAuth2Constants.CODE_VERIFIER,
                  OAuth2Constants.REFRESH_TOKEN))
          .collect(Collectors.toUnmodifiableSet());

  private record Parameter(String name, boolean ofToken) {}

  private final Map<Parameter, Integer> sizes = new ConcurrentHashMap<>();

  public RememberedParameterSizes(Config.Scope configuration) {
    super(configuration);
  }

  @Override
  public int getMaxLengthForTheParameter(String name, boolean ofToken) {
    ReadRequestObject.prepare();
    return USUAL.contains(name)
        ? sizes.computeIfAbsent(
            new Parameter(name, ofToken),
            parameter -> super.getMaxLengthForTheParameter(name, ofToken))
        : super.getMaxLengthForTheParameter(name, ofToken);
  }
}
