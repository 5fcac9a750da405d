package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redirect URIs: https, or loopback, exactly as registered. */
class RedirectUriIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient oldClient(String registered) {
    return TestClient.in(realm)
        .made(ClientOrigin.BEFORE_POLICY)
        .altering(client -> redirectUri(client, registered))
        .register();
  }

  private static void redirectUri(ObjectNode client, String registered) {
    client.putArray("redirectUris").add(registered);
  }

  @ParameterizedTest
  @CsvSource({
    "http://client.localhost/callback, http://client.localhost/callback",
    "http://localhost.evil/callback, http://localhost.evil/callback",
    "https://client.localhost/*, https://client.localhost/anything",
    "*, https://attacker.example/callback",
    "https://client.localhost/callback, https://client.localhost/callback/../other",
    "https://client.localhost/callback, https://client.localhost/callback?x=1",
    "https://client.localhost/callback, https://client.localhost/Callback",
    "https://client.localhost/callback, https://user@client.localhost/callback",
    "https://client.localhost/callback, https://client.localhost/callback#x",
    "com.example.app:/callback, com.example.app:/callback",
    "http://127.0.0.1/callback, http://127.0.0.1:1234/other",
  })
  @Rejects(
      by = "RequireSecureRedirectUri",
      value = {"FAPI2-SP 5.3.2.2-8", "RFC9700 2.1-1"})
  void rejectsUnsafeRedirectUrisOfOldClients(String registered, String requested) {
    oldClient(registered).par().with("redirect_uri", requested).expectError("invalid_request");
  }

  @ParameterizedTest
  @CsvSource({
    "https://client.localhost/callback, https://client.localhost/callback",
    "https://client.localhost/callback?a=b, https://client.localhost/callback?a=b",
    "http://127.0.0.1/callback, http://127.0.0.1:51234/callback",
    "http://[::1]/callback, http://[::1]/callback",
  })
  @Accepts(
      by = "RequireSecureRedirectUri",
      value = {"FAPI2-SP 5.3.2.2-8", "RFC9700 2.1-1"})
  void acceptsSafeRedirectUris(String registered, String requested) {
    TestClient.in(realm)
        .altering(client -> redirectUri(client, registered))
        .register()
        .par()
        .with("redirect_uri", requested)
        .expect();
  }

  @ParameterizedTest
  @CsvSource({
    "*, https://attacker.example/",
    "https://client.localhost/*, https://client.localhost/anything",
    "https://client.localhost/bye, https://client.localhost/bye?to=https://attacker.example/",
  })
  @Rejects(by = "RequireSecureRedirectUri", value = "FAPI2-SP 5.3.2.1-7")
  void sendsNobodyToAnInexactAddressAfterALogout(String registered, String requested) {
    FapiClient client = withLogout(registered);

    logout(client, "client_id", client.clientId(), requested).expectErrorPage();
    String hint = "e30." + Base64URL.encode("{\"azp\":\"" + client.clientId() + "\"}") + ".e30";
    logout(client, "id_token_hint", hint, requested).expectErrorPage();
    HttpExchange posted =
        client
            .get(URI.create(client.issuer() + "/protocol/openid-connect/logout"), answer -> answer)
            .method("POST")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .with("client_id", client.clientId())
            .with("post_logout_redirect_uri", requested)
            .send();
    assertThat(posted.status()).isEqualTo(400);
    assertThat(posted.header("Location")).isNull();
  }

  @Test
  @Accepts(by = "RequireSecureRedirectUri", value = "FAPI2-SP 5.3.2.1-7")
  void sendsTheUserBackAfterALogout() {
    FapiClient client = withLogout("https://client.localhost/bye");

    FrontChannelAnswer answer =
        logout(client, "client_id", client.clientId(), "https://client.localhost/bye");

    assertThat(answer.target()).hasToString("https://client.localhost/bye");
  }

  private static FapiClient withLogout(String registered) {
    return TestClient.in(realm)
        .made(ClientOrigin.BEFORE_POLICY)
        .attribute("post.logout.redirect.uris", registered)
        .register();
  }

  private static FrontChannelAnswer logout(
      FapiClient client, String name, String value, String target) {
    String query =
        new NamedValues().set(name, value).set("post_logout_redirect_uri", target).encode();
    return client
        .browser()
        .open(URI.create(client.issuer() + "/protocol/openid-connect/logout?" + query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://client.localhost/callback", "https://client.localhost/*", "*", "app:/x"})
  @Rejects(by = "RequireSecureRedirectUri", value = "FAPI2-SP 5.3.2.2-8")
  void rejectsThemAtRegistration(String registered) {
    ObjectNode client =
        Json.object().put("clientId", "with-unsafe-redirect").put("publicClient", false);
    client.put("clientAuthenticatorType", "client-jwt").put("standardFlowEnabled", true);
    redirectUri(client, registered);

    AdminResponse answer = realm.admin().send("POST", "/" + realm.name() + "/clients", client);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("redirect URI");
  }
}
