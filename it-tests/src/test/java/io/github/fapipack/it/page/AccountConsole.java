package io.github.fapipack.it.page;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.testing.TestRealm;

/** Keycloak's account console, as the user of a test realm opens it. */
public record AccountConsole(TestRealm realm, FapiClient client) {

  public static AccountConsole of(TestRealm realm) {
    return new AccountConsole(
        realm,
        FapiClient.of(realm.issuer())
            .clientId("account-console")
            .auth(ClientAuth.NONE)
            .constraint(SenderConstraint.NONE)
            .redirectUri(realm.issuer() + "/account/")
            .tls(realm.server().pki(), null)
            .build());
  }

  /** The answer of the token endpoint after a login. */
  public HttpExchange signIn() {
    CodeVerifier verifier = new CodeVerifier();
    FrontChannelAnswer answer =
        client
            .visitWithoutPar()
            .with(
                "code_challenge",
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue())
            .as(TestRealm.USERNAME, realm.password())
            .open();
    // The console is on the server's own origin, so the browser has followed the redirect.
    String code =
        NamedValues.parse(answer.last().uri().getRawQuery())
            .get("code")
            .orElseThrow(() -> new AssertionError(answer));
    return client
        .grant("authorization_code")
        .with("code", code)
        .with("redirect_uri", client.redirectUri())
        .with("code_verifier", verifier.getValue())
        .send();
  }
}
