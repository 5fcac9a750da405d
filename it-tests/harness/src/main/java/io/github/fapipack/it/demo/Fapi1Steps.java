package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.Discovery;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import java.util.List;
import java.util.Set;

/** A FAPI 1.0 Advanced flow, twice: signed by an ID token, then as a whole (JARM). */
final class Fapi1Steps {
  private static final Set<String> ALGORITHMS = Set.of("PS256", "ES256");

  private final FapiClient client;
  private final SampleClient sample;
  private final boolean openId;
  private final FlowReport report;

  Fapi1Steps(FapiClient client, SampleClient sample, boolean openId, FlowReport report) {
    this.client = client;
    this.sample = sample;
    this.openId = openId;
    this.report = report;
  }

  void run() {
    discover();
    if (openId) {
      report.title("Hybrid flow: a signed request by value, an ID token beside the code");
      hybrid(client.but().responseType("code id_token").responseMode(null).build());
    } else {
      report.note("without OpenID Connect there is no ID token to sign the response with");
    }
    report.title("JARM: a signed request by PAR, the whole response in a signed JWT");
    jarm(client.but().responseMode("jwt").build());
  }

  private void discover() {
    report.step("Discovery", "FAPI1-BASE 5.2.2-22");
    Discovery discovery = client.discover();
    JsonNode metadata = discovery.exchange().json();
    report.line("GET " + discovery.exchange().uri() + " <- " + discovery.exchange().status());
    for (String name :
        List.of(
            "issuer",
            "authorization_endpoint",
            "pushed_authorization_request_endpoint",
            "token_endpoint",
            "response_types_supported",
            "response_modes_supported",
            "token_endpoint_auth_methods_supported",
            "grant_types_supported")) {
      report.line("   " + name + ": " + metadata.path(name));
    }
    report.verified("the issuer is the one that was asked for");
    for (String name :
        List.of("require_signed_request_object", "tls_client_certificate_bound_access_tokens")) {
      report.check(metadata.path(name).asBoolean(), name + " is true");
    }
    FlowSteps steps = new FlowSteps(client, sample, openId, report);
    steps.requireOnly(metadata, "response_types_supported", Set.of("code", "code id_token"));
    for (String kind :
        List.of("request_object", "token_endpoint_auth", "id_token", "authorization")) {
      steps.requireOnly(metadata, kind + "_signing_alg_values_supported", ALGORITHMS);
    }
  }

  private void hybrid(FapiClient client) {
    FlowSteps steps = new FlowSteps(client, sample, openId, report);
    report.step("Request object", "FAPI1-ADV 5.2.2-1, -10, -13, -15, -17, RFC9101");
    AuthorizationVisit visit =
        client.visitByValue(object -> report.jwt("request object", object.sign()));
    Authorized authorized =
        steps.logIn(visit, "FAPI1-ADV 5.2.2-2, 5.2.2.1-2, -4, -5, FAPI1-BASE 5.2.2-12");
    report.jwt("ID token, beside the code", authorized.answer().parameter("id_token"));
    report.verified("its c_hash is that of the code, and its s_hash that of the state");
    Tokens tokens = steps.redeem(authorized, "FAPI1-ADV 5.2.2-5, -6, -14, 8.6-1");
    String subject = steps.idToken(tokens, authorized.nonce(), "FAPI1-BASE 5.2.2.1-6");
    report.check(
        subject.equals(
            client
                .verifiedIdToken(authorized.answer().parameter("id_token"), authorized.nonce())
                .getSubject()
                .getValue()),
        "both ID tokens name the same user");
    steps.userinfo(tokens, subject, "FAPI1-ADV 8.2-p1");
    sample.api().ifPresent(api -> new ApiSteps(client, api, report).readAccounts(tokens));
  }

  private void jarm(FapiClient client) {
    FlowSteps steps = new FlowSteps(client, sample, openId, report);
    Pushed pushed = steps.push("FAPI1-ADV 5.2.2-11, -18, RFC9126");
    Authorized authorized =
        steps.logIn(client.visit(pushed), "FAPI1-ADV 5.2.2-2, 5.2.2.2-1, JARM 2.1, 2.3.4");
    Tokens tokens = steps.redeem(authorized, "FAPI1-ADV 5.2.2-5, -6, -14, 8.6-1");
    Tokens refreshed = steps.refresh(tokens, "FAPI1-ADV 5.2.2-5, RFC8705 7.1-1");
    steps.revoke(refreshed, steps.introspect(refreshed));
  }
}
