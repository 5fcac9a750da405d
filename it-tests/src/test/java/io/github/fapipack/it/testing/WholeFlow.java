package io.github.fapipack.it.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.demo.FlowAttacks;
import io.github.fapipack.it.demo.FlowReport;
import io.github.fapipack.it.demo.SampleClient;
import io.github.fapipack.it.http.Json;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/** A whole flow of a client, from its pushed request to revocation, and the attacks on it. */
public final class WholeFlow {
  private WholeFlow() {}

  /** Login, tokens, userinfo, refresh, introspection and revocation, each as FAPI wants it. */
  public static void complete(FapiClient client, TestRealm realm, boolean openid) {
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());
    Tokens tokens = client.token(authorized).expect();

    String member = client.constraint() == SenderConstraint.DPOP ? "jkt" : "x5t#S256";
    assertThat(tokens.confirmation(member)).isNotBlank();
    assertThat(tokens.accessHeader()).containsEntry("alg", "ES256");
    if (openid) {
      IDTokenClaimsSet idToken = client.verifiedIdToken(tokens, authorized.nonce());
      assertThat(tokens.idHeader()).containsEntry("alg", "ES256");
      assertThat(client.userinfo(tokens).expect().path("sub").asText())
          .isEqualTo(idToken.getSubject().getValue());
    }
    Tokens refreshed = client.refresh(tokens).expect();
    assertThat(refreshed.confirmation(member)).isEqualTo(tokens.confirmation(member));
    assertThat(
            client.introspect(refreshed.accessToken()).expect().path("cnf").path(member).asText())
        .isEqualTo(tokens.confirmation(member));
    client.revoke(refreshed.refreshToken()).expect();
    assertThat(client.introspect(refreshed.accessToken()).expect().path("active").asBoolean())
        .isFalse();
  }

  /** What {@code mvn -Pflow} tries after a flow, all of which must be refused. */
  public static void attack(FapiClient client, TestRealm realm) {
    FlowReport report = new FlowReport(new PrintStream(OutputStream.nullOutputStream()), false);
    SampleClient sample =
        new SampleClient(
            Path.of("client.json"),
            Json.object().put("username", TestRealm.USERNAME).put("password", realm.password()));
    new FlowAttacks(client, sample, true, report).run();
    assertThat(report.failures()).isZero();
  }
}
