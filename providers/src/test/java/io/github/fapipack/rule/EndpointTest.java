package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.rule.Endpoint.Audience;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final String OIDC = "/realms/a/protocol/openid-connect/";

  @ParameterizedTest
  @CsvSource({
    "token, TOKEN, CLIENT",
    "token/introspect, INTROSPECTION, CLIENT",
    "revoke, REVOCATION, CLIENT",
    "auth/device, DEVICE_AUTHORIZATION, CLIENT",
    "ext/par/request, PUSHED_AUTHORIZATION, CLIENT",
    "ext/ciba/auth, BACKCHANNEL_AUTHENTICATION, CLIENT",
    "ext/ciba/auth/callback, BACKCHANNEL_ANSWER, CLIENT",
    "ext/ciba/other, OTHER_BACKCHANNEL, CLIENT",
    "ext/ciba/auth/other, OTHER_BACKCHANNEL, CLIENT",
    "logout/backchannel-logout, BACKCHANNEL_LOGOUT, CLIENT",
    "auth, AUTHORIZATION, AUTHORIZATION",
    "registrations, AUTHORIZATION, AUTHORIZATION",
    "forgot-credentials, AUTHORIZATION, AUTHORIZATION",
    "logout, LOGOUT, BROWSER",
    "logout/logout-confirm, PAGE, BROWSER",
    "oauth/oob, PAGE, BROWSER",
    "certs, KEYS, PUBLIC",
    "login-status-iframe.html/init, DOCUMENT, PUBLIC",
    "3p-cookies/step1.html, DOCUMENT, PUBLIC",
    "userinfo, USERINFO, USERINFO",
  })
  void knowsTheEndpointsOfTheProtocol(String path, Endpoint endpoint, Audience audience) {
    assertThat(Endpoint.of(OIDC + path)).isEqualTo(endpoint);
    assertThat(endpoint.audience()).isEqualTo(audience);
  }

  @ParameterizedTest
  @CsvSource({
    "/realms/a, DOCUMENT, PUBLIC",
    "/realms/a/.well-known/openid-configuration, DOCUMENT, PUBLIC",
    "/realms/a/clients-registrations/openid-connect, OPENID_REGISTRATION, REGISTRATION",
    "/realms/a/clients-registrations/openid-connect/x, OPENID_REGISTRATION, REGISTRATION",
    "/realms/a/clients-registrations/default/x, REGISTRATION, REGISTRATION",
    "/realms/a/login-actions/authenticate, LOGIN, BROWSER",
    "/realms/a/login-actions/action-token, ACTION_TOKEN, BROWSER",
    "/realms/a/broker/google/endpoint, PAGE, BROWSER",
    "/realms/a/protocol/saml, PAGE, BROWSER",
    "/realms/a/protocol/saml/descriptor, PAGE, BROWSER",
    "/realms/a/device, DEVICE_CODE, BROWSER",
    "/admin/a/console/, PAGE, BROWSER",
    "/admin/a/console/config, PAGE, BROWSER",
    "/realms/a/grants, GRANTS, RESOURCE",
    "/realms/a/grants/7, GRANTS, RESOURCE",
    "/admin/realms/a/fapi, ADMIN_OF_PACK, RESOURCE",
    "/admin/realms/a/fapi/report, ADMIN_OF_PACK, RESOURCE",
    "/realms/a/account, RESOURCE, RESOURCE",
    "/realms/a/account/fapi-scheme, SCHEME_LOGIN, BROWSER",
    "/realms/a/account/fapi-scheme/apply, SCHEME_LOGIN, BROWSER",
    "/realms/a/fapi-scheme, SCHEME_PAGES, BROWSER",
    "/realms/a/fapi-scheme/operator/organisations, SCHEME_PAGES, BROWSER",
    "/realms/a/account/credentials, RESOURCE, RESOURCE",
    "/realms/a/clients-registrations, RESOURCE, RESOURCE",
    "/admin/realms, RESOURCE, RESOURCE",
    "/admin/realms/a/users, RESOURCE, RESOURCE",
    "/admin/serverinfo, RESOURCE, RESOURCE",
    "/, ELSEWHERE, ELSEWHERE",
    "'', ELSEWHERE, ELSEWHERE",
    "/realms, ELSEWHERE, ELSEWHERE",
    "/admin, ELSEWHERE, ELSEWHERE",
    "/resources/x.js, ELSEWHERE, ELSEWHERE",
  })
  void knowsWhatElseThereIs(String path, Endpoint endpoint, Audience audience) {
    assertThat(Endpoint.of(path)).isEqualTo(endpoint);
    assertThat(endpoint.audience()).isEqualTo(audience);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/realms/a/protocol/openid-connect/token",
        "realms/a/protocol/openid-connect/token",
        "/realms/a/protocol/openid-connect/token/",
        "/realms/a/protocol/openid-connect/token//",
        "/realms/a/protocol/openid-connect/token;a=b",
        "/realms/a/protocol/openid-connect/token;",
        "/realms/a;x/protocol;x/openid-connect/token/;a=b",
        "/realms;x/a/protocol/openid-connect/token",
      })
  void slashesAtTheEndAndMatrixParametersMakeNoDifference(String path) {
    assertThat(Endpoint.of(path)).isEqualTo(Endpoint.TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/realms/a/protocol/openid-connect/Token",
        "/realms/a/protocol/openid-connect/ext/token",
        "/realms/a/protocol/openid-connect/ext/other/token",
        "/realms/a/protocol/openid-connect/token/x",
        "/realms/a/protocol/other/token",
        "/realms/a/other/token",
        "/realms/a/b/protocol/openid-connect/token",
        "/realms/a/;x/protocol/openid-connect/token",
        "/realms/a//protocol/openid-connect/token",
        "/realms/a/protocol/openid-connect/;x/token",
        "/realms/a/protocol/openid-connect/mytoken",
        "/realms/a/protocol/openid-connect/tok%65n",
      })
  void whatTheRouterDoesNotTakeForAnEndpointIsNone(String path) {
    assertThat(Endpoint.of(path)).isEqualTo(Endpoint.RESOURCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/REALMS/a/protocol/openid-connect/token",
        "/x/realms/a/protocol/openid-connect/token",
        "/realms//protocol/openid-connect/token",
        "//realms/a/protocol/openid-connect/token",
      })
  void outsideOfTheRealmsThereIsNoEndpoint(String path) {
    assertThat(Endpoint.of(path)).isEqualTo(Endpoint.ELSEWHERE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/realms/console/users",
        "/admin/realms/console/",
        "/admin/realms/a/console",
        "/admin/a/consoles",
        "/realms/a/protocol/saml2/x",
        "/realms/a/.well-known",
      })
  void aNameThatLooksLikeAPageIsAResource(String path) {
    assertThat(Endpoint.of(path)).isEqualTo(Endpoint.RESOURCE);
  }

  @Test
  void knowsWhereClientsAuthenticate() {
    assertThat(EnumSet.allOf(Endpoint.class))
        .filteredOn(Endpoint::authenticatesClients)
        .containsExactlyInAnyOrder(
            Endpoint.TOKEN,
            Endpoint.INTROSPECTION,
            Endpoint.REVOCATION,
            Endpoint.DEVICE_AUTHORIZATION,
            Endpoint.PUSHED_AUTHORIZATION,
            Endpoint.BACKCHANNEL_AUTHENTICATION)
        .allMatch(Endpoint::readsForms)
        .allMatch(endpoint -> endpoint.audience() == Audience.CLIENT);
  }
}
