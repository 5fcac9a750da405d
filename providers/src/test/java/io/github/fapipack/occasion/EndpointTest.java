package io.github.fapipack.occasion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "/realms/a/protocol/openid-connect/token, TOKEN",
    "/realms/a/protocol/openid-connect/token/, TOKEN",
    "/realms/a/protocol/openid-connect/token//, TOKEN",
    "/realms/a/protocol/openid-connect/token;a=b, TOKEN",
    "/realms/a/protocol;x/openid-connect/token/;a=b, TOKEN",
    "/realms/a/protocol/openid-connect/token/introspect, INTROSPECTION",
    "/realms/a/protocol/openid-connect/revoke, REVOCATION",
    "/realms/a/protocol/openid-connect/ext/par/request, PUSHED_AUTHORIZATION",
    "/realms/a/protocol/openid-connect/ext/ciba/auth, BACKCHANNEL_AUTHENTICATION",
    "/realms/a/protocol/openid-connect/auth/device, DEVICE_AUTHORIZATION",
    "/realms/a/protocol/openid-connect/userinfo, OTHER"
  })
  void knowsAnEndpointHoweverItIsSpelled(String path, Endpoint endpoint) {
    assertThat(Endpoint.of(path)).isEqualTo(endpoint);
  }
}
