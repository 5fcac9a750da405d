package io.github.fapipack.bench;

import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.http.HttpExchange;
import java.util.Arrays;
import java.util.UUID;

/**
 * Checks that a server refuses what FAPI forbids; otherwise it would be faster, but not comparable.
 */
final class Vigilance {
  private Vigilance() {}

  /**
   * Sends requests that must be refused, each together with the correct request.
   *
   * @throws IllegalStateException if the server accepts one of them
   */
  static void check(Contender contender, LoopingClient looping) {
    FapiClient client = looping.client();
    client.par().expect();
    refused(
        "a pushed request without PKCE",
        client.par().without("code_challenge").without("code_challenge_method"));
    refused("a pushed request without assertion", client.par().withoutAuthentication());
    Authorized authorized = looping.authorize();
    refused("a code without DPoP proof", client.token(authorized).withoutProof());
    refused("a code without PKCE", client.token(looping.authorize()).without("code_verifier"));
    FrontChannelAnswer unpushed = client.visitWithoutPar().in(looping.browser()).open();
    if (unpushed.parameter("code") != null) {
      throw new IllegalStateException("the server gives a code without a pushed request");
    }
    // A new flow as well: a code that is used twice revokes its tokens.
    Arrays.stream(Operation.values())
        .filter(contender::offers)
        .forEach(operation -> operation.runBy(looping));
    unproven(contender, looping);
    replayed(looping);
  }

  private static void unproven(Contender contender, LoopingClient looping) {
    FapiClient client = looping.client();
    refused("a refresh without DPoP proof", client.refresh(looping.tokens()).withoutProof());
    refused("client credentials without DPoP proof", client.clientCredentials().withoutProof());
    if (contender.offers(Operation.USERINFO)) {
      refused("userinfo without DPoP proof", client.userinfo(looping.tokens()).withoutProof());
    }
  }

  private static void replayed(LoopingClient looping) {
    FapiClient client = looping.client();
    String first = UUID.randomUUID().toString();
    client.par().assertion(assertion -> assertion.claim("jti", first)).expect();
    refused(
        "a client assertion that was used before",
        client.par().assertion(assertion -> assertion.claim("jti", first)));
    // Another one: a server may remember both kinds together.
    String second = UUID.randomUUID().toString();
    client.refresh(looping.tokens()).proof(proof -> proof.claim("jti", second)).expect();
    refused(
        "a DPoP proof that was used before",
        client.refresh(looping.tokens()).proof(proof -> proof.claim("jti", second)));
  }

  private static void refused(String what, FapiRequest<?> request) {
    HttpExchange answer = request.send();
    if (answer.status() != 400 && answer.status() != 401) {
      throw new IllegalStateException("the server answers " + what + " with " + answer);
    }
  }
}
