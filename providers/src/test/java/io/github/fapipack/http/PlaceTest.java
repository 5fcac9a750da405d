package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {

  @ParameterizedTest
  @CsvSource({
    "/realms/a/protocol/openid-connect/token, MACHINE",
    "/realms/a/protocol/openid-connect/token/, MACHINE",
    "realms/a/protocol/openid-connect/token/introspect, MACHINE",
    "/realms/a/protocol/openid-connect/revoke, MACHINE",
    "/realms/a/protocol/openid-connect/ext/par/request, MACHINE",
    "/realms/a/protocol/openid-connect/ext/ciba/auth, MACHINE",
    "/realms/a/protocol/openid-connect/auth/device, MACHINE",
    "/realms/a/clients-registrations/openid-connect/x, REGISTRATION",
    "/realms/a/protocol/openid-connect/auth, AUTHORIZATION",
    "/realms/a/login-actions/authenticate, BROWSER",
    "/realms/a/broker/google/endpoint, BROWSER",
    "/realms/a/protocol/openid-connect/logout, BROWSER",
    "/admin/a/console/, BROWSER",
    "/realms/a, PUBLIC",
    "/realms/a/.well-known/openid-configuration, PUBLIC",
    "/realms/a/protocol/openid-connect/certs, PUBLIC",
    "/realms/a/protocol/openid-connect/userinfo, USERINFO",
    "/realms/a/account, RESOURCE",
    "/realms/a/account/credentials, RESOURCE",
    "/realms/a/grants/7, RESOURCE",
    "/admin/realms, RESOURCE",
    "/admin/realms/a/users, RESOURCE",
    "/, ELSEWHERE",
    "'', ELSEWHERE",
    "/resources/x.js, ELSEWHERE",
  })
  void tellsEndpointsApart(String path, Place place) {
    assertThat(Place.of(path)).isEqualTo(place);
  }
}
